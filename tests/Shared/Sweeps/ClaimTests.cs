using System.Collections.Immutable;
using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

public sealed class ClaimTests
{
    [Fact]
    public void A_worker_gets_one_trial_a_free_slot_in_their_order() =>
        Scenario.Submitted(4).When(
            Given.Claim(2) with
            {
                Places = [Given.Place("w1", 1), Given.Place("w1", 4), Given.Place("w1", 2)],
            },
            Then.Started(2, Given.Attempt(1), slot: 1),
            Then.Started(2, Given.Attempt(2), slot: 4),
            Then.Started(2, Given.Attempt(3), slot: 2));

    [Fact]
    public void Where_fewer_trials_wait_than_slots_are_free_each_gets_one() =>
        Scenario.Submitted(2).After(Given.Claim(2)).When(
            Given.Claim(3, "w2") with { Places = [Given.Place("w2", 1), Given.Place("w2", 2)] },
            Then.Started(3, Given.Attempt(2), "w2"));

    [Fact]
    public void A_claim_without_a_slot_is_refused() =>
        Scenario.Submitted(2).When(Given.Claim(2) with { Places = [] }, Rejection.InvalidNumber);

    [Fact]
    public void A_repeated_claim_of_several_gets_the_same_attempts()
    {
        var claim = Given.Claim(2) with { Places = [Given.Place("w1", 1), Given.Place("w1", 2)] };

        Scenario.Submitted(3).After(claim, Given.Claim(3)).When(
            claim, Then.Started(2, Given.Attempt(1), slot: 1), Then.Started(2, Given.Attempt(2), slot: 2));
    }

    [Fact]
    public void A_trial_that_waits_for_its_time_is_passed_over()
    {
        var sweep = Scenario.Submitted(2, retries: 1).After(
            Given.Claim(2), Given.Finish(10, Given.Attempt(1), AttemptOutcome.Failed));

        sweep.When(
            Given.Claim(9, "w2") with { At = Given.At(10) },
            Then.Started(9, Given.Attempt(2), "w2") with { At = Given.At(10) });
        sweep.When(Given.Claim(11, "w2"), Then.Started(11, Given.Attempt(1, 2), "w2"));
    }

    [Fact]
    public void Where_only_such_trials_wait_there_is_nothing_yet() =>
        Scenario.Submitted(1, retries: 1)
            .After(Given.Claim(2), Given.Finish(10, Given.Attempt(1), AttemptOutcome.Failed))
            .When(Given.Claim(9), Rejection.NotYet);

    [Fact]
    public void Concurrency_counts_what_runs_and_cuts_a_claim_short()
    {
        var sweep = Scenario.Submitted(5).After(Limits(2, concurrency: 3), Given.Claim(3));
        var claim = Given.Claim(4, "w2") with
        {
            Places = [Given.Place("w2", 1), Given.Place("w2", 2), Given.Place("w2", 3)],
        };

        sweep.When(
            claim,
            Then.Started(4, Given.Attempt(2), "w2", 1),
            Then.Started(4, Given.Attempt(3), "w2", 2));
        sweep.After(claim).When(Given.Claim(5), Rejection.ConcurrencyReached);
        sweep.After(Given.HandBack(6, Given.Attempt(2)))
            .When(Given.Claim(7), Then.Started(7, Given.Attempt(2, 2)));
    }

    [Fact]
    public void A_lowered_concurrency_takes_nothing_away_from_what_runs()
    {
        var sweep = Scenario.Submitted(4).After(Given.Claim(2), Given.Claim(3), Limits(4, concurrency: 1));

        sweep.State.Running.Count.ShouldBe(2);
        sweep.After(Given.Finish(5, Given.Attempt(1))).When(Given.Claim(6), Rejection.ConcurrencyReached);
    }

    [Fact]
    public void The_budget_counts_ended_and_running_attempts()
    {
        var sweep = Scenario.Submitted(4).After(
            Limits(2, budget: TimeSpan.FromSeconds(30)),
            Given.Claim(10, "w1"),
            Given.HandBack(30, Given.Attempt(1)),   // 20 s
            Given.Claim(40, "w1"));

        sweep.When(Given.Claim(49, "w2"), Then.Started(49, Given.Attempt(2), "w2"));
        sweep.When(Given.Claim(50, "w2"), Rejection.BudgetSpent);
        Claiming.SpentBy(sweep.State, Given.At(50)).ShouldBe(TimeSpan.FromSeconds(30));
        sweep.After(Limits(51, budget: TimeSpan.FromSeconds(60)))
            .When(Given.Claim(52, "w2"), Then.Started(52, Given.Attempt(2), "w2"));
    }

