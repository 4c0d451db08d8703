using System.Collections.Immutable;
using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

public sealed class ExtendTests
{
    [Fact]
    public void New_trials_wait_behind_the_old_ones()
    {
        var sweep = Scenario.Submitted(2).After(Given.Claim(2));
        sweep.When(
            Extend(3, Given.Addition(3, 4)),
            new SweepEvent.SweepExtended(Given.Id(3), Given.At(3), Given.Addition(3, 4)));

        var state = sweep.After(Extend(3, Given.Addition(3, 4))).State;
        state.Waiting.ShouldBe([2, 3, 4]);
        state.Trials.Select(t => t.Number).ShouldBe([1, 2, 3, 4]);
        state.Plan!.Trials.Select(t => t.Number).ShouldBe([1, 2, 3, 4]);
        state.Plan.Configurations.Length.ShouldBe(2);
    }

    [Fact]
    public void A_completed_sweep_completes_once_more()
    {
        var sweep = Scenario.Submitted(2).After(
            Given.Claim(2), Given.Claim(3),
            Given.Finish(4, Given.Attempt(1)), Given.Finish(5, Given.Attempt(2)));
        sweep.State.CompletedAt.ShouldBe(Given.At(5));

        sweep.After(Extend(6, Given.Addition(3, 3))).State.IsEnded.ShouldBeFalse();
        var last = Given.Finish(8, Given.Attempt(3));
        sweep.After(Given.Claim(7)).When(
            last, Then.Finished(last), Then.Ended(8, 3, Outcome.Completed), Then.Completed(8));
    }

    [Fact]
    public void More_replicates_of_the_configurations_that_are_there_need_no_new_ones()
    {
        var configuration = Given.Plan(2).Configurations[0].Id;
        var more = Given.Addition(3, 3) with
        {
            Configurations = [],
            Trials = [new PlannedTrial(3, configuration, 3)],
        };

        Scenario.Submitted(2).After(Extend(3, more)).State.Trial(3).Replicate.ShouldBe(3);
    }

    [Fact]
    public void A_paused_sweep_that_is_extended_stays_paused()
    {
        var sweep = Scenario.Submitted(2).After(
            new SweepCommand.PauseSweep(Given.Id(2), Given.At(2), Now: false),
            Extend(3, Given.Addition(3, 4)));

        sweep.When(Given.Claim(4), Rejection.SweepPaused);
    }

    [Fact]
    public void New_trials_of_a_sweep_that_follows_from_another_wait_for_their_parents() =>
        Scenario.Waiting(2).After(Extend(3, Given.Addition(3, 4))).State.Blocked.ShouldBe([1, 2, 3, 4]);

    [Fact]
    public void A_repeated_extension_adds_nothing()
    {
        var sweep = Scenario.Submitted(2).After(Extend(3, Given.Addition(3, 4)));

        Sweep.Decide(sweep.State, Extend(3, Given.Addition(3, 4)))
            .ShouldBeOfType<Decision.Accepted>().IsRepeat.ShouldBeTrue();
        sweep.When(Extend(4, Given.Addition(3, 4)), Rejection.AdditionMismatch);
    }

    [Fact]
    public void An_addition_that_does_not_follow_on_what_is_there_is_refused()
    {
        var good = Given.Addition(3, 4);
        var old = Given.Plan(2);
        ImmutableArray<SweepAddition> wrong =
        [
            good with { Trials = [] },
            Given.Addition(5, 6),
            good with { Trials = [good.Trials[1], good.Trials[0]] },
            good with { Trials = [.. good.Trials, new PlannedTrial(5, "12345678", 1)] },
            good with { Trials = [good.Trials[0], good.Trials[0] with { Number = 4 }] },
            good with { Trials = [old.Trials[0] with { Number = 3 }] },
            good with { Configurations = [.. good.Configurations, old.Configurations[0]] },
            good with { Configurations = [.. good.Configurations, .. good.Configurations] },
        ];

        var sweep = Scenario.Submitted(2);
        sweep.When(
            Extend(3, good), new SweepEvent.SweepExtended(Given.Id(3), Given.At(3), good));
        foreach (var addition in wrong)
        {
            sweep.When(Extend(3, addition), Rejection.AdditionMismatch);
        }
    }

    private static SweepCommand.ExtendSweep Extend(int id, SweepAddition addition) =>
        new(Given.Id(id), Given.At(id), addition);
}
