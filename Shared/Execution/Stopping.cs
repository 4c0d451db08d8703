using System.Collections.Immutable;
using Shared.Sweeps;
using Stepped = (
    Shared.Execution.WorkerState State,
    System.Collections.Immutable.ImmutableArray<Shared.Execution.WorkerAction> Actions);

namespace Shared.Execution;

/// <summary>How attempts are stopped, and how a worker ends.</summary>
internal static class Stopping
{
    /// <summary>Told to stop: slots leave a checkpoint and stop, for as long as the plan allows.</summary>
    public static Stepped Asked(WorkerState state)
    {
        if (state.IsDraining)
        {
            return End(state, 0, "told to stop at once; what ran is handed back");
        }

        state = state with { DrainUntil = state.Now + state.Plan.DrainLimit };
        (state, var drains) = Drain(state, _ => true);
        (state, var exit) = EndIfDrained(state);
        return (state, [.. drains, .. exit]);
    }

    /// <summary>Has the slots of some attempts leave a checkpoint and stop.</summary>
    public static Stepped Drain(WorkerState state, Func<SlotView.Busy, bool> isMeant)
    {
        var actions = ImmutableArray.CreateBuilder<WorkerAction>();
        foreach (var (slot, busy) in state.Running.ToList())
        {
            if (!busy.IsStopping && state.Leases.Held.Contains(busy.Attempt) && isMeant(busy))
            {
                state = state.With(slot, busy with { IsStopping = true });
                actions.Add(new WorkerAction.Tell(slot, new ToSlot.Stop(busy.Attempt, KeepCheckpoint: true)));
            }
        }

        return (state, actions.ToImmutable());
    }

    /// <summary>This worker no longer speaks for these attempts: their slots stop at once.</summary>
    public static Stepped Refuse(WorkerState state, ImmutableArray<AttemptId> attempts)
    {
        var actions = ImmutableArray.CreateBuilder<WorkerAction>();
        foreach (var (slot, busy) in state.Running.ToList())
        {
            if (attempts.Contains(busy.Attempt) && state.Leases.Held.Contains(busy.Attempt))
            {
                state = state.With(slot, busy with { Upload = busy.Upload with { Newest = null } });
                actions.AddRange(Checkpoints.Drop(slot, busy));
                actions.Add(new WorkerAction.Tell(slot, new ToSlot.Stop(busy.Attempt)));
            }
        }

        var leases = attempts.Aggregate(state.Leases, (book, attempt) => book.Released(attempt));
        return (state with { Leases = leases }, actions.ToImmutable());
    }

    /// <summary>Ends a worker that drains and runs nothing any more.</summary>
    public static Stepped EndIfDrained(WorkerState state) => state.IsDraining && !state.Running.Any()
        ? End(state, 0, "told to stop; what ran is handed back")
        : (state, []);

    /// <summary>Hands back what runs, with its newest checkpoint, and ends.</summary>
    public static Stepped End(WorkerState state, int code, string reason)
    {
        var handBacks = state.Running
            .Where(s => state.Leases.Held.Contains(s.View.Attempt))
            .SelectMany(s => (IEnumerable<WorkerAction>)
                [.. Checkpoints.Last(s.Slot, s.View), new WorkerAction.HandBack(s.Slot, s.View.Attempt)]);
        return (state with { IsEnding = true }, [.. handBacks, new WorkerAction.Exit(code, reason)]);
    }
}