    [Fact]
    public void Time_that_runs_backwards_spends_nothing()
    {
        var sweep = Scenario.Submitted(2).After(Given.Claim(100), Given.HandBack(40, Given.Attempt(1)));
        sweep.State.Spent.ShouldBe(TimeSpan.Zero);

        sweep.After(Given.Claim(101));
        Claiming.SpentBy(sweep.State, Given.At(50)).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_trial_goes_on_from_its_last_checkpoint_on_a_device_of_the_same_model()
    {
        var sweep = Checkpointed();
        var from = new CheckpointId(Given.Attempt(1), 40, "0028");

        sweep.When(Given.Claim(10, "w2"), Then.Started(10, Given.Attempt(1, 2), "w2", from: from));
    }

    [Fact]
    public void It_waits_so_long_for_such_a_device_and_then_goes_on_elsewhere()
    {
        var sweep = Checkpointed();   // lost at second 9
        var other = Given.Environment() with { Device = "Another CPU" };
        var from = new CheckpointId(Given.Attempt(1), 40, "0028");
        var last = 9 + (int)Claiming.DeviceWait.TotalSeconds;

        sweep.When(Given.Claim(last - 1) with { Environment = other }, Rejection.NotYet);
        sweep.When(
            Given.Claim(last) with { Environment = other },
            Then.Started(last, Given.Attempt(1, 2), from: from) with { Environment = other });
    }

    [Fact]
    public void While_one_waits_for_its_device_others_are_given() =>
        Checkpointed(trials: 2).When(
            Given.Claim(10) with { Environment = Given.Environment() with { Device = "Another CPU" } },
            Then.Started(10, Given.Attempt(2)) with
            {
                Environment = Given.Environment() with { Device = "Another CPU" },
            });

    [Fact]
    public void An_attempt_that_made_no_checkpoint_leaves_its_parents()
    {
        var from = new CheckpointId(Given.Attempt(1), 40, "0028");
        var sweep = Checkpointed().After(Given.Claim(10), Given.HandBack(11, Given.Attempt(1, 2)));

        sweep.When(Given.Claim(12), Then.Started(12, Given.Attempt(1, 3), from: from));
    }

    [Fact]
    public void A_checkpoint_from_which_an_attempt_failed_at_once_is_not_tried_again()
    {
        var sweep = Checkpointed().After(Given.Claim(10), Given.FalseStart(11, Given.Attempt(1, 2)));

        sweep.When(Given.Claim(12), Then.Started(12, Given.Attempt(1, 3)));
    }

    [Fact]
    public void A_failure_after_some_updates_keeps_the_checkpoint()
    {
        var from = new CheckpointId(Given.Attempt(1), 40, "0028");
        var failed = Given.Finish(11, Given.Attempt(1, 2), AttemptOutcome.Failed) with { Updates = 41 };

        Checkpointed(retries: 1).After(Given.Claim(10), failed)
            .When(Given.Claim(12), Then.Started(12, Given.Attempt(1, 3), from: from));
    }

    [Fact]
    public void A_worker_without_what_the_sweep_requires_is_given_nothing()
    {
        var labels = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add("site", "a");
        var offer = WorkerOffer.Nothing with { Labels = labels, MemoryBytes = 4L << 30 };
        var sweep = Scenario.Requiring(new Requirements(labels, "fake cpu", 2L << 30));

        sweep.When(Given.Claim(2), Rejection.RequirementsUnmet);
        sweep.When(
            Given.Claim(2) with { Offer = offer with { MemoryBytes = 1 } }, Rejection.RequirementsUnmet);
        sweep.When(Given.Claim(2) with { Offer = offer }, Then.Started(2, Given.Attempt(1)));
    }

    /// <summary>A sweep whose first trial was lost at second 9, with a checkpoint of update 40.</summary>
    private static Scenario Checkpointed(int trials = 1, int retries = 0) =>
        Scenario.Submitted(trials, retries).After(
            Given.Claim(2),
            Given.Checkpoint(3, Given.Attempt(1), update: 20),
            Given.Checkpoint(4, Given.Attempt(1), update: 40),
            Given.Lose(9, Given.Attempt(1)));

    private static SweepCommand.ChangeLimits Limits(
        int id, int? concurrency = null, TimeSpan? budget = null) =>
        new(Given.Id(id), Given.At(id), new SweepLimits(concurrency, budget));
}
