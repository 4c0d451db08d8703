using System.Collections.Immutable;
using System.Diagnostics;
using Shared.Sweeps;

namespace Shared.Execution;

/// <summary>The worker's loop as a pure step.</summary>
public static class WorkerStep
{
    /// <summary>
    /// After this many slot processes in a row that ended before they ran anything, the worker gives up.
    /// </summary>
    public const int StartFailureLimit = 3;

    /// <summary>What the shell does first.</summary>
    public static ImmutableArray<WorkerAction> Begin(WorkerState state) =>
    [
        new WorkerAction.LoseAbandoned(ExpiredToo: false),
        .. state.Slots.Keys.Select(n => new WorkerAction.StartSlot(n)),
    ];

    /// <summary>The next state, and what the shell is to do.</summary>
    public static (WorkerState State, ImmutableArray<WorkerAction> Actions) Step(
        WorkerState state, WorkerInput input) =>
        state.IsEnding
            ? (state, AfterTheEnd(input))
            : input switch
            {
                WorkerInput.Tick tick => Tick(state, tick.Now),
                WorkerInput.SlotSaid said => Said(state, said),
                WorkerInput.SlotExited exited => Exited(state, exited),
                WorkerInput.Claimed claimed => Claimed(state, claimed),
                WorkerInput.NothingToClaim none => Unclaimed(state, none.Slot),
                WorkerInput.SweepOver => End(state, 0, "every trial has its outcome"),
                WorkerInput.ClaimsRefused refused => End(state, 1, refused.Reason),
                WorkerInput.Renewed renewed => Renewed(state, renewed),
                WorkerInput.StoreAnswered answered => (
                    state with { Leases = state.Leases.Answered(answered.Now) }, []),
                WorkerInput.StoreSilent => (state with { Leases = state.Leases.Unanswered() }, []),
                WorkerInput.StopAsked => End(state, 0, "told to stop; running attempts are handed back"),
                _ => throw new UnreachableException($"input {input.GetType().Name}"),
            };

    /// <summary>What ran has been handed back; only a claim that was under way then is still to be.</summary>
    private static ImmutableArray<WorkerAction> AfterTheEnd(WorkerInput input) =>
        input is WorkerInput.Claimed late
            ? [new WorkerAction.HandBack(late.Slot, late.Start.Attempt)]
            : [];

    private static (WorkerState State, ImmutableArray<WorkerAction> Actions) Unclaimed(
        WorkerState state, int slot) =>
        state.Slots[slot] switch
        {
            SlotView.Claiming claiming => (With(state, slot, new SlotView.Free(claiming.Process)), []),
            SlotView.Gone => (With(state, slot, new SlotView.Starting()), [new WorkerAction.StartSlot(slot)]),
            var view => throw new UnreachableException($"an answer to no claim: slot {slot} is {view}"),
        };

    private static (WorkerState State, ImmutableArray<WorkerAction> Actions) Tick(
        WorkerState state, DateTimeOffset now)
    {
        var actions = ImmutableArray.CreateBuilder<WorkerAction>();
        if (state.Leases.IsCutOffTooLong(now))
        {
            return End(state, 1, $"the store has not answered for {state.Leases.Times.CutOffLimit}");
        }

        if (state.Leases.IsRenewalDue(now))
        {
            actions.Add(new WorkerAction.Renew([.. state.Leases.Held]));
            state = state with { Leases = state.Leases.Renewing(now) };
        }

        actions.Add(new WorkerAction.LoseAbandoned(state.Leases.MayJudge(now)));
        foreach (var (number, view) in state.Slots)
        {
            if (view is SlotView.Free free)
            {
                (state, var claim) = Claim(state, number, free.Process);
                actions.Add(claim);
            }
        }

        return (state, actions.ToImmutable());
    }

    private static (WorkerState State, ImmutableArray<WorkerAction> Actions) Said(
        WorkerState state, WorkerInput.SlotSaid said)
    {
        switch (said.Message)
        {
            case FromSlot.Ready ready:
                var (next, claim) = Claim(state, said.Slot, ready);
                return (next, [claim]);
            case FromSlot.Measured measured:
                return (state, Speaks(state, said.Slot, measured.Attempt)
                    ? [new WorkerAction.StoreBatch(said.Slot, measured)]
                    : []);
            case FromSlot.Produced produced:
                return (state, Speaks(state, said.Slot, produced.Attempt)
                    ? [new WorkerAction.StoreArtifact(said.Slot, produced)]
                    : []);
            case FromSlot.Checkpointed:
                return (state, []);   // nobody goes on from one yet
            case FromSlot.Ended ended:
                return Ended(state, said.Slot, ended, said.LogTail);
            default:
                throw new UnreachableException($"message {said.Message.GetType().Name}");
        }
    }

