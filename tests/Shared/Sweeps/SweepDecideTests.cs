using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

public sealed class SweepDecideTests
{
    // So that no wait after a loss is left.
    private static readonly DateTimeOffset LongAgo = Given.Noon.AddDays(-1);

    [Fact]
    public void Nothing_can_be_asked_of_a_sweep_that_was_not_submitted()
    {
        Sweep.Decide(SweepState.Initial, Given.Claim(1))
            .ShouldBe(new Decision.Rejected(Rejection.UnknownSweep));
        Sweep.Decide(SweepState.Initial, Given.Finish(1, Given.Attempt(1)))
            .ShouldBe(new Decision.Rejected(Rejection.UnknownSweep));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-3, false)]
    [InlineData(0, true)]
    [InlineData(7, true)]
    public void A_submission_says_the_priority_and_the_pause_in_the_same_answer(int priority, bool isPaused)
    {
        var submit = new SweepCommand.Submit(
            Given.Id(9), Given.At(9), "demo", Given.Plan(2), Given.Program, priority, isPaused);

        var accepted = Sweep.Decide(SweepState.Initial, submit).ShouldBeOfType<Decision.Accepted>();

        var state = Sweep.Fold(accepted.Events);
        (state.Priority, state.IsPaused).ShouldBe((priority, isPaused));
        state.HandsBack.ShouldBeFalse("nothing can run yet");
        accepted.Events.Length.ShouldBe(1 + (priority != 0 ? 1 : 0) + (isPaused ? 1 : 0));
        accepted.Events.ShouldAllBe(made => made.Command == submit.Id);
        Sweep.Decide(state, submit).ShouldBeOfType<Decision.Accepted>().IsRepeat.ShouldBeTrue();
        if (isPaused)
        {
            Sweep.Decide(state, Given.Claim(10)).ShouldBeOfType<Decision.Rejected>();
        }
    }

    [Fact]
    public void A_sweep_is_submitted_once()
    {
        var submit = new SweepCommand.Submit(Given.Id(9), Given.At(9), "demo", Given.Plan(2), Given.Program);

        var accepted = Sweep.Decide(SweepState.Initial, submit).ShouldBeOfType<Decision.Accepted>();
        accepted.Events.ShouldHaveSingleItem()
            .ShouldBeOfType<SweepEvent.SweepSubmitted>().Plan.ShouldBe(submit.Plan);
        Scenario.Submitted(2).When(submit, Rejection.AlreadySubmitted);
    }

    [Fact]
    public void Trials_are_claimed_in_their_order()
    {
        var sweep = Scenario.Submitted(3);
        sweep.When(Given.Claim(2), Started(2, Given.Attempt(1)));
        sweep.After(Given.Claim(2)).When(Given.Claim(3), Started(3, Given.Attempt(2)));
    }

    [Fact]
    public void A_trial_that_waits_again_is_claimed_before_later_ones_as_its_next_attempt() =>
        Scenario.Submitted(3)
            .After(Given.Claim(2), Given.Claim(3), Given.Lose(4, Given.Attempt(1)))
            .When(Given.Claim(5), Started(5, Given.Attempt(1, 2)));

    [Fact]
    public void Nothing_is_claimed_when_every_trial_runs_or_has_ended() =>
        Scenario.Submitted(2)
            .After(Given.Claim(2), Given.Finish(3, Given.Attempt(1)), Given.Claim(4))
            .When(Given.Claim(5), Rejection.NothingToClaim);

    [Fact]
    public void A_worker_with_another_program_claims_nothing() =>
        Scenario.Submitted(2).When(Given.Claim(2, program: "program-2"), Rejection.ProgramMismatch);

    [Fact]
    public void A_finished_trial_has_its_outcome() =>
        Scenario.Submitted(2).After(Given.Claim(2)).When(
            Given.Finish(3, Given.Attempt(1), lastBatch: 7),
            Finished(3, Given.Attempt(1), AttemptOutcome.Completed, lastBatch: 7),
            Ended(3, 1, Outcome.Completed));

    [Fact]
    public void A_diverged_trial_is_never_tried_again() =>
        Scenario.Submitted(2, retries: 3).After(Given.Claim(2)).When(
            Given.Finish(3, Given.Attempt(1), AttemptOutcome.Diverged),
            Finished(3, Given.Attempt(1), AttemptOutcome.Diverged),
            Ended(3, 1, Outcome.Diverged));

    [Fact]
    public void A_failed_attempt_is_tried_again_while_retries_are_left()
    {
        var sweep = Scenario.Submitted(2, retries: 1).After(Given.Claim(2));
        sweep.When(
            Given.Finish(3, Given.Attempt(1), AttemptOutcome.Failed),
            Finished(3, Given.Attempt(1), AttemptOutcome.Failed),
            Waits(3, 1, seconds: 1));

        sweep.After(Given.Finish(3, Given.Attempt(1), AttemptOutcome.Failed), Given.Claim(4));
        sweep.When(
            Given.Finish(5, Given.Attempt(1, 2), AttemptOutcome.Failed),
            Finished(5, Given.Attempt(1, 2), AttemptOutcome.Failed),
            Ended(5, 1, Outcome.Failed));
    }

    [Fact]
    public void A_failed_attempt_of_a_sweep_without_retries_ends_its_trial() =>
        Scenario.Submitted(2, retries: 0).After(Given.Claim(2)).When(
            Given.Finish(3, Given.Attempt(1), AttemptOutcome.Failed),
            Finished(3, Given.Attempt(1), AttemptOutcome.Failed),
            Ended(3, 1, Outcome.Failed));

    [Fact]
    public void Lost_and_preempted_attempts_cost_no_retry()
    {
        var sweep = Scenario.Submitted(2, retries: 1).After(
            Given.Claim(2), Given.Lose(3, Given.Attempt(1)),
            Given.Claim(4), Given.HandBack(5, Given.Attempt(1, 2)),
            Given.Claim(6));
        sweep.When(
            Given.Finish(7, Given.Attempt(1, 3), AttemptOutcome.Failed),
            Finished(7, Given.Attempt(1, 3), AttemptOutcome.Failed),
            Waits(7, 1, seconds: 1));
    }

    [Fact]
    public void A_trial_is_handed_back_as_often_as_one_likes()
    {
        var sweep = Scenario.Submitted(1);
        for (var number = 1; number <= 20; number++)
        {
            sweep.After(Given.Claim(number * 2), Given.HandBack((number * 2) + 1, Given.Attempt(1, number)));
        }

        sweep.State.Waiting.ShouldBe([1]);
        sweep.State.Trial(1).Attempts.ShouldAllBe(a => a.Outcome == AttemptOutcome.Preempted);
    }

    [Fact]
    public void The_fifth_lost_attempt_fails_the_trial_where_there_is_one_worker()
    {
        var sweep = Scenario.Submitted(2);
        LoseOn(sweep, 1, "w1", "w1", "w1", "w1");
        sweep.State.Trial(1).Outcome.ShouldBeNull();

        sweep.After(Given.Claim(90, "w1")).When(
            Given.Lose(91, Given.Attempt(1, 5)), Lost(91, Given.Attempt(1, 5)), LostTooOften(91, 5));
    }

    [Fact]
    public void The_fifth_lost_attempt_fails_the_trial_when_two_workers_lost_it()
    {
        var sweep = Scenario.Submitted(2);
        LoseOn(sweep, 1, "w1", "w1", "w2", "w1");

        sweep.After(Given.Claim(90, "w1")).When(
            Given.Lose(91, Given.Attempt(1, 5)), Lost(91, Given.Attempt(1, 5)), LostTooOften(91, 5));
    }

    [Fact]
    public void A_trial_that_only_one_of_two_workers_lost_waits_for_the_other()
    {
        var sweep = Scenario.Submitted(3).After(
            Given.Claim(2, "w1"), Given.Claim(3, "w2"), Given.Lose(4, Given.Attempt(1)));
        LoseOn(sweep, 2, "w1", "w1", "w1");
        sweep.After(Given.Claim(90, "w1"));
        sweep.When(
            Given.Lose(91, Given.Attempt(1, 5)), Lost(91, Given.Attempt(1, 5)), Waits(91, 1, seconds: 8));

        sweep.After(Given.Lose(91, Given.Attempt(1, 5)), Given.Claim(99, "w2")).When(
            Given.Lose(93, Given.Attempt(1, 6)), Lost(93, Given.Attempt(1, 6)), LostTooOften(93, 6));
    }

    [Fact]
    public void A_trial_that_one_of_two_workers_lost_again_and_again_fails_at_the_ceiling()
    {
        var sweep = Scenario.Submitted(3).After(
            Given.Claim(2, "w1"), Given.Claim(3, "w2"), Given.Lose(4, Given.Attempt(1)));
        LoseOn(sweep, 2, [.. Enumerable.Repeat("w1", RetryRules.LostAttemptCeiling - 2)]);
        sweep.State.Trial(1).Outcome.ShouldBeNull();

        var last = Given.Attempt(1, RetryRules.LostAttemptCeiling);
        sweep.After(Given.Claim(490, "w1")).When(
            Given.Lose(491, last), Lost(491, last), LostTooOften(491, RetryRules.LostAttemptCeiling));
    }

    [Fact]
    public void Only_the_last_trial_completes_the_sweep()
    {
        var sweep = Scenario.Submitted(2).After(Given.Claim(2), Given.Claim(3));
        sweep.When(
            Given.Finish(4, Given.Attempt(1)),
            Finished(4, Given.Attempt(1), AttemptOutcome.Completed),
            Ended(4, 1, Outcome.Completed));

        sweep.After(Given.Finish(4, Given.Attempt(1))).When(
            Given.Finish(5, Given.Attempt(2)),
            Finished(5, Given.Attempt(2), AttemptOutcome.Completed),
            Ended(5, 2, Outcome.Completed),
            new SweepEvent.SweepCompleted(Given.Id(5), Given.At(5)));
    }

    [Fact]
    public void A_sweep_is_not_complete_while_a_trial_waits() =>
        Scenario.Submitted(2).After(Given.Claim(2)).When(
            Given.Finish(4, Given.Attempt(1)),
            Finished(4, Given.Attempt(1), AttemptOutcome.Completed),
            Ended(4, 1, Outcome.Completed));

    [Fact]
    public void A_trial_that_is_lost_too_often_can_complete_the_sweep()
    {
        var sweep = Scenario.Submitted(1);
        LoseOn(sweep, 1, "w1", "w1", "w1", "w1");

        sweep.After(Given.Claim(90)).When(
            Given.Lose(91, Given.Attempt(1, 5)),
            Lost(91, Given.Attempt(1, 5)),
            LostTooOften(91, 5),
            new SweepEvent.SweepCompleted(Given.Id(91), Given.At(91)));
    }

    [Fact]
    public void A_report_from_a_replaced_attempt_is_refused()
    {
        var sweep = Scenario.Submitted(2).After(
            Given.Claim(2), Given.Lose(3, Given.Attempt(1)), Given.Claim(4));
        sweep.When(Given.Finish(5, Given.Attempt(1)), Rejection.StaleAttempt);
        sweep.When(Given.Lose(5, Given.Attempt(1)), Rejection.StaleAttempt);
        sweep.When(Given.HandBack(5, Given.Attempt(1)), Rejection.StaleAttempt);
    }

    [Fact]
    public void An_attempt_that_never_started_or_is_of_another_sweep_is_refused()
    {
        var sweep = Scenario.Submitted(2).After(Given.Claim(2));
        sweep.When(Given.Finish(5, Given.Attempt(2)), Rejection.StaleAttempt);
        sweep.When(Given.Finish(5, Given.Attempt(99)), Rejection.StaleAttempt);
        sweep.When(Given.Finish(5, Given.Attempt(1, sweep: "other")), Rejection.StaleAttempt);
    }

    [Theory]
    [InlineData(AttemptOutcome.Lost)]
    [InlineData(AttemptOutcome.Preempted)]
    public void An_attempt_cannot_finish_as_lost_or_preempted(AttemptOutcome outcome) =>
        Scenario.Submitted(2).After(Given.Claim(2))
            .When(Given.Finish(3, Given.Attempt(1), outcome), Rejection.InvalidOutcome);

    [Fact]
    public void A_repeated_command_gets_the_first_answer_however_much_has_happened_since()
    {
        var sweep = Scenario.Submitted(2, retries: 1).After(
            Given.Claim(2),
            Given.Finish(3, Given.Attempt(1), AttemptOutcome.Failed),
            Given.Claim(4),
            Given.Finish(5, Given.Attempt(1, 2)));

        sweep.When(Given.Claim(2), Started(2, Given.Attempt(1)));
        sweep.When(
            Given.Finish(5, Given.Attempt(1, 2)),
            Finished(5, Given.Attempt(1, 2), AttemptOutcome.Completed),
            Ended(5, 1, Outcome.Completed));
        Sweep.Decide(sweep.State, Given.Claim(2)).ShouldBeOfType<Decision.Accepted>().IsRepeat.ShouldBeTrue();
    }

    private static void LoseOn(Scenario sweep, int firstNumber, params string[] workers)
    {
        for (var i = 0; i < workers.Length; i++)
        {
            var id = 10 + (2 * (firstNumber + i));
            var lost = Given.Lose(id + 1, Given.Attempt(1, firstNumber + i));
            sweep.After(Given.Claim(id, workers[i]), lost with { At = LongAgo });
        }
    }

    private static SweepEvent.TrialRetryPlanned Waits(int id, int trial, int seconds) =>
        new(Given.Id(id), Given.At(id), trial, Given.At(id + seconds));

    private static SweepEvent.TrialEnded LostTooOften(int id, int times) => Ended(id, 1, Outcome.Failed) with
    {
        Cause = $"its attempts were lost {times} times, the last time because the slot was killed by signal 9",
    };

    private static SweepEvent.AttemptStarted Started(int id, AttemptId attempt) =>
        new(Given.Id(id), Given.At(id), attempt, Given.Place("w1"), Given.Environment());

    private static SweepEvent.AttemptFinished Finished(
        int id, AttemptId attempt, AttemptOutcome outcome, int lastBatch = 0)
    {
        var finish = Given.Finish(id, attempt, outcome, lastBatch);
        return new(finish.Id, finish.At, attempt, outcome, finish.Reason, finish.LogTail, lastBatch);
    }

    private static SweepEvent.AttemptLost Lost(int id, AttemptId attempt)
    {
        var lose = Given.Lose(id, attempt);
        return new(lose.Id, lose.At, attempt, lose.Reason, lose.LogTail);
    }

    private static SweepEvent.TrialEnded Ended(int id, int trial, Outcome outcome) =>
        new(Given.Id(id), Given.At(id), trial, outcome);
}
