using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;

namespace Shared.Execution;

/// <summary>What a worker knows of its slots and leases.</summary>
/// <param name="Plan">What it was told at its start.</param>
/// <param name="Slots">Its slots by number, from 1.</param>
/// <param name="Records">What is remembered of each slot.</param>
/// <param name="Lent">
/// Slots that a wide trial takes beside its own, each with the slot that the trial runs in.
/// </param>
/// <param name="Leases">The attempts it speaks for.</param>
/// <param name="Now">
/// Time of the last tick; at most a second old, or as old as the worker stood still.
/// </param>
/// <param name="FoundNothing">
/// The last claim that was answered found nothing, and no slot was ready since.
/// </param>
/// <param name="IdleSince">
/// Since which tick nothing ran, nothing started and nothing was found; nothing while that is not so.
/// </param>
/// <param name="IsLooking">A look is under way.</param>
/// <param name="DrainUntil">Told to stop: when it stops waiting for its slots; nothing before.</param>
/// <param name="IsEnding">Nothing is waited for any more.</param>
public sealed record WorkerState(
    WorkerPlan Plan,
    ImmutableSortedDictionary<int, SlotView> Slots,
    ImmutableSortedDictionary<int, SlotRecord> Records,
    ImmutableSortedDictionary<int, int> Lent,
    LeaseBook Leases,
    DateTimeOffset Now,
    bool FoundNothing,
    DateTimeOffset? IdleSince,
    bool IsLooking,
    DateTimeOffset? DrainUntil,
    bool IsEnding)
{
    /// <summary>The worker's name.</summary>
    public string Name => Plan.Name;

    /// <summary>Whether it has been told to stop.</summary>
    public bool IsDraining => DrainUntil is not null;

    /// <summary>The slots that run something, by number.</summary>
    public IEnumerable<(int Slot, SlotView.Busy View)> Running =>
        from slot in Slots
        where slot.Value is SlotView.Busy
        select (slot.Key, (SlotView.Busy)slot.Value);

    /// <summary>A worker whose slots are about to start.</summary>
    public static WorkerState Open(WorkerPlan plan, LeaseTimes times, DateTimeOffset now)
    {
        var numbers = Enumerable.Range(1, plan.Devices.Length).ToList();
        return new WorkerState(
            plan,
            numbers.ToImmutableSortedDictionary(n => n, _ => (SlotView)new SlotView.Starting()),
            numbers.ToImmutableSortedDictionary(n => n, _ => SlotRecord.New),
            ImmutableSortedDictionary<int, int>.Empty,
            LeaseBook.Open(times, now),
            now,
            FoundNothing: false,
            IdleSince: null,
            IsLooking: false,
            DrainUntil: null,
            IsEnding: false);
    }

    /// <summary>Whether a slot runs an attempt that this worker speaks for.</summary>
    public bool Speaks(int slot, AttemptId attempt) =>
        Slots[slot] is SlotView.Busy busy && busy.Attempt == attempt && Leases.Held.Contains(attempt);

    /// <summary>
    /// How many slots of a device work: they have not failed, or a wide trial takes them all the same.
    /// </summary>
    public int RoomOf(int device) => Slots.Count(slot => Plan.DeviceOf(slot.Key) == device
        && (slot.Value is not SlotView.Failed || Lent.ContainsKey(slot.Key)));

    /// <summary>The same worker with another view of a slot.</summary>
    public WorkerState With(int slot, SlotView view) => this with { Slots = Slots.SetItem(slot, view) };

    /// <summary>The same worker with another record of a slot.</summary>
    public WorkerState With(int slot, SlotRecord record) =>
        this with { Records = Records.SetItem(slot, record) };
}

/// <summary>What is remembered of a slot from one of its views to the next.</summary>
/// <param name="FalseStarts">How many of its processes in a row ended before they ran anything.</param>
/// <param name="Attempts">How many attempts its present process has run.</param>
/// <param name="ResidentAtStart">Resident memory of its process when it was ready, bytes; 0 unknown.</param>
public sealed record SlotRecord(int FalseStarts, int Attempts, long ResidentAtStart)
{
    /// <summary>A slot that has not run yet.</summary>
    public static SlotRecord New { get; } = new(0, 0, 0);
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
    /// <param name="Reason">How the process ended, one sentence.</param>
    public sealed record Gone(string Reason) : SlotView;

    /// <summary>It runs an attempt.</summary>
    /// <param name="Process">Its process.</param>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Upload">Its checkpoints on their way to the store.</param>
    /// <param name="IsStopping">It was told to leave a checkpoint and stop.</param>
    public sealed record Busy(
        FromSlot.Ready Process, AttemptId Attempt, CheckpointUpload Upload, bool IsStopping) : SlotView;

    /// <summary>Its process was told to end, to be replaced by a fresh one.</summary>
    public sealed record Retiring : SlotView;

    /// <summary>Its process ended before it ran anything; the next one is started later.</summary>
    /// <param name="Until">From when on.</param>
    /// <param name="Reason">How it ended, one sentence.</param>
    public sealed record Resting(DateTimeOffset Until, string Reason) : SlotView;

    /// <summary>Its processes ended before they ran anything, too often to try again.</summary>
    /// <param name="Reason">How the last one ended, one sentence.</param>
    public sealed record Failed(string Reason) : SlotView;

    /// <summary>Its process ended while the worker drained.</summary>
    public sealed record Off : SlotView;
}
