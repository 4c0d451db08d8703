using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;

namespace Shared.Execution;

/// <summary>What a worker knows of its slots and leases.</summary>
/// <param name="Name">The worker's name.</param>
/// <param name="Slots">Its slots by number, from 1.</param>
/// <param name="Leases">The attempts it speaks for.</param>
/// <param name="StartFailures">How many slot processes in a row ended before they ran anything.</param>
/// <param name="IsEnding">It has been told to stop, or its work is done.</param>
public sealed record WorkerState(
    string Name,
    ImmutableSortedDictionary<int, SlotView> Slots,
    LeaseBook Leases,
    int StartFailures,
    bool IsEnding)
{
    /// <summary>A worker whose slots are about to start.</summary>
    public static WorkerState Open(string name, int slots, LeaseTimes times, DateTimeOffset now) => new(
        name,
        Enumerable.Range(1, slots)
            .ToImmutableSortedDictionary(n => n, _ => (SlotView)new SlotView.Starting()),
        LeaseBook.Open(times, now),
        StartFailures: 0,
        IsEnding: false);
}

/// <summary>A slot as its worker sees it.</summary>
public abstract record SlotView
{
    private SlotView()
    {
    }

    /// <summary>Its process was started and is not ready yet.</summary>
    public sealed record Starting : SlotView;

    /// <summary>It can run an attempt.</summary>
    public sealed record Free(FromSlot.Ready Process) : SlotView;

    /// <summary>It can run an attempt, and the store has been asked for one.</summary>
    public sealed record Claiming(FromSlot.Ready Process) : SlotView;

    /// <summary>
    /// Its process ended while the store was asked; the next one is started after the answer, so that a slot
    /// has one claim under way at most and an attempt never runs in a process other than the one that claimed
    /// it.
    /// </summary>
    public sealed record Gone : SlotView;

    /// <summary>It runs an attempt.</summary>
    public sealed record Busy(FromSlot.Ready Process, AttemptId Attempt) : SlotView;
}

/// <summary>What happens to a worker.</summary>
public abstract record WorkerInput
{
    private WorkerInput()
    {
    }

    /// <summary>Once a second.</summary>
    public sealed record Tick(DateTimeOffset Now) : WorkerInput;

    /// <summary>A slot said something.</summary>
    /// <param name="Slot">Its number.</param>
    /// <param name="Message">What it said.</param>
    /// <param name="LogTail">The end of its log so far.</param>
    public sealed record SlotSaid(int Slot, FromSlot Message, string LogTail) : WorkerInput;

    /// <summary>A slot's process ended.</summary>
    /// <param name="Slot">Its number.</param>
    /// <param name="Reason">One sentence: signal or exit code.</param>
    /// <param name="LogTail">The end of its log.</param>
    public sealed record SlotExited(int Slot, string Reason, string LogTail) : WorkerInput;

    /// <summary>A claim was granted.</summary>
    public sealed record Claimed(int Slot, ToSlot.Start Start) : WorkerInput;

    /// <summary>No trial waits now.</summary>
    public sealed record NothingToClaim(int Slot) : WorkerInput;

    /// <summary>Every trial has its outcome.</summary>
    public sealed record SweepOver : WorkerInput;

    /// <summary>The store refuses this worker's claims for good.</summary>
    public sealed record ClaimsRefused(string Reason) : WorkerInput;

    /// <summary>The store answered a renewal.</summary>
    /// <param name="Now">When.</param>
    /// <param name="Refused">The attempts that this worker no longer speaks for.</param>
    public sealed record Renewed(DateTimeOffset Now, ImmutableArray<AttemptId> Refused) : WorkerInput;

    /// <summary>The store answered something else.</summary>
    public sealed record StoreAnswered(DateTimeOffset Now) : WorkerInput;

    /// <summary>The store did not answer.</summary>
    public sealed record StoreSilent : WorkerInput;

    /// <summary>The worker is told to hand back and stop.</summary>
    public sealed record StopAsked : WorkerInput;
}

/// <summary>
/// What a worker's shell is to do. Actions of one slot are carried out in order; one that the store does not
/// answer is tried again under the same command id, except where its kind says otherwise.
/// </summary>
public abstract record WorkerAction
{
    private WorkerAction()
    {
    }

    /// <summary>Start a slot's process.</summary>
    public sealed record StartSlot(int Slot) : WorkerAction;

    /// <summary>Say this to a slot.</summary>
    public sealed record Tell(int Slot, ToSlot Message) : WorkerAction;

    /// <summary>Ask the store for a trial.</summary>
    public sealed record Claim(int Slot, AttemptPlace Place, AttemptEnvironment Environment) : WorkerAction;

    /// <summary>Store a metric batch.</summary>
    public sealed record StoreBatch(int Slot, FromSlot.Measured Batch) : WorkerAction;

    /// <summary>Store a spooled artifact and delete its file.</summary>
    public sealed record StoreArtifact(int Slot, FromSlot.Produced Artifact) : WorkerAction;

    /// <summary>Report an attempt's end, after everything it stored.</summary>
    public sealed record Finish(int Slot, FromSlot.Ended End, string LogTail) : WorkerAction;

    /// <summary>Report that an attempt's slot is gone.</summary>
    public sealed record Lose(int Slot, AttemptId Attempt, string Reason, string LogTail) : WorkerAction;

    /// <summary>Hand an attempt back.</summary>
    public sealed record HandBack(int Slot, AttemptId Attempt) : WorkerAction;

    /// <summary>
    /// Renew these leases. Tried once: where the store does not answer, the next beat asks again.
    /// </summary>
    public sealed record Renew(ImmutableArray<AttemptId> Attempts) : WorkerAction;

    /// <summary>
    /// Report the attempts whose worker is gone. Tried once: a judgement made before the store fell silent
    /// must not be carried out after it, when nobody has been able to renew; the next tick asks anew.
    /// </summary>
    public sealed record LoseAbandoned(bool ExpiredToo) : WorkerAction;

    /// <summary>End the worker, once everything before this is carried out.</summary>
    /// <param name="Code">Exit code.</param>
    /// <param name="Reason">One sentence for the log.</param>
    public sealed record Exit(int Code, string Reason) : WorkerAction;
}
