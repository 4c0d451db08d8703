using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

public sealed class AttemptEndTests
{
    // So that no wait after a failure is left.
    private static readonly DateTimeOffset LongAgo = Given.Noon.AddDays(-1);

    [Fact]
    public void The_wait_after_failures_doubles_up_to_five_minutes() =>
        Enumerable.Range(1, 11).Select(n => RetryRules.AfterFailures(n).TotalSeconds)
            .ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);

    [Fact]
    public void The_first_loss_costs_no_wait() =>
        Enumerable.Range(1, 4).Select(n => RetryRules.AfterLosses(n).TotalSeconds).ShouldBe([0, 1, 2, 4]);

    [Fact]
    public void However_often_something_fails_the_wait_is_a_number() =>
        RetryRules.AfterFailures(int.MaxValue).ShouldBe(TimeSpan.FromMinutes(5));

    [Fact]
    public void A_false_start_costs_no_retry_and_waits()
    {
        var start = Given.FalseStart(3, Given.Attempt(1));

        Scenario.Submitted(2, retries: 0).After(Given.Claim(2))
            .When(start, Then.Finished(start), Then.Waits(3, 1, seconds: 1));
    }

    [Fact]
    public void A_failure_at_an_unknown_update_counts_against_the_trial()
    {
        var failure = Given.Finish(3, Given.Attempt(1), AttemptOutcome.Failed);

        Scenario.Submitted(2, retries: 0).After(Given.Claim(2))
            .When(failure, Then.Finished(failure), Then.Ended(3, 1, Outcome.Failed));
    }

    [Fact]
    public void A_trial_that_starts_nowhere_fails_with_its_cause_where_there_is_one_worker()
    {
        var sweep = StartFalsely(Scenario.Submitted(2), 1, "w1", "w1");
        var last = Given.FalseStart(91, Given.Attempt(1, 3));

        sweep.After(Given.Claim(90)).When(last, Then.Finished(last), StartsNowhere(91, 3));
    }

    [Fact]
    public void A_trial_that_starts_nowhere_fails_once_two_workers_saw_it()
    {
        var sweep = StartFalsely(
            Scenario.Submitted(2).After(Given.Claim(19, "w2")), 1, trial: 2, "w1", "w1", "w1");
        sweep.State.Trial(2).Outcome.ShouldBeNull("the other worker has not tried it");
        var last = Given.FalseStart(91, Given.Attempt(2, 4));

        sweep.After(Given.Claim(90, "w2")).When(
            last, Then.Finished(last), StartsNowhere(91, 4, trial: 2));
    }

    [Fact]
    public void A_trial_that_only_one_of_two_workers_tried_fails_at_the_ceiling()
    {
        var tries = Enumerable.Repeat("w1", RetryRules.FalseStartCeiling - 1).ToArray();
        var sweep = StartFalsely(Scenario.Submitted(2).After(Given.Claim(19, "w2")), 1, trial: 2, tries);
        var last = Given.FalseStart(91, Given.Attempt(2, RetryRules.FalseStartCeiling));

        sweep.After(Given.Claim(90)).When(
            last, Then.Finished(last), StartsNowhere(91, RetryRules.FalseStartCeiling, trial: 2));
    }

    [Fact]
    public void A_worker_on_which_three_trials_fail_at_once_gets_no_more()
    {
        var sweep = FailThree(Scenario.Submitted(6).After(Given.Claim(2, "w2")));
        var third = Given.FalseStart(8, Given.Attempt(4));

        sweep.When(third, Then.Finished(third), Then.Waits(8, 4, seconds: 1), Excluded(8, "w1"));
        sweep.After(third).When(Given.Claim(20), Rejection.WorkerExcluded);
        sweep.When(Given.Claim(20, "w2"), Then.Started(20, Given.Attempt(2, 2), "w2"));
    }

    [Fact]
    public void The_only_worker_is_never_excluded()
    {
        var sweep = FailThree(Scenario.Submitted(6).After(Given.Claim(2)));
        var third = Given.FalseStart(8, Given.Attempt(4));

        sweep.When(third, Then.Finished(third), Then.Waits(8, 4, seconds: 1));
    }

    [Fact]
    public void The_last_worker_that_is_left_is_never_excluded()
    {
        var sweep = FailThree(Scenario.Submitted(9).After(Given.Claim(2, "w2")))
            .After(
                Given.FalseStart(8, Given.Attempt(4)),
                Given.Claim(9, "w2"), Given.Claim(10, "w2"),
                Given.FalseStart(11, Given.Attempt(1)), Given.FalseStart(12, Given.Attempt(2, 2)));

        sweep.After(Given.FalseStart(13, Given.Attempt(3, 2))).State.Excluded.Keys.ShouldBe(["w1"]);
    }

    [Fact]
    public void One_trial_alone_excludes_nobody()
    {
        var sweep = StartFalsely(
            Scenario.Submitted(3).After(Given.Claim(19, "w2")), 1, trial: 2, "w1", "w1", "w1", "w1");

        sweep.State.Excluded.ShouldBeEmpty();
    }

    [Fact]
    public void An_update_made_on_a_worker_clears_it()
    {
        var sweep = FailThree(Scenario.Submitted(6).After(Given.Claim(19, "w2"), Given.Claim(2)), first: 3)
            .After(Given.Checkpoint(9, Given.Attempt(2), update: 1));

        sweep.After(Given.FalseStart(10, Given.Attempt(5))).State.Excluded.ShouldBeEmpty();
    }

    [Fact]
    public void An_excluded_worker_may_end_what_it_runs()
    {
        var sweep = FailThree(Scenario.Submitted(6).After(Given.Claim(19, "w2"), Given.Claim(2)), first: 3)
            .After(Given.FalseStart(9, Given.Attempt(5)));
        sweep.State.Excluded.Keys.ShouldBe(["w1"]);

        sweep.After(Given.Finish(10, Given.Attempt(2))).State.Trial(2).Outcome.ShouldBe(Outcome.Completed);
    }

    [Fact]
    public void Nothing_follows_the_end_of_a_sweep_not_even_an_exclusion()
    {
        var sweep = Scenario.Submitted(4).After(
            Given.Claim(2, "w2"), Given.Finish(3, Given.Attempt(1)),
            Given.Claim(4), Given.Claim(5), Given.Claim(6),
            Given.FalseStart(7, Given.Attempt(2)), Given.FalseStart(8, Given.Attempt(3)),
            new SweepCommand.CancelTrial(Given.Id(9), Given.At(9), 2),
            new SweepCommand.CancelTrial(Given.Id(10), Given.At(10), 3));
        sweep = StartFalsely(sweep.After(Given.HandBack(11, Given.Attempt(4))), 2, trial: 4, "w2", "w2");
        var last = Given.FalseStart(91, Given.Attempt(4, 4));

        sweep.After(Given.Claim(90)).When(
            last, Then.Finished(last), StartsNowhere(91, 3, trial: 4), Then.Completed(91));
    }

    [Fact]
    public void A_checkpoint_is_newer_than_the_ones_before_it()
    {
        var sweep = Scenario.Submitted(1).After(
            Given.Claim(2), Given.Checkpoint(3, Given.Attempt(1), update: 40));

        sweep.When(Given.Checkpoint(4, Given.Attempt(1), update: 40), Rejection.InvalidNumber);
        sweep.When(
            Given.Checkpoint(4, Given.Attempt(1), update: 41),
            new SweepEvent.AttemptCheckpointed(Given.Id(4), Given.At(4), Given.Attempt(1), 41, "0029"));
        sweep.After(Given.Lose(5, Given.Attempt(1)), Given.Claim(6));
        sweep.When(Given.Checkpoint(7, Given.Attempt(1), update: 60), Rejection.StaleAttempt);
        sweep.When(Given.Checkpoint(7, Given.Attempt(1, 2), update: 40), Rejection.InvalidNumber);
    }

    [Fact]
    public void Numbers_below_zero_are_refused()
    {
        var sweep = Scenario.Submitted(1).After(Given.Claim(2));

        sweep.When(Given.Finish(3, Given.Attempt(1), lastBatch: -1), Rejection.InvalidNumber);
        sweep.When(Given.Finish(3, Given.Attempt(1)) with { Updates = -1 }, Rejection.InvalidNumber);
        sweep.When(Given.Checkpoint(3, Given.Attempt(1), update: 0), Rejection.InvalidNumber);
        sweep.When(Given.Checkpoint(3, Given.Attempt(1), update: 1, lastBatch: -1), Rejection.InvalidNumber);
    }

    [Fact]
    public void An_attempt_cannot_call_itself_cancelled() =>
        Scenario.Submitted(2).After(Given.Claim(2))
            .When(Given.Finish(3, Given.Attempt(1), AttemptOutcome.Cancelled), Rejection.InvalidOutcome);

    /// <summary>Two trials failed at once on w1, which has claimed a third.</summary>
    private static Scenario FailThree(Scenario sweep, int first = 2) => sweep.After(
        Given.Claim(3), Given.Claim(4), Given.Claim(5),
        Given.FalseStart(6, Given.Attempt(first)), Given.FalseStart(7, Given.Attempt(first + 1)));

    private static Scenario StartFalsely(
        Scenario sweep, int firstNumber, params string[] workers) =>
        StartFalsely(sweep, firstNumber, trial: 1, workers);

    private static Scenario StartFalsely(
        Scenario sweep, int firstNumber, int trial, params string[] workers)
    {
        for (var i = 0; i < workers.Length; i++)
        {
            var id = 20 + (2 * (firstNumber + i));
            var start = Given.FalseStart(id + 1, Given.Attempt(trial, firstNumber + i));
            sweep.After(Given.Claim(id, workers[i]), start with { At = LongAgo });
        }

        return sweep;
    }

    private static SweepEvent.TrialEnded StartsNowhere(int id, int times, int trial = 1) => Then.Ended(
        id, trial, Outcome.Failed,
        $"{times} attempts failed before their first update, the last one because it went wrong");

    private static SweepEvent.WorkerExcluded Excluded(int id, string worker) => new(
        Given.Id(id), Given.At(id), worker,
        "3 trials in a row failed on it before their first update, the last one because it went wrong");
}
