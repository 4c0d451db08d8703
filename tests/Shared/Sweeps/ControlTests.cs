using System.Collections.Immutable;
using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

public sealed class ControlTests
{
    [Fact]
    public void A_paused_sweep_gives_nothing_and_what_runs_runs_on()
    {
        var sweep = Scenario.Submitted(2).After(Given.Claim(2));
        sweep.When(Pause(3), new SweepEvent.SweepPaused(Given.Id(3), Given.At(3), Now: false));

        sweep.After(Pause(3)).When(Given.Claim(4), Rejection.SweepPaused);
        sweep.State.HandsBack.ShouldBeFalse();
        sweep.After(Given.Checkpoint(5, Given.Attempt(1), 10), Given.Finish(6, Given.Attempt(1)));
        sweep.State.Trial(1).Outcome.ShouldBe(Outcome.Completed);
    }

    [Fact]
    public void A_pause_can_become_stricter_and_not_milder()
    {
        var sweep = Scenario.Submitted(2).After(Pause(2));
        sweep.When(Pause(3), Rejection.SweepPaused);

        sweep.After(Pause(4, now: true)).State.HandsBack.ShouldBeTrue();
        sweep.When(Pause(5), Rejection.SweepPaused);
        sweep.When(Pause(5, now: true), Rejection.SweepPaused);
    }

    [Fact]
    public void A_resumed_sweep_gives_again()
    {
        var sweep = Scenario.Submitted(2).After(Pause(2, now: true), Resume(3));

        (sweep.State.IsPaused, sweep.State.HandsBack).ShouldBe((false, false));
        sweep.When(Given.Claim(4), Then.Started(4, Given.Attempt(1)));
        sweep.When(Resume(5), Rejection.NotPaused);
    }

    [Fact]
    public void To_resume_lets_excluded_workers_claim_again()
    {
        var sweep = Excluding();
        sweep.When(Given.Claim(20), Rejection.WorkerExcluded);

        sweep.After(Resume(21)).When(Given.Claim(22), Then.Started(22, Given.Attempt(2, 2)));
        sweep.State.FalseStarts.ShouldBeEmpty();
    }

    [Fact]
    public void A_pause_ends_with_the_sweep_that_it_held_up()
    {
        var sweep = Scenario.Submitted(1).After(Given.Claim(2), Pause(3), Given.Finish(4, Given.Attempt(1)));
        sweep.State.IsCompleted.ShouldBeTrue();

        sweep.After(new SweepCommand.ExtendSweep(Given.Id(5), Given.At(5), Given.Addition(2, 3)))
            .When(Given.Claim(6), Then.Started(6, Given.Attempt(2)));
    }

    [Fact]
    public void A_trial_that_is_lost_or_fails_while_the_sweep_is_paused_waits_for_both()
    {
        var sweep = Scenario.Submitted(2, retries: 1).After(
            Given.Claim(2), Pause(3), Given.Finish(4, Given.Attempt(1), AttemptOutcome.Failed));
        sweep.When(Given.Claim(5), Rejection.SweepPaused);

        sweep.After(Resume(40) with { At = Given.At(4) })
            .When(
                Given.Claim(41) with { At = Given.At(4) },
                Then.Started(41, Given.Attempt(2)) with { At = Given.At(4) });
        sweep.When(Given.Claim(5), Then.Started(5, Given.Attempt(1, 2)));
    }

