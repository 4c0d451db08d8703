using Shared.Metrics;

namespace Tests.Shared.Metrics;

public sealed class ResumedPointsTests
{
    [Fact]
    public void Before_the_checkpoint_the_earlier_attempt_counts_and_after_it_the_later_one() =>
        ResumedPoints.Join(Points(10, 20, 30), 20, Points(30, 40)).Select(point => point.Step)
            .ShouldBe([10, 20, 30, 40]);

    [Fact]
    public void From_update_0_only_the_later_attempt_counts() =>
        ResumedPoints.Join(Points(10, 20), 0, Points(10)).ShouldBe(Points(10));

    [Fact]
    public void What_the_later_attempt_measured_again_at_the_checkpoint_stands()
    {
        MetricPoint[] again = [new(20, "kl", 2)];
        ResumedPoints.Join([new(20, "loss", 1), new(20, "kl", 1)], 20, again)
            .ShouldBe([new(20, "loss", 1), new(20, "kl", 2)]);
    }

    private static IEnumerable<MetricPoint> Points(params int[] steps) =>
        steps.Select(step => new MetricPoint(step, "loss", step));
}
