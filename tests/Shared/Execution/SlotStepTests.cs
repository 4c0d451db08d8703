using System.Collections.Immutable;
using System.Diagnostics;
using Shared.Execution;
using Shared.Metrics;
using Shared.Sweeps;

namespace Tests.Shared.Execution;

public sealed class SlotStepTests
{
    private static readonly AttemptId First = new("s", 1, 1);
    private static readonly AttemptId Second = new("s", 2, 1);

    [Fact]
    public void A_free_slot_that_is_told_to_start_trains()
    {
        var (state, actions) = SlotStep.Step(SlotState.Initial, new SlotInput.Received(Start(First)));

        state.Running.ShouldBe(First);
        actions.ShouldBe([new SlotAction.Train(Start(First))]);
    }

    [Fact]
    public void A_busy_slot_that_is_told_to_start_exits()
    {
        var (_, actions) = SlotStep.Step(Running(First), new SlotInput.Received(Start(Second)));

        actions.Single().ShouldBeOfType<SlotAction.Exit>().Reason.ShouldContain("s/2.1");
    }

    [Fact]
    public void A_stop_of_the_running_attempt_cancels_training_and_the_attempt_runs_until_training_ends()
    {
        var (state, actions) = SlotStep.Step(Running(First), new SlotInput.Received(new ToSlot.Stop(First)));

        actions.ShouldBe([new SlotAction.CancelTraining(KeepCheckpoint: false)]);
        state.Running.ShouldBe(First);
    }

    [Fact]
    public void A_drain_lets_training_leave_a_checkpoint_and_a_stop_at_once_may_follow_it()
    {
        var (state, actions) = SlotStep.Step(
            Running(First), new SlotInput.Received(new ToSlot.Stop(First, KeepCheckpoint: true)));
        actions.ShouldBe([new SlotAction.CancelTraining(KeepCheckpoint: true)]);

        SlotStep.Step(state, new SlotInput.Received(new ToSlot.Stop(First))).Actions
            .ShouldBe([new SlotAction.CancelTraining(KeepCheckpoint: false)]);
    }

    [Fact]
    public void A_checkpoint_follows_the_points_before_it_in_a_batch_that_it_names()
    {
        var (state, _) = Feed(
            Running(First), [.. Points(1, 3), new SlotInput.FlushDue(), .. Points(4, 2)]);

        var (next, sent) = Feed(state, [new SlotInput.Checkpointed(5, "/spool/c", "00ff", 4_711)]);

        sent.Length.ShouldBe(2);
        sent[0].ShouldBeOfType<FromSlot.Measured>().Points.Select(p => p.Step).ShouldBe([4, 5]);
        sent[1].ShouldBe(new FromSlot.Checkpointed(First, 5, 2, "/spool/c", "00ff", 4_711));
        Feed(next, Points(6, 1).Append(new SlotInput.FlushDue())).Sent.Single()
            .ShouldBeOfType<FromSlot.Measured>().Batch.ShouldBe(3);
    }

    [Fact]
    public void A_checkpoint_with_nothing_pending_names_the_last_batch_or_none()
    {
        var left = new SlotInput.Checkpointed(5, "/spool/c", "00ff", 1);
        Feed(Running(First), [left]).Sent
            .ShouldBe([new FromSlot.Checkpointed(First, 5, 0, "/spool/c", "00ff", 1)]);

        var (state, _) = Feed(Running(First), [.. Points(1, 1), new SlotInput.FlushDue()]);
        Feed(state, [left]).Sent.ShouldBe([new FromSlot.Checkpointed(First, 5, 1, "/spool/c", "00ff", 1)]);
    }

    [Fact]
    public void A_stop_of_an_attempt_that_does_not_run_here_does_nothing()
    {
        var earlierTry = First with { Number = 2 };
        foreach (var state in (SlotState[])[SlotState.Initial, Running(Second), Running(earlierTry)])
        {
            var (next, actions) = SlotStep.Step(state, new SlotInput.Received(new ToSlot.Stop(First)));

            actions.ShouldBeEmpty();
            next.ShouldBe(state);
        }
    }

    [Fact]
    public void A_slot_whose_worker_is_gone_exits_busy_or_free()
    {
        SlotStep.Step(SlotState.Initial, new SlotInput.WorkerGone()).Actions.Single()
            .ShouldBeOfType<SlotAction.Exit>();
        SlotStep.Step(Running(First), new SlotInput.WorkerGone()).Actions.Single()
            .ShouldBeOfType<SlotAction.Exit>();
    }

    [Fact]
    public void Points_wait_until_a_batch_is_full_or_due()
    {
        var (state, sent) = Feed(Running(First), Points(1, SlotStep.PointsPerBatch - 1));
        sent.ShouldBeEmpty();

        (_, sent) = Feed(state, Points(SlotStep.PointsPerBatch, 1));

        var batch = sent.Single().ShouldBeOfType<FromSlot.Measured>();
        batch.Attempt.ShouldBe(First);
        batch.Batch.ShouldBe(1);
        batch.Points.Select(p => p.Step).ShouldBe(Enumerable.Range(1, SlotStep.PointsPerBatch));
    }

