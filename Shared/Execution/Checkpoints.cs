using System.Collections.Immutable;
using Stepped = (
    Shared.Execution.WorkerState State,
    System.Collections.Immutable.ImmutableArray<Shared.Execution.WorkerAction> Actions);

namespace Shared.Execution;

/// <summary>
/// The way of checkpoints from a slot's spool to the store: one at a time, and of those that wait only the
/// newest.
/// </summary>
internal static class Checkpoints
{
    /// <summary>A slot left one.</summary>
    public static Stepped Left(WorkerState state, int slot, FromSlot.Checkpointed left)
    {
        if (!state.Speaks(slot, left.Attempt))
        {
            return (state, [new WorkerAction.DropSpooled(slot, left.Path)]);
        }

        var busy = (SlotView.Busy)state.Slots[slot];
        var older = Drop(slot, busy);
        busy = busy with { Upload = busy.Upload with { Newest = left } };
        if (!state.Plan.UploadsAtOnce || busy.Upload.IsUnderWay)
        {
            return (state.With(slot, busy), older);
        }

        (state, var upload) = Upload(state, slot, busy);
        return (state, [.. older, .. upload]);
    }

    /// <summary>One is in the store; the one that came meanwhile may follow.</summary>
    public static Stepped Stored(WorkerState state, WorkerInput.CheckpointStored stored)
    {
        if (state.Slots[stored.Slot] is not SlotView.Busy busy || busy.Attempt != stored.Attempt)
        {
            return (state, []);
        }

        busy = busy with
        {
            Upload = busy.Upload with { IsUnderWay = false, LastAt = state.Now, LastTook = stored.Took },
        };
        return state.Plan.UploadsAtOnce && busy.Upload.Newest is not null
            ? Upload(state, stored.Slot, busy)
            : (state.With(stored.Slot, busy), []);
    }

    /// <summary>Begins the uploads whose time has come.</summary>
    public static Stepped Due(WorkerState state)
    {
        var actions = ImmutableArray.CreateBuilder<WorkerAction>();
        foreach (var (slot, busy) in state.Running.Where(s => s.View.Upload.IsDue(state.Now)).ToList())
        {
            (state, var upload) = Upload(state, slot, busy);
            actions.AddRange(upload);
        }

        return (state, actions.ToImmutable());
    }

    /// <summary>The attempt ends without a result: its newest one is stored before that is said.</summary>
    public static ImmutableArray<WorkerAction> Last(int slot, SlotView.Busy busy) =>
        busy.Upload.Newest is { } newest ? [new WorkerAction.StoreCheckpoint(slot, newest)] : [];

    /// <summary>Nobody will go on from the newest one.</summary>
    public static ImmutableArray<WorkerAction> Drop(int slot, SlotView.Busy busy) =>
        busy.Upload.Newest is { } newest ? [new WorkerAction.DropSpooled(slot, newest.Path)] : [];

    private static Stepped Upload(WorkerState state, int slot, SlotView.Busy busy)
    {
        var newest = busy.Upload.Newest!;
        var upload = busy.Upload with { Newest = null, IsUnderWay = true };
        return (
            state.With(slot, busy with { Upload = upload }),
            [new WorkerAction.StoreCheckpoint(slot, newest)]);
    }
}
