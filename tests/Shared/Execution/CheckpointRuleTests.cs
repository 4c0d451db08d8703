using Shared.Execution;

namespace Tests.Shared.Execution;

public sealed class CheckpointRuleTests
{
    private static readonly CheckpointRule ByTime = new(EveryUpdates: null);

    [Theory]
    [InlineData(0, 29.999, false)]
    [InlineData(0, 30, true)]
    [InlineData(1.5, 30, true)]      // 20 writes take as long as the shortest interval
    [InlineData(1.6, 30, false)]
    [InlineData(1.6, 31.999, false)]
    [InlineData(1.6, 32, true)]
    [InlineData(60, 1_199, false)]
    [InlineData(60, 1_200, true)]
    public void By_time_the_longer_of_thirty_seconds_and_twenty_writes_lies_between_two(
        double lastWrite, double sinceLast, bool isDue) =>
        ByTime.IsDue(7, TimeSpan.FromSeconds(sinceLast), TimeSpan.FromSeconds(lastWrite)).ShouldBe(isDue);

    [Fact]
    public void By_updates_time_does_not_count()
    {
        var rule = new CheckpointRule(EveryUpdates: 25);
        Enumerable.Range(1, 100).Where(u => rule.IsDue(u, TimeSpan.FromDays(1), TimeSpan.Zero))
            .ShouldBe([25, 50, 75, 100]);
        rule.IsDue(25, TimeSpan.Zero, TimeSpan.FromDays(1)).ShouldBeTrue();
    }

    [Fact]
    public void Writing_takes_a_twentieth_of_the_time_between_two_at_most()
    {
        foreach (var seconds in (double[])[0.01, 0.5, 1.5, 2, 90])
        {
            var write = TimeSpan.FromSeconds(seconds);
            (write / CheckpointRule.IntervalAfter(write)).ShouldBeLessThanOrEqualTo(0.05 + 1e-12);
        }
    }
}
