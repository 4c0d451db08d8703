using System.Collections.Immutable;
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

    public static FromSlot.Ready Process(int slot) => new(100 + slot, Environment);

    public static WorkerState Opened(int slots = 1) =>
        WorkerState.Open("w", slots, LeaseTimes.Default, Start);

    public static WorkerInput Ready(int slot = 1) => new WorkerInput.SlotSaid(slot, Process(slot), "");

    public static WorkerInput Claimed(AttemptId attempt, int slot = 1) =>
        new WorkerInput.Claimed(slot, Begin(attempt));

    public static WorkerInput Nothing(int slot = 1) => new WorkerInput.NothingToClaim(slot);

    public static WorkerInput Exited(int slot = 1) => new WorkerInput.SlotExited(slot, "signal 9", "the log");

    public static WorkerInput Refused(params ImmutableArray<AttemptId> attempts) =>
        new WorkerInput.Renewed(After(1), attempts);

    public static WorkerInput Ended(
        AttemptId attempt, AttemptOutcome outcome = AttemptOutcome.Completed, int slot = 1) =>
        new WorkerInput.SlotSaid(slot, End(attempt, outcome), "the log");

    public static WorkerInput Tick(double seconds) => new WorkerInput.Tick(After(seconds));

    public static ToSlot.Start Begin(AttemptId attempt) => new(attempt, "toy", "{}", null, 1, 1);

    public static FromSlot.Ended End(AttemptId attempt, AttemptOutcome outcome) =>
        new(attempt, outcome, "reason", 3, 20);

    public static WorkerAction.Claim Claim(int slot = 1) =>
        new(slot, new AttemptPlace("w", slot, 100 + slot), Environment);

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

    /// <summary>A worker whose only slot runs <see cref="First"/>.</summary>
    public static WorkerState Busy() => Opened().Given(Ready(), Claimed(First));
}
