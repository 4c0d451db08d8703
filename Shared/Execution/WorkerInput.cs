using System.Collections.Immutable;
using Shared.Sweeps;

namespace Shared.Execution;

/// <summary>What happens to a worker.</summary>
public abstract record WorkerInput
{
    private WorkerInput()
    {
    }

    /// <summary>Once a second.</summary>
    public sealed record Tick(DateTimeOffset Now) : WorkerInput;

    /// <summary>Something may have become claimable, paused or cancelled; only a hint.</summary>
    public sealed record NewsCame : WorkerInput;

    /// <summary>A slot said something.</summary>
    /// <param name="Slot">Its number.</param>
    /// <param name="Message">What it said.</param>
    /// <param name="LogTail">The end of its log so far.</param>
    public sealed record SlotSaid(int Slot, FromSlot Message, string LogTail) : WorkerInput
    {
        /// <summary>
        /// Resident memory of its process when it is ready and when an attempt ends; 0 unknown.
        /// </summary>
        public long ResidentBytes { get; init; }
    }

    /// <summary>A slot's process ended.</summary>
    /// <param name="Slot">Its number.</param>
    /// <param name="Reason">One sentence: signal or exit code.</param>
    /// <param name="LogTail">The end of its log.</param>
    public sealed record SlotExited(int Slot, string Reason, string LogTail) : WorkerInput;

    /// <summary>The store answered a claim.</summary>
    /// <param name="Slots">The slots that it was for.</param>
    /// <param name="Grants">What some of them, or none, are to run.</param>
    public sealed record ClaimAnswered(ImmutableArray<int> Slots, ImmutableArray<Grant> Grants) : WorkerInput;

    /// <summary>The one sweep of this worker is over.</summary>
    public sealed record SweepOver : WorkerInput;

    /// <summary>The one sweep of this worker gives it nothing for good.</summary>
    public sealed record ClaimsRefused(string Reason) : WorkerInput;

    /// <summary>The store answered a renewal.</summary>
    /// <param name="Now">When.</param>
    /// <param name="Refused">The attempts that this worker no longer speaks for.</param>
    public sealed record Renewed(DateTimeOffset Now, ImmutableArray<AttemptId> Refused) : WorkerInput;

    /// <summary>The store answered a look.</summary>
    /// <param name="Stopped">Attempts of those asked about that do not run any more.</param>
    /// <param name="HandBack">
    /// Attempts of those asked about whose sweep is paused and wants them back.
    /// </param>
    public sealed record Looked(ImmutableArray<AttemptId> Stopped, ImmutableArray<AttemptId> HandBack)
        : WorkerInput;

    /// <summary>The store did not answer a look.</summary>
    public sealed record LookUnanswered : WorkerInput;

    /// <summary>A checkpoint is in the store, or of no use there.</summary>
    /// <param name="Slot">The slot that wrote it.</param>
    /// <param name="Attempt">The attempt that wrote it.</param>
    /// <param name="Took">How long its way took.</param>
    public sealed record CheckpointStored(int Slot, AttemptId Attempt, TimeSpan Took) : WorkerInput;

    /// <summary>The store answered something else.</summary>
    public sealed record StoreAnswered(DateTimeOffset Now) : WorkerInput;

    /// <summary>The store did not answer.</summary>
    public sealed record StoreSilent : WorkerInput;

    /// <summary>The worker is told to hand back and stop; told again, at once.</summary>
    public sealed record StopAsked : WorkerInput;
}

/// <summary>An attempt that a slot is to run.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Start">What it is to be told.</param>
/// <param name="From">The stored checkpoint that the attempt goes on from; nothing for update 0.</param>
/// <param name="Beside">Further slots of the same claim that a wide trial takes.</param>
public sealed record Grant(int Slot, ToSlot.Start Start, CheckpointId? From, ImmutableArray<int> Beside)
{
    /// <summary>
    /// The parent's model that it begins with; nothing without one and beside a checkpoint.
    /// </summary>
    public ParentArtifact? Parent { get; init; }
}