    [Fact]
    public void To_cancel_ends_what_runs_and_what_waits()
    {
        var sweep = Scenario.Submitted(4).After(
            Given.Claim(2), Given.Claim(3), Given.Finish(4, Given.Attempt(1)), Given.Claim(5));
        sweep.When(
            CancelSweep(6),
            Then.Cancelled(6, Given.Attempt(2)),
            Then.Cancelled(6, Given.Attempt(3)),
            new SweepEvent.SweepCancelled(Given.Id(6), Given.At(6)));

        var state = sweep.After(CancelSweep(6)).State;
        state.Trials.Select(t => t.Outcome).ShouldBe(
            [Outcome.Completed, Outcome.Cancelled, Outcome.Cancelled, Outcome.Cancelled]);
        (state.IsCancelled, state.IsCompleted, state.IsEnded).ShouldBe((true, false, true));
        (state.Waiting.Count, state.Running.Count, state.Blocked.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void What_was_under_way_when_a_sweep_was_cancelled_is_refused()
    {
        var sweep = Scenario.Submitted(2).After(Given.Claim(2), CancelSweep(3));

        sweep.When(Given.Claim(4), Rejection.SweepEnded);
        sweep.When(Given.Finish(4, Given.Attempt(1)), Rejection.StaleAttempt);
        sweep.When(Given.Checkpoint(4, Given.Attempt(1), 5), Rejection.StaleAttempt);
        sweep.When(Given.HandBack(4, Given.Attempt(1)), Rejection.StaleAttempt);
        sweep.When(Given.Claim(2), Then.Started(2, Given.Attempt(1)));   // a repeat: the first answer stands
        sweep.State.Running.ShouldBeEmpty();
    }

    [Fact]
    public void A_cancelled_sweep_is_ended_for_good()
    {
        var sweep = Scenario.Submitted(2).After(CancelSweep(2));

        foreach (var command in OfPeople(3))
        {
            sweep.When(command, Rejection.SweepEnded);
        }

        sweep.When(CancelTrial(3, 1), Rejection.TrialNotWaiting);
    }

    [Fact]
    public void A_completed_sweep_can_be_extended_and_its_failed_trials_tried_again_and_nothing_else()
    {
        var sweep = Scenario.Submitted(1).After(
            Given.Claim(2), Given.Finish(3, Given.Attempt(1), AttemptOutcome.Failed));
        sweep.State.IsCompleted.ShouldBeTrue();

        foreach (var command in OfPeople(4).Where(
            c => c is not (SweepCommand.RetryTrial or SweepCommand.ExtendSweep)))
        {
            sweep.When(command, Rejection.SweepEnded);
        }

        sweep.When(CancelTrial(4, 1), Rejection.TrialNotWaiting);
        sweep.After(Retry(4, 1)).When(Given.Claim(5), Then.Started(5, Given.Attempt(1, 2)));
    }

    [Fact]
    public void A_trial_is_cancelled_while_it_waits_and_while_it_runs()
    {
        var sweep = Scenario.Submitted(3).After(Given.Claim(2));
        sweep.When(CancelTrial(3, 2), Then.Ended(3, 2, Outcome.Cancelled));

        sweep.When(
            CancelTrial(3, 1),
            Then.Cancelled(3, Given.Attempt(1)),
            Then.Ended(3, 1, Outcome.Cancelled));
        sweep.After(CancelTrial(3, 1)).When(Given.Finish(4, Given.Attempt(1)), Rejection.StaleAttempt);
        sweep.State.Trial(1).Attempts[0].Outcome.ShouldBe(AttemptOutcome.Cancelled);
        sweep.When(CancelTrial(5, 1), Rejection.TrialNotWaiting);
        sweep.When(CancelTrial(5, 4), Rejection.UnknownTrial);
        sweep.When(CancelTrial(5, 0), Rejection.UnknownTrial);
    }

    [Fact]
    public void The_last_trial_that_is_cancelled_completes_the_sweep() =>
        Scenario.Submitted(2).After(Given.Claim(2), Given.Finish(3, Given.Attempt(1))).When(
            CancelTrial(4, 2), Then.Ended(4, 2, Outcome.Cancelled), Then.Completed(4));

    [Fact]
    public void A_trial_that_is_tried_again_has_all_its_retries_and_begins_at_update_0()
    {
        var sweep = Scenario.Submitted(2, retries: 1).After(
            Given.Claim(2),
            Given.Checkpoint(3, Given.Attempt(1), 40),
            Given.Finish(4, Given.Attempt(1), AttemptOutcome.Failed),
            Given.Claim(5),
            Given.Finish(6, Given.Attempt(1, 2), AttemptOutcome.Failed));
        sweep.State.Trial(1).Outcome.ShouldBe(Outcome.Failed);
        sweep.When(Retry(7, 1), new SweepEvent.TrialReopened(Given.Id(7), Given.At(7), 1));

        sweep.After(Retry(7, 1)).When(Given.Claim(8), Then.Started(8, Given.Attempt(1, 3)));
        var again = Given.Finish(9, Given.Attempt(1, 3), AttemptOutcome.Failed);
        sweep.After(Given.Claim(8)).When(again, Then.Finished(again), Then.Waits(9, 1, seconds: 1));
    }

    [Fact]
    public void Losses_before_a_trial_was_opened_again_are_forgiven()
    {
        var sweep = Scenario.Submitted(2);
        for (var n = 1; n <= RetryRules.LostAttemptLimit; n++)
        {
            sweep.After(Given.Claim(n * 20), Given.Lose((n * 20) + 1, Given.Attempt(1, n)));
        }

        sweep.State.Trial(1).Outcome.ShouldBe(Outcome.Failed);
        var lost = Given.Lose(202, Given.Attempt(1, 6));
        sweep.After(Retry(200, 1), Given.Claim(201)).When(lost, Then.Lost(lost));
    }

    [Fact]
    public void A_late_word_of_an_attempt_before_a_trial_was_opened_again_is_refused()
    {
        var failed = Given.Finish(3, Given.Attempt(1), AttemptOutcome.Failed);
        var sweep = Scenario.Submitted(1).After(Given.Claim(2), failed, Retry(4, 1), Given.Claim(5));

        sweep.When(Given.Finish(6, Given.Attempt(1)), Rejection.StaleAttempt);
        sweep.When(failed, Then.Finished(failed), Then.Ended(3, 1, Outcome.Failed), Then.Completed(3));
        sweep.State.Running.Values.ShouldBe([Given.Attempt(1, 2)]);
    }

    [Fact]
    public void Only_failed_and_cancelled_trials_are_tried_again()
    {
        var sweep = Scenario.Submitted(5).After(
            Given.Claim(2), Given.Claim(3), Given.Claim(4),
            Given.Finish(5, Given.Attempt(1)),
            Given.Finish(6, Given.Attempt(2), AttemptOutcome.Diverged),
            CancelTrial(7, 5));

        foreach (var trial in Enumerable.Range(1, 4))
        {
            // Completed, diverged, running and waiting.
            sweep.When(Retry(8, trial), Rejection.TrialNotRetryable);
        }

        sweep.When(Retry(8, 5), new SweepEvent.TrialReopened(Given.Id(8), Given.At(8), 5));
        sweep.When(Retry(8, 6), Rejection.UnknownTrial);
    }

    [Fact]
    public void A_trial_that_is_opened_while_the_sweep_is_paused_waits_for_the_pause_to_end()
    {
        var sweep = Scenario.Submitted(2).After(CancelTrial(2, 1), Pause(3), Retry(4, 1));
        sweep.When(Given.Claim(5), Rejection.SweepPaused);

        sweep.After(Resume(6)).When(Given.Claim(7), Then.Started(7, Given.Attempt(1)));
    }

    [Fact]
    public void Priority_is_any_number()
    {
        var sweep = Scenario.Submitted(1).After(
            new SweepCommand.ChangePriority(Given.Id(2), Given.At(2), int.MinValue));

        sweep.State.Priority.ShouldBe(int.MinValue);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(-1, null)]
    [InlineData(null, -1)]
    [InlineData(2, -1)]
    public void Limits_that_mean_nothing_are_refused(int? concurrency, int? budgetSeconds) =>
        Scenario.Submitted(1).When(Limits(2, concurrency, budgetSeconds), Rejection.InvalidNumber);

    [Fact]
    public void Limits_replace_each_other_whole()
    {
        var sweep = Scenario.Submitted(1).After(Limits(2, 3, 60), Limits(3, null, null));

        sweep.State.Limits.ShouldBe(SweepLimits.None);
    }

    [Fact]
    public void A_sweep_on_which_only_excluded_workers_live_is_interrupted()
    {
        var state = Excluding().State;

        Standing.Of(state, ["w1", "w2"]).ShouldBe(SweepStanding.Running);
        Standing.Of(state, ["w1"]).ShouldBe(SweepStanding.Interrupted);
    }

    [Fact]
    public void A_sweep_that_nobody_works_on_waits_until_something_of_it_was_broken_off()
    {
        var untouched = Scenario.Submitted(2).State;
        Standing.Of(untouched, []).ShouldBe(SweepStanding.Waiting);
        Standing.Of(untouched, ["w1"]).ShouldBe(SweepStanding.Running);

        Standing.Of(Begun().State, []).ShouldBe(SweepStanding.Interrupted);
        Standing.Of(Begun().After(Given.HandBack(3, Given.Attempt(1))).State, [])
            .ShouldBe(SweepStanding.Interrupted);
        Standing.Of(Begun().After(Given.Finish(3, Given.Attempt(1))).State, []).ShouldBe(SweepStanding.Waiting);

        static Scenario Begun() => Scenario.Submitted(2).After(Given.Claim(2, "w1"));
    }

    /// <summary>A sweep that has excluded w1 and on which nothing runs.</summary>
    private static Scenario Excluding() => Scenario.Submitted(5).After(
        Given.Claim(2, "w2"), Given.Claim(3), Given.Claim(4), Given.Claim(5),
        Given.FalseStart(6, Given.Attempt(2)),
        Given.FalseStart(7, Given.Attempt(3)),
        Given.FalseStart(8, Given.Attempt(4)),
        Given.Finish(9, Given.Attempt(1)));

    /// <summary>What people can ask that an end forbids.</summary>
    private static ImmutableArray<SweepCommand> OfPeople(int id) =>
    [
        Pause(id),
        Resume(id),
        CancelSweep(id),
        Retry(id, 1),
        new SweepCommand.ChangePriority(Given.Id(id), Given.At(id), 1),
        Limits(id, 1, 1),
        new SweepCommand.ExtendSweep(Given.Id(id), Given.At(id), Given.Addition(3, 4)),
    ];

    private static SweepCommand.PauseSweep Pause(int id, bool now = false) =>
        new(Given.Id(id), Given.At(id), now);

    private static SweepCommand.ResumeSweep Resume(int id) => new(Given.Id(id), Given.At(id));

    private static SweepCommand.CancelSweep CancelSweep(int id) => new(Given.Id(id), Given.At(id));

    private static SweepCommand.CancelTrial CancelTrial(int id, int trial) =>
        new(Given.Id(id), Given.At(id), trial);

    private static SweepCommand.RetryTrial Retry(int id, int trial) => new(Given.Id(id), Given.At(id), trial);

    private static SweepCommand.ChangeLimits Limits(int id, int? concurrency, int? budgetSeconds) => new(
        Given.Id(id), Given.At(id),
        new SweepLimits(
            concurrency, budgetSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null));
}
