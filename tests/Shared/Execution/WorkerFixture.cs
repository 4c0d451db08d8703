using System.Collections.Immutable;
using System.Text.Json;
using Shared.Engine;
using Shared.Execution;
using Shared.Sweeps;

namespace Tests.Shared.Execution;

/// <summary>A worker in a known state, and the inputs that lead there.</summary>
internal static class WorkerFixture
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    public static readonly AttemptId First = new("s", 1, 1);
    public static readonly AttemptId Second = new("s", 2, 1);

    private static readonly AttemptEnvironment Environment =
        new("a processor", "plain", ImmutableSortedDictionary<string, string>.Empty, "program");

    /// <summary>A worker of one sweep, whose store is on its machine, told to drain for 5 s.</summary>
    public static WorkerPlan PlanOf(int slots) => WorkerPlan.OfRun("w", slots);

    public static FromSlot.Ready Process(int slot) => new(100 + slot, Environment);

    public static WorkerState Opened(int slots = 1) => Opened(PlanOf(slots));

    public static WorkerState Opened(WorkerPlan plan) => WorkerState.Open(plan, LeaseTimes.Default, Start);

    public static WorkerInput Ready(int slot = 1, long resident = 0) =>
        new WorkerInput.SlotSaid(slot, Process(slot), "") { ResidentBytes = resident };

    public static WorkerInput Claimed(AttemptId attempt, int slot = 1, params ImmutableArray<int> beside) =>
        new WorkerInput.ClaimAnswered([slot, .. beside], [new Grant(slot, Begin(attempt), null, beside)]);

    public static WorkerInput Nothing(params ImmutableArray<int> slots) =>
        new WorkerInput.ClaimAnswered(slots.IsEmpty ? [1] : slots, []);

    public static WorkerInput Exited(int slot = 1) => new WorkerInput.SlotExited(slot, "signal 9", "the log");

    public static WorkerInput Refused(params ImmutableArray<AttemptId> attempts) =>
        new WorkerInput.Renewed(After(1), attempts);

    public static WorkerInput Stopped(params ImmutableArray<AttemptId> attempts) =>
        new WorkerInput.Looked(attempts, []);

    public static WorkerInput Wanted(params ImmutableArray<AttemptId> attempts) =>
        new WorkerInput.Looked([], attempts);

    public static WorkerInput Ended(
        AttemptId attempt,
        AttemptOutcome outcome = AttemptOutcome.Completed,
        int slot = 1,
        long resident = 0) =>
        new WorkerInput.SlotSaid(slot, End(attempt, outcome), "the log") { ResidentBytes = resident };

    public static WorkerInput Left(int update, AttemptId attempt, int slot = 1) =>
        new WorkerInput.SlotSaid(slot, Checkpoint(update, attempt), "");

    public static FromSlot.Checkpointed Checkpoint(int update, AttemptId attempt) =>
        new(attempt, update, 3, $"/spool/{update}", "00", 9);

    public static WorkerInput Tick(double seconds) => new WorkerInput.Tick(After(seconds));

    public static ToSlot.Start Begin(AttemptId attempt) => new(attempt, "toy", "{}", null, 1, 1);

    public static WorkerAction Begins(AttemptId attempt, int slot = 1) =>
        new WorkerAction.Begin(slot, Begin(attempt), null);

    public static WorkerAction Leaves(AttemptId attempt, int slot = 1) =>
        new WorkerAction.Tell(slot, new ToSlot.Stop(attempt, KeepCheckpoint: true));

    public static WorkerAction Looks(bool expiredToo = false, params ImmutableArray<AttemptId> held) =>
        new WorkerAction.Look(expiredToo, held);

    public static FromSlot.Ended End(AttemptId attempt, AttemptOutcome outcome) =>
        new(attempt, outcome, "reason", 3, 20);

    /// <summary>A claim for all slots of a device; slot 1 where none is named.</summary>
    public static WorkerAction Claim(params int[] slots) =>
        slots is [] ? ClaimOf(1, 1, 1) : ClaimOf(slots.Length, slots.Length, slots);

    public static WorkerAction ClaimOf(int room, int mostRoom, params int[] slots) => new WorkerAction.Claim(
        [.. slots.Select(slot => new AttemptPlace("w", slot, 100 + slot))], Environment, room, mostRoom);

    public static SlotView.Busy BusyWith(AttemptId attempt, int slot = 1) =>
        new(Process(slot), attempt, CheckpointUpload.Begin(Start), IsStopping: false);

    public static DateTimeOffset After(double seconds) => Start.AddSeconds(seconds);

    /// <summary>The state after these inputs, whatever they ask the shell to do.</summary>
    public static WorkerState Given(this WorkerState state, params ReadOnlySpan<WorkerInput> inputs)
    {
        foreach (var input in inputs)
        {
            state = WorkerStep.Step(state, input).State;
        }

        return state;
    }

    /// <summary>What the shell is to do on this input.</summary>
    public static ImmutableArray<WorkerAction> When(this WorkerState state, WorkerInput input) =>
        WorkerStep.Step(state, input).Actions;

    /// <summary>These actions and no others, in this order.</summary>
    public static void ShouldDo(this IEnumerable<WorkerAction> actions, params WorkerAction[] expected) =>
        actions.Select(Text).ShouldBe(expected.Select(Text));

    /// <summary>A worker whose only slot runs <see cref="First"/>.</summary>
    public static WorkerState Busy() => Opened().Given(Ready(), Claimed(First));

    // Records that hold arrays do not compare by value; their JSON does.
    private static string Text(WorkerAction action) =>
        $"{action.GetType().Name} {JsonSerializer.Serialize(action, action.GetType())}";
}
