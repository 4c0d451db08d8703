using System.Collections.Immutable;
using Shared.Sweeps;

namespace Shared.Execution;

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

    /// <summary>End a slot's process, which runs nothing.</summary>
    public sealed record EndSlot(int Slot) : WorkerAction;

    /// <summary>Say this to a slot.</summary>
    public sealed record Tell(int Slot, ToSlot Message) : WorkerAction;

    /// <summary>
    /// Have a slot begin an attempt: fetch first the checkpoint that it goes on from, or the parent's model
    /// that it begins with, where there is one. Where that cannot be read, the shell says for the slot that
    /// the attempt failed without an update of its own.
    /// </summary>
    public sealed record Begin(
        int Slot, ToSlot.Start Start, CheckpointId? From, ParentArtifact? Parent = null)
        : WorkerAction;

    /// <summary>Ask the store for trials, one a place at most.</summary>
    /// <param name="Places">Free slots of one device.</param>
    /// <param name="Environment">What they compute with.</param>
    /// <param name="Room">How many slots of that device work, free or not: no wider trial fits on it.</param>
    /// <param name="MostRoom">How many work of the device that has most of them.</param>
    public sealed record Claim(
        ImmutableArray<AttemptPlace> Places, AttemptEnvironment Environment, int Room, int MostRoom)
        : WorkerAction;

    /// <summary>Store a metric batch.</summary>
    public sealed record StoreBatch(int Slot, FromSlot.Measured Batch) : WorkerAction;

    /// <summary>Store a spooled artifact and delete its file.</summary>
    public sealed record StoreArtifact(int Slot, FromSlot.Produced Artifact) : WorkerAction;

    /// <summary>Store and record a spooled checkpoint, and delete its file.</summary>
    public sealed record StoreCheckpoint(int Slot, FromSlot.Checkpointed Checkpoint) : WorkerAction;

    /// <summary>Delete a spooled file that nobody needs.</summary>
    public sealed record DropSpooled(int Slot, string Path) : WorkerAction;

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
    /// Report the attempts whose worker is gone, see what follows from parents' artifacts, and see which of
    /// the attempts held here are to stop. Tried once: a judgement made before the store fell silent must not
    /// be carried out after it, when nobody has been able to renew; the next tick asks anew.
    /// </summary>
    /// <param name="ExpiredToo">Leases past their end count too.</param>
    /// <param name="Held">The attempts held here.</param>
    public sealed record Look(bool ExpiredToo, ImmutableArray<AttemptId> Held) : WorkerAction;

    /// <summary>End the worker, once everything before this is carried out.</summary>
    /// <param name="Code">Exit code.</param>
    /// <param name="Reason">One sentence for the log.</param>
    public sealed record Exit(int Code, string Reason) : WorkerAction;
}
