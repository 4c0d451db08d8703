using System.Collections.Immutable;
using Shared.Sweeps;
using Stepped = (
    Shared.Execution.WorkerState State,
    System.Collections.Immutable.ImmutableArray<Shared.Execution.WorkerAction> Actions);

namespace Shared.Execution;

/// <summary>What follows from the end of an attempt, and from that of a slot's process.</summary>
internal static class SlotEnding
{
    /// <summary>An attempt ended in a slot whose process lives.</summary>
    public static Stepped Ended(WorkerState state, WorkerInput.SlotSaid said, FromSlot.Ended ended)
    {
        var slot = said.Slot;
        if (state.Slots[slot] is not SlotView.Busy busy || busy.Attempt != ended.Attempt)
        {
            return (state, []);
        }

        var report = Report(state, slot, busy, ended, said.LogTail);
        var record = state.Records[slot];
        record = record with { Attempts = record.Attempts + 1 };
        state = SlotClaiming.GiveBack(
            (state with { Leases = state.Leases.Released(ended.Attempt) }).With(slot, record), slot);
        if (state.IsDraining)
        {
            (state, var exit) = Stopping.EndIfDrained(state.With(slot, new SlotView.Free(busy.Process)));
            return (state, [.. report, .. exit]);
        }

        if (SlotRules.IsWorn(record, said.ResidentBytes))
        {
            return (state.With(slot, new SlotView.Retiring()), [.. report, new WorkerAction.EndSlot(slot)]);
        }

        (state, var claim) = SlotClaiming.Claim(state.With(slot, new SlotView.Free(busy.Process)));
        return (state, [.. report, .. claim]);
    }

    /// <summary>A slot's process ended.</summary>
    public static Stepped Exited(WorkerState state, WorkerInput.SlotExited exited)
    {
        var slot = exited.Slot;
        switch (state.Slots[slot])
        {
            case SlotView.Busy busy:
                ImmutableArray<WorkerAction> report = state.Leases.Held.Contains(busy.Attempt)
                    ? [
                        .. Checkpoints.Last(slot, busy),
                        new WorkerAction.Lose(slot, busy.Attempt, exited.Reason, exited.LogTail),
                    ]
                    : Checkpoints.Drop(slot, busy);
                state = SlotClaiming.GiveBack(
                    state with { Leases = state.Leases.Released(busy.Attempt) }, slot);
                (state, var next) = Replace(state, slot);
                return (state, [.. report, .. next]);
            case SlotView.Retiring:
                return Replace(state, slot);
            case SlotView.Claiming:
                return (
                    CountFalseStart(state, slot).With(slot, new SlotView.Gone(Why(exited))), []);
            default:
                return StartAgain(CountFalseStart(state, slot), slot, Why(exited));
        }
    }

    /// <summary>Starts a slot's process again after a process that ran nothing, in time or never.</summary>
    public static Stepped StartAgain(WorkerState state, int slot, string reason)
    {
        if (state.IsDraining)
        {
            return (state.With(slot, new SlotView.Off()), []);
        }

        var falseStarts = state.Records[slot].FalseStarts;
        if (falseStarts < SlotRules.FalseStartLimit)
        {
            var until = state.Now + SlotRules.WaitAfter(falseStarts);
            return (state.With(slot, new SlotView.Resting(until, reason)), []);
        }

        state = state.With(slot, new SlotView.Failed(reason));
        return state.Plan.IsForOneSweep && state.Slots.Values.All(view => view is SlotView.Failed)
            ? Stopping.End(state, 1, $"no slot starts; slot {slot}: {reason}")
            : (state, []);
    }

    /// <summary>Starts the processes whose wait is over; none while the worker drains.</summary>
    public static Stepped Rested(WorkerState state)
    {
        if (state.IsDraining)
        {
            return (state, []);
        }

        var due = state.Slots
            .Where(s => s.Value is SlotView.Resting resting && resting.Until <= state.Now)
            .Select(s => s.Key)
            .ToList();
        var slots = state.Slots.SetItems(
            due.Select(slot => KeyValuePair.Create(slot, (SlotView)new SlotView.Starting())));
        return (state with { Slots = slots }, [.. due.Select(slot => new WorkerAction.StartSlot(slot))]);
    }

    private static ImmutableArray<WorkerAction> Report(
        WorkerState state, int slot, SlotView.Busy busy, FromSlot.Ended ended, string logTail) =>
        (state.Speaks(slot, ended.Attempt), ended.Outcome) switch
        {
            (false, _) => Checkpoints.Drop(slot, busy),
            (true, AttemptOutcome.Preempted) =>
                [.. Checkpoints.Last(slot, busy), new WorkerAction.HandBack(slot, ended.Attempt)],
            (true, AttemptOutcome.Failed) =>
                [.. Checkpoints.Last(slot, busy), new WorkerAction.Finish(slot, ended, logTail)],
            _ =>
            [
                .. Checkpoints.Drop(slot, busy),
                new WorkerAction.Finish(slot, ended, LogLimits.ForResult(logTail)),
            ],
        };

    /// <summary>
    /// A process that ran something, or was told to end, is followed by the next one at once.
    /// </summary>
    private static Stepped Replace(WorkerState state, int slot)
    {
        if (!state.IsDraining)
        {
            return (state.With(slot, new SlotView.Starting()), [new WorkerAction.StartSlot(slot)]);
        }

        return Stopping.EndIfDrained(state.With(slot, new SlotView.Off()));
    }

    private static WorkerState CountFalseStart(WorkerState state, int slot)
    {
        var record = state.Records[slot];
        return state.With(slot, record with { FalseStarts = record.FalseStarts + 1 });
    }

    private static string Why(WorkerInput.SlotExited exited)
    {
        var last = exited.LogTail.Split('\n').LastOrDefault(line => line.Length > 0);
        return last is null ? exited.Reason : $"{exited.Reason}: {last}";
    }
}
