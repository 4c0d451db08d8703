using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

public sealed class TrialStatesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(1000)]
    public void States_come_back_in_their_order(int count)
    {
        TrialStates states = [.. Numbers(count).Select(Trial)];

        states.Length.ShouldBe(count);
        states.Select(t => t.Number).ShouldBe(Numbers(count));
        Numbers(count).ShouldAllBe(n => states[n - 1].Number == n);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(300)]
    public void One_state_is_replaced_and_the_others_stay_as_they_were(int number)
    {
        TrialStates before = [.. Numbers(300).Select(Trial)];

        var after = before.SetItem(number - 1, Trial(number) with { Outcome = Outcome.Diverged });

        after.Where(t => t.Outcome is not null).Select(t => t.Number).ShouldBe([number]);
        after.Select(t => t.Number).ShouldBe(Numbers(300));
        before.ShouldAllBe(t => t.Outcome == null);
    }

    [Fact]
    public void A_place_that_is_not_there_has_no_state()
    {
        TrialStates states = [Trial(1)];

        Should.Throw<IndexOutOfRangeException>(() => states[1]);
        Should.Throw<IndexOutOfRangeException>(() => states[-1]);
    }

    private static int[] Numbers(int count) => [.. Enumerable.Range(1, count)];

    private static TrialState Trial(int number) => new(number, "c", 1, [], null);
}
