using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

/// <summary>Attempts that fail because what they were to begin from cannot be read.</summary>
public sealed class UnreadableSourceTests
{
    [Fact]
    public void A_failed_resume_is_tried_again_at_once_from_the_checkpoint_before()
    {
        var sweep = Checkpointed().After(Given.Claim(10));
        sweep.State.Trial(1).Attempts[1].From!.Update.ShouldBe(40);
        var unread = Unread(11, number: 2);

        sweep.When(
            unread,
            Then.Finished(unread) with { IsSourceUnreadable = true },
            Then.Waits(11, 1, seconds: 1));
        From(sweep.After(unread, Given.Claim(13))).ShouldBe(20);
    }

    [Fact]
    public void After_two_in_a_row_it_begins_anew_and_after_a_resume_that_worked_it_does_not()
    {
        var sweep = Checkpointed().After(
            Given.Claim(10), Unread(11, number: 2), Given.Claim(13), Unread(14, number: 3, updates: 20));
        From(sweep.After(Given.Claim(16))).ShouldBeNull();

        var works = Checkpointed().After(
            Given.Claim(10), Unread(11, number: 2), Given.Claim(13), Given.Lose(14, Given.Attempt(1, 3)));
        From(works.After(Given.Claim(16))).ShouldBe(20);
    }

    [Fact]
    public void An_attempts_only_checkpoint_gives_way_to_the_one_that_it_went_on_from()
    {
        var sweep = Checkpointed().After(
            Given.Claim(10), Given.Checkpoint(11, Given.Attempt(1, 2), 60), Given.HandBack(12, Given.Attempt(1, 2)),
            Given.Claim(13), Unread(14, number: 3, updates: 60));

        From(sweep.After(Given.Claim(16))).ShouldBe(40);
    }

    [Fact]
    public void A_failed_resume_counts_against_neither_the_worker_nor_the_trial()
    {
        var sweep = Scenario.Submitted(4).After(Given.Claim(2, "other"), Given.HandBack(3, Given.Attempt(1)));
        for (var trial = 1; trial <= 3; trial++)
        {
            var number = trial == 1 ? 2 : 1;
            sweep = sweep.After(
                Given.Claim(10 * trial, "other"),
                Given.Checkpoint((10 * trial) + 1, Given.Attempt(trial, number), 20),
                Given.HandBack((10 * trial) + 2, Given.Attempt(trial, number)),
                Given.Claim((10 * trial) + 3, "honest"),
                Unread((10 * trial) + 4, number + 1, updates: 20, trial),
                new SweepCommand.CancelTrial(Given.Id((10 * trial) + 5), Given.At((10 * trial) + 5), trial));
        }

        sweep.State.Excluded.ShouldBeEmpty();
        sweep.State.FalseStarts.ShouldBeEmpty();
        sweep.State.Trials.ShouldAllBe(trial => trial.Outcome != Outcome.Failed);
    }

    [Fact]
    public void One_that_made_an_update_or_ended_otherwise_failed_by_itself_whatever_it_says()
    {
        var made = Checkpointed().After(Given.Claim(10), Unread(11, number: 2, updates: 41));
        made.State.Trial(1).Outcome.ShouldBe(Outcome.Failed, "the sweep tries nothing again");
        made.State.Trial(1).Attempts[1].IsSourceUnreadable.ShouldBeFalse();

        var completed = Unread(11, number: 2) with { Outcome = AttemptOutcome.Completed, Reason = "", LogTail = "" };
        Checkpointed().After(Given.Claim(10), completed).State.Trial(1).Attempts[1].IsSourceUnreadable
            .ShouldBeFalse();
    }

    [Fact]
    public void A_parents_model_that_cannot_be_read_fails_its_trial_in_the_end_and_excludes_nobody()
    {
        var model = new ParentArtifact(Given.Attempt(1, sweep: "parent"), ParentSweep.Model, "ab12");
        var sweep = Scenario.Waiting(1).After(new SweepCommand.ReleaseTrial(Given.Id(2), Given.At(2), 1, model));
        for (var number = 1; number < RetryRules.FalseStartLimit; number++)
        {
            sweep = sweep.After(Given.Claim(10 * number), Unread((10 * number) + 1, number, updates: 0));
        }

        sweep = sweep.After(Given.Claim(90), Unread(91, RetryRules.FalseStartLimit, updates: 0));

        sweep.State.Trial(1).Cause.ShouldBe(
            "3 attempts failed before their first update, the last one because it went wrong");
        sweep.State.FalseStarts.ShouldBeEmpty();
    }

    /// <summary>Trial 1 was handed back after checkpoints of updates 20 and 40.</summary>
    private static Scenario Checkpointed() => Scenario.Submitted(1).After(
        Given.Claim(2),
        Given.Checkpoint(3, Given.Attempt(1), 20),
        Given.Checkpoint(4, Given.Attempt(1), 40),
        Given.HandBack(5, Given.Attempt(1)));

    private static SweepCommand.FinishAttempt Unread(int id, int number, int updates = 40, int trial = 1) =>
        Given.Finish(id, Given.Attempt(trial, number), AttemptOutcome.Failed) with
        {
            Updates = updates,
            IsSourceUnreadable = true,
        };

    private static int? From(Scenario sweep) => sweep.State.Trial(1).Attempts[^1].From?.Update;
}
