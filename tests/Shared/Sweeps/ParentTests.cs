using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

public sealed class ParentTests
{
    private static readonly ParentArtifact Model =
        new(Given.Attempt(1, sweep: "parent"), "model.safetensors", "ab12");

    [Fact]
    public void A_trial_that_waits_for_a_parent_is_not_given()
    {
        var sweep = Scenario.Waiting(2);
        sweep.When(Given.Claim(2), Rejection.NothingToClaim);
        sweep.When(Release(2, 2), new SweepEvent.TrialReleased(Given.Id(2), Given.At(2), 2, Model));

        sweep.After(Release(2, 2)).When(Given.Claim(3), Then.Started(3, Given.Attempt(2)));
        sweep.State.Trial(2).Parent.ShouldBe(Model);
    }

    [Fact]
    public void A_trial_whose_parent_ended_without_it_fails_and_names_it() =>
        Scenario.Waiting(2).When(Fail(2, 1), Then.Ended(2, 1, Outcome.Failed, "trial 1 of parent diverged"));

    [Fact]
    public void Only_a_trial_that_waits_for_its_parent_is_released_or_failed()
    {
        var sweep = Scenario.Waiting(3).After(Release(2, 1), Fail(3, 2));

        foreach (var trial in new[] { 1, 2, 0, 4 })
        {
            sweep.When(Release(5, trial), Rejection.TrialNotWaiting);
            sweep.When(Fail(5, trial), Rejection.TrialNotWaiting);
        }
    }

    [Fact]
    public void A_sweep_is_not_complete_while_a_trial_waits_for_its_parent()
    {
        var sweep = Scenario.Waiting(2).After(Release(2, 1), Given.Claim(3));
        var end = Given.Finish(4, Given.Attempt(1));
        sweep.When(end, Then.Finished(end), Then.Ended(4, 1, Outcome.Completed));

        sweep.After(end).When(
            Fail(5, 2),
            Then.Ended(5, 2, Outcome.Failed, "trial 2 of parent diverged"),
            Then.Completed(5));
    }

    [Fact]
    public void A_trial_that_never_got_its_parents_artifact_waits_for_it_again_when_it_is_opened_again()
    {
        var sweep = Scenario.Waiting(2).After(
            Fail(2, 1), new SweepCommand.RetryTrial(Given.Id(3), Given.At(3), 1));

        sweep.State.Blocked.ShouldBe([1, 2]);
        sweep.State.Waiting.ShouldBeEmpty();
    }

    [Fact]
    public void A_trial_that_has_its_parents_artifact_keeps_it()
    {
        var sweep = Scenario.Waiting(2).After(
            Release(2, 1), Given.Claim(3), Given.Finish(4, Given.Attempt(1), AttemptOutcome.Failed),
            new SweepCommand.RetryTrial(Given.Id(5), Given.At(5), 1));

        sweep.State.Waiting.ShouldBe([1]);
        sweep.State.Trial(1).Parent.ShouldBe(Model);
    }

    [Fact]
    public void A_trial_that_waits_for_its_parent_can_be_cancelled_and_opened_again()
    {
        var sweep = Scenario.Waiting(2).After(new SweepCommand.CancelTrial(Given.Id(2), Given.At(2), 1));
        sweep.State.Blocked.ShouldBe([2]);
        sweep.When(Release(3, 1), Rejection.TrialNotWaiting);

        sweep.After(new SweepCommand.RetryTrial(Given.Id(3), Given.At(3), 1)).State.Blocked.ShouldBe([1, 2]);
    }

    [Fact]
    public void To_cancel_the_sweep_ends_what_waits_for_parents() =>
        Scenario.Waiting(2).After(new SweepCommand.CancelSweep(Given.Id(2), Given.At(2)))
            .State.Trials.ShouldAllBe(t => t.Outcome == Outcome.Cancelled);

    private static SweepCommand.ReleaseTrial Release(int id, int trial) =>
        new(Given.Id(id), Given.At(id), trial, Model);

    private static SweepCommand.FailWaitingTrial Fail(int id, int trial) =>
        new(Given.Id(id), Given.At(id), trial, $"trial {trial} of parent diverged");
}