    private static (WorkerState State, ImmutableArray<WorkerAction> Actions) Ended(
        WorkerState state, int slot, FromSlot.Ended ended, string logTail)
    {
        if (state.Slots[slot] is not SlotView.Busy busy || busy.Attempt != ended.Attempt)
        {
            return (state, []);
        }

        var speaks = Speaks(state, slot, ended.Attempt);
        var (next, claim) = Claim(
            state with { Leases = state.Leases.Released(ended.Attempt) }, slot, busy.Process);
        return (speaks, ended.Outcome) switch
        {
            (false, _) => (next, [claim]),
            (true, AttemptOutcome.Preempted) =>
                (next, [new WorkerAction.HandBack(slot, ended.Attempt), claim]),
            (true, AttemptOutcome.Failed) => (next, [new WorkerAction.Finish(slot, ended, logTail), claim]),
            _ => (next, [new WorkerAction.Finish(slot, ended, ""), claim]),
        };
    }

    private static (WorkerState State, ImmutableArray<WorkerAction> Actions) Exited(
        WorkerState state, WorkerInput.SlotExited exited)
    {
        var start = new WorkerAction.StartSlot(exited.Slot);
        var next = With(state, exited.Slot, new SlotView.Starting());
        switch (state.Slots[exited.Slot])
        {
            case SlotView.Busy busy:
                return (
                    next with { Leases = next.Leases.Released(busy.Attempt) },
                    [new WorkerAction.Lose(exited.Slot, busy.Attempt, exited.Reason, exited.LogTail), start]);
            case var _ when state.StartFailures + 1 >= StartFailureLimit:
                var why = exited.Reason + LastWords(exited.LogTail);
                return End(state, 1, $"slot {exited.Slot} does not start: {why}");
            case SlotView.Claiming:
                return (
                    With(state, exited.Slot, new SlotView.Gone()) with
                    {
                        StartFailures = state.StartFailures + 1,
                    },
                    []);
            default:
                return (next with { StartFailures = state.StartFailures + 1 }, [start]);
        }
    }

    private static string LastWords(string log)
    {
        var last = log.Split('\n').LastOrDefault(line => line.Length > 0);
        return last is null ? "" : $": {last}";
    }

    private static (WorkerState State, ImmutableArray<WorkerAction> Actions) Claimed(
        WorkerState state, WorkerInput.Claimed claimed)
    {
        var attempt = claimed.Start.Attempt;
        if (state.Slots[claimed.Slot] is SlotView.Claiming claiming)
        {
            var next = With(state, claimed.Slot, new SlotView.Busy(claiming.Process, attempt));
            return (
                next with { Leases = state.Leases.Claimed(attempt), StartFailures = 0 },
                [new WorkerAction.Tell(claimed.Slot, claimed.Start)]);
        }

        var (replaced, start) = Unclaimed(state, claimed.Slot);
        return (replaced, [new WorkerAction.HandBack(claimed.Slot, attempt), .. start]);
    }

    private static (WorkerState State, ImmutableArray<WorkerAction> Actions) Renewed(
        WorkerState state, WorkerInput.Renewed renewed)
    {
        var leases = renewed.Refused.Aggregate(
            state.Leases.Answered(renewed.Now), (book, attempt) => book.Released(attempt));
        var stops = state.Slots
            .Where(s => s.Value is SlotView.Busy busy && renewed.Refused.Contains(busy.Attempt))
            .Select(s => new WorkerAction.Tell(s.Key, new ToSlot.Stop(((SlotView.Busy)s.Value).Attempt)));
        return (state with { Leases = leases }, [.. stops]);
    }

    private static (WorkerState State, ImmutableArray<WorkerAction> Actions) End(
        WorkerState state, int code, string reason)
    {
        var handBacks = state.Slots
            .Where(s => s.Value is SlotView.Busy busy && state.Leases.Held.Contains(busy.Attempt))
            .Select(s => new WorkerAction.HandBack(s.Key, ((SlotView.Busy)s.Value).Attempt));
        return (state with { IsEnding = true }, [.. handBacks, new WorkerAction.Exit(code, reason)]);
    }

    private static (WorkerState State, WorkerAction Claim) Claim(
        WorkerState state, int slot, FromSlot.Ready process) => (
        With(state, slot, new SlotView.Claiming(process)),
        new WorkerAction.Claim(
            slot, new AttemptPlace(state.Name, slot, process.ProcessId), process.Environment));

    private static bool Speaks(WorkerState state, int slot, AttemptId attempt) =>
        state.Slots[slot] is SlotView.Busy busy
            && busy.Attempt == attempt
            && state.Leases.Held.Contains(attempt);

    private static WorkerState With(WorkerState state, int slot, SlotView view) =>
        state with { Slots = state.Slots.SetItem(slot, view) };
}
