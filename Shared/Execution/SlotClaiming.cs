using System.Collections.Immutable;
using System.Diagnostics;
using Shared.Sweeps;
using Stepped = (
    Shared.Execution.WorkerState State,
    System.Collections.Immutable.ImmutableArray<Shared.Execution.WorkerAction> Actions);

namespace Shared.Execution;

/// <summary>How free slots ask for trials, and what becomes of the answer.</summary>
internal static class SlotClaiming
{
    /// <summary>One claim for the free slots of each device; none while the worker drains.</summary>
    public static Stepped Claim(WorkerState state)
    {
        if (state.IsDraining)
        {
            return (state, []);
        }

        var actions = ImmutableArray.CreateBuilder<WorkerAction>();
        var free = from slot in state.Slots
                   where slot.Value is SlotView.Free && !state.Lent.ContainsKey(slot.Key)
                   group (slot.Key, ((SlotView.Free)slot.Value).Process) by state.Plan.DeviceOf(slot.Key);
        var most = state.Plan.Devices.Distinct().Max(state.RoomOf);
        foreach (var device in free.ToList())
        {
            var places = ImmutableArray.CreateBuilder<AttemptPlace>();
            foreach (var (number, process) in device)
            {
                state = state.With(number, new SlotView.Claiming(process));
                places.Add(new AttemptPlace(state.Name, number, process.ProcessId));
            }

            var environment = device.First().Process.Environment;
            actions.Add(new WorkerAction.Claim(
                places.ToImmutable(), environment, state.RoomOf(device.Key), most));
        }

        return (state, actions.ToImmutable());
    }

    /// <summary>
    /// Slots with a grant begin; the others are free again, or start again where they are gone.
    /// </summary>
    public static Stepped Answered(WorkerState state, WorkerInput.ClaimAnswered answered)
    {
        state = state with { FoundNothing = answered.Grants.IsEmpty };
        var actions = ImmutableArray.CreateBuilder<WorkerAction>();
        foreach (var slot in answered.Slots)
        {
            var grant = answered.Grants.FirstOrDefault(g => g.Slot == slot);
            (state, var next) = grant is null ? Unasked(state, slot) : Granted(state, grant);
            actions.AddRange(next);
        }

        return (state, actions.ToImmutable());
    }

    /// <summary>A trial has ended on a slot: what it took beside it is free again.</summary>
    public static WorkerState GiveBack(WorkerState state, int slot) => state with
    {
        Lent = state.Lent.RemoveRange(state.Lent.Where(lent => lent.Value == slot).Select(lent => lent.Key)),
    };

    private static Stepped Granted(WorkerState state, Grant grant)
    {
        var (slot, attempt) = (grant.Slot, grant.Start.Attempt);
        if (state.Slots[slot] is not SlotView.Claiming claiming || state.IsDraining)
        {
            // Its process ended, or the worker drains: nothing of the attempt has begun.
            (state, var start) = Unasked(state, slot);
            return (state, [new WorkerAction.HandBack(slot, attempt), .. start]);
        }

        var upload = CheckpointUpload.Begin(state.Now);
        state = state
            .With(slot, new SlotView.Busy(claiming.Process, attempt, upload, IsStopping: false))
            .With(slot, state.Records[slot] with { FalseStarts = 0 });
        foreach (var beside in grant.Beside)
        {
            state = state.With(beside, state.Records[beside] with { FalseStarts = 0 });
        }

        return (
            state with
            {
                Leases = state.Leases.Claimed(attempt),
                Lent = state.Lent.SetItems(grant.Beside.Select(b => KeyValuePair.Create(b, slot))),
            },
            [new WorkerAction.Begin(slot, grant.Start, grant.From, grant.Parent)]);
    }

    private static Stepped Unasked(WorkerState state, int slot) => state.Slots[slot] switch
    {
        SlotView.Claiming claiming => (state.With(slot, new SlotView.Free(claiming.Process)), []),
        SlotView.Gone gone => SlotEnding.StartAgain(state, slot, gone.Reason),
        var view => throw new UnreachableException($"an answer to no claim: slot {slot} is {view}"),
    };
}