    [Fact]
    public void A_flush_sends_what_is_pending_once()
    {
        var (state, _) = Feed(Running(First), Points(1, 3));

        var (flushed, sent) = Feed(state, [new SlotInput.FlushDue()]);
        sent.Single().ShouldBeOfType<FromSlot.Measured>().Points.Length.ShouldBe(3);

        Feed(flushed, [new SlotInput.FlushDue()]).Sent.ShouldBeEmpty();
    }

    [Fact]
    public void A_flush_of_a_free_slot_sends_nothing() =>
        Feed(SlotState.Initial, [new SlotInput.FlushDue()]).Sent.ShouldBeEmpty();

    [Fact]
    public void Batches_are_numbered_from_one_without_gaps_and_keep_every_point_in_order()
    {
        IEnumerable<SlotInput> inputs =
        [
            .. Points(1, 600), new SlotInput.FlushDue(), new SlotInput.FlushDue(), .. Points(601, 1),
            new SlotInput.FlushDue(), .. Points(602, 1023),
        ];

        var (_, sent) =
            Feed(Running(First), [.. inputs, new SlotInput.Ended(AttemptOutcome.Completed, "", 9)]);

        var batches = sent.OfType<FromSlot.Measured>().ToList();
        batches.Select(b => b.Batch).ShouldBe(Enumerable.Range(1, batches.Count));
        batches.SelectMany(b => b.Points).Select(p => p.Step).ShouldBe(Enumerable.Range(1, 1624));
        batches.ShouldAllBe(b => b.Points.Length > 0 && b.Points.Length <= SlotStep.PointsPerBatch);
        sent[^1].ShouldBe(new FromSlot.Ended(First, AttemptOutcome.Completed, "", batches.Count, 9));
    }

    [Fact]
    public void An_artifact_follows_the_points_measured_before_it()
    {
        var (state, _) = Feed(Running(First), Points(1, 2));

        var (_, sent) = Feed(state, [new SlotInput.Produced("samples.png", "image/png", "/spool/x", "00ff")]);

        sent.Length.ShouldBe(2);
        sent[0].ShouldBeOfType<FromSlot.Measured>().Points.Length.ShouldBe(2);
        sent[1].ShouldBe(new FromSlot.Produced(First, "samples.png", "image/png", "/spool/x", "00ff"));
    }

    [Theory]
    [InlineData(AttemptOutcome.Completed, "")]
    [InlineData(AttemptOutcome.Diverged, "the loss is NaN")]
    [InlineData(AttemptOutcome.Failed, "out of memory")]
    [InlineData(AttemptOutcome.Preempted, "")]
    public void An_end_without_batches_says_that_there_are_none_and_frees_the_slot(
        AttemptOutcome outcome, string reason)
    {
        var (state, sent) = Feed(Running(First), [new SlotInput.Ended(outcome, reason, 7)]);

        sent.ShouldBe([new FromSlot.Ended(First, outcome, reason, 0, 7)]);
        state.ShouldBe(SlotState.Initial);
    }

    [Fact]
    public void The_next_attempt_of_a_warm_slot_counts_its_batches_from_one()
    {
        var (state, _) = Feed(
            Running(First),
            [
                .. Points(1, 3),
                new SlotInput.Ended(AttemptOutcome.Failed, "", 0),
                new SlotInput.Received(Start(Second)),
            ]);

        var (_, sent) = Feed(state, [.. Points(1, 1), new SlotInput.FlushDue()]);

        var batch = sent.Single().ShouldBeOfType<FromSlot.Measured>();
        (batch.Attempt, batch.Batch, batch.Points.Length).ShouldBe((Second, 1, 1));
    }

    [Fact]
    public void Training_that_speaks_while_no_attempt_runs_is_a_broken_slot()
    {
        SlotInput[] words =
        [
            new SlotInput.Measured(new MetricPoint(1, "loss", 1)),
            new SlotInput.Produced("n", "m", "p", "h"),
            new SlotInput.Checkpointed(1, "p", "h", 2),
            new SlotInput.Ended(AttemptOutcome.Completed, "", 9),
        ];
        foreach (var word in words)
        {
            Should.Throw<UnreachableException>(() => SlotStep.Step(SlotState.Initial, word), word.ToString());
        }
    }

    private static ToSlot.Start Start(AttemptId attempt) => new(attempt, "toy", "{}", null, 1, 1);

    private static SlotState Running(AttemptId attempt) => SlotState.Initial with { Running = attempt };

    private static IEnumerable<SlotInput> Points(int first, int count) => Enumerable.Range(first, count)
        .Select(step => new SlotInput.Measured(new MetricPoint(step, "loss", 1.0 / step)));

    private static (SlotState State, ImmutableArray<FromSlot> Sent) Feed(
        SlotState state, IEnumerable<SlotInput> inputs)
    {
        var sent = ImmutableArray.CreateBuilder<FromSlot>();
        foreach (var input in inputs)
        {
            (state, var actions) = SlotStep.Step(state, input);
            sent.AddRange(actions.OfType<SlotAction.Send>().Select(s => s.Message));
        }

        return (state, sent.ToImmutable());
    }
}
