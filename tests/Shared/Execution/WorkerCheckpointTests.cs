using Shared.Execution;
using Shared.Sweeps;
using static Tests.Shared.Execution.WorkerFixture;

namespace Tests.Shared.Execution;

/// <summary>The way of checkpoints from a slot to the store.</summary>
public sealed class WorkerCheckpointTests
{
    private static readonly WorkerPlan Remote = PlanOf(1) with { UploadsAtOnce = false };

    [Fact]
    public void A_checkpoint_goes_to_a_store_on_this_machine_at_once() =>
        Busy().When(Left(10, First)).ShouldDo(Stores(10));

    [Fact]
    public void While_one_is_under_way_only_the_newest_waits()
    {
        var state = Busy().Given(Left(10, First));

        state.When(Left(20, First)).ShouldBeEmpty();
        state.Given(Left(20, First)).When(Left(30, First))
            .ShouldDo(new WorkerAction.DropSpooled(1, "/spool/20"));
        state.Given(Left(20, First), Left(30, First)).When(Stored()).ShouldDo(Stores(30));
        state.When(Stored()).ShouldBeEmpty();
    }

    [Fact]
    public void A_checkpoint_for_a_store_elsewhere_waits_five_minutes_and_newer_ones_replace_it()
    {
        var state = Remotely();

        state.When(Left(10, First)).ShouldBeEmpty();
        state.Given(Left(10, First)).When(Left(20, First))
            .ShouldDo(new WorkerAction.DropSpooled(1, "/spool/10"));
        var waiting = state.Given(Left(10, First), Left(20, First));
        Uploads(waiting, 299).ShouldBeEmpty();
        Uploads(waiting, 300).ShouldDo(Stores(20));
        Uploads(waiting.Given(Tick(300)), 301).ShouldBeEmpty();
    }

    [Fact]
    public void An_upload_that_took_long_makes_the_next_one_wait_twenty_times_as_long()
    {
        var state = Remotely().Given(Left(10, First), Tick(300), Stored(60), Left(20, First));

        Uploads(state, 300 + 1199).ShouldBeEmpty();
        Uploads(state, 300 + 1200).ShouldDo(Stores(20));
    }

    [Theory]
    [InlineData(AttemptOutcome.Preempted)]
    [InlineData(AttemptOutcome.Failed)]
    public void An_attempt_that_ends_without_a_result_stores_its_newest_checkpoint_first(
        AttemptOutcome outcome)
    {
        WorkerAction end = outcome is AttemptOutcome.Preempted
            ? new WorkerAction.HandBack(1, First)
            : new WorkerAction.Finish(1, End(First, outcome), "the log");

        Remotely().Given(Left(10, First)).When(Ended(First, outcome)).ShouldDo(Stores(10), end, Claim());
    }

    [Theory]
    [InlineData(AttemptOutcome.Completed)]
    [InlineData(AttemptOutcome.Diverged)]
    public void A_result_needs_no_checkpoint(AttemptOutcome outcome) =>
        Remotely().Given(Left(10, First)).When(Ended(First, outcome)).ShouldDo(
            new WorkerAction.DropSpooled(1, "/spool/10"),
            new WorkerAction.Finish(1, End(First, outcome), "the log\n"),
            Claim());

    [Fact]
    public void A_slot_that_is_gone_leaves_its_newest_checkpoint_before_the_loss_is_said() =>
        Remotely().Given(Left(10, First)).When(Exited()).ShouldDo(
            Stores(10),
            new WorkerAction.Lose(1, First, "signal 9", "the log"),
            new WorkerAction.StartSlot(1));

    [Fact]
    public void A_checkpoint_of_an_attempt_that_is_no_longer_held_is_dropped()
    {
        var waiting = Remotely().Given(Left(10, First));

        waiting.When(Refused(First)).ShouldDo(
            new WorkerAction.DropSpooled(1, "/spool/10"), new WorkerAction.Tell(1, new ToSlot.Stop(First)));
        waiting.Given(Refused(First)).When(Exited()).ShouldDo(new WorkerAction.StartSlot(1));
    }

    [Fact]
    public void A_worker_that_ends_stores_the_newest_checkpoint_before_it_hands_back()
    {
        var actions = Remotely().Given(Left(10, First), new WorkerInput.StopAsked())
            .When(new WorkerInput.StopAsked());

        actions[..2].ShouldDo(Stores(10), new WorkerAction.HandBack(1, First));
    }

    [Fact]
    public void An_answer_about_a_checkpoint_of_an_attempt_that_ended_changes_nothing()
    {
        var state = Busy().Given(Left(10, First), Ended(First), Claimed(Second));
        var (next, actions) = WorkerStep.Step(state, Stored());

        next.ShouldBe(state);
        actions.ShouldBeEmpty();
    }

    [Fact]
    public void A_grant_says_which_checkpoint_the_slot_goes_on_from()
    {
        var from = new CheckpointId(new AttemptId("s", 1, 1), 40, "00");
        var attempt = new AttemptId("s", 1, 2);
        WorkerInput granted = new WorkerInput.ClaimAnswered([1], [new Grant(1, Begin(attempt), from, [])]);

        Opened().Given(Ready()).When(granted).ShouldDo(new WorkerAction.Begin(1, Begin(attempt), from));
        Opened().Given(Ready(), granted).Leases.Held.ShouldBe([attempt], "it renews while it is fetched");
    }

    private static WorkerState Remotely() => Opened(Remote).Given(Ready(), Claimed(First));

    private static WorkerAction Stores(int update) =>
        new WorkerAction.StoreCheckpoint(1, Checkpoint(update, First));

    private static WorkerInput Stored(double took = 0) =>
        new WorkerInput.CheckpointStored(1, First, TimeSpan.FromSeconds(took));

    private static IEnumerable<WorkerAction> Uploads(WorkerState state, double seconds) =>
        state.Given(new WorkerInput.StoreAnswered(After(seconds))).When(Tick(seconds))
            .OfType<WorkerAction.StoreCheckpoint>();
}
