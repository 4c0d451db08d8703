using System.Collections.Immutable;
using System.Diagnostics;
using Stepped = (
    Shared.Execution.WorkerState State,
    System.Collections.Immutable.ImmutableArray<Shared.Execution.WorkerAction> Actions);

namespace Shared.Execution;

/// <summary>The worker's loop as a pure step.</summary>
public static class WorkerStep
{
    /// <summary>What the shell does first.</summary>
    public static Stepped Begin(WorkerState state) => (
        state with { IsLooking = true },
        [
            new WorkerAction.Look(ExpiredToo: false, []),
            .. state.Slots.Keys.Select(n => new WorkerAction.StartSlot(n)),
        ]);

    /// <summary>The next state, and what the shell is to do.</summary>
    public static Stepped Step(WorkerState state, WorkerInput input) =>
        state.IsEnding
            ? (state, AfterTheEnd(input))
            : input switch
            {
                WorkerInput.Tick tick => Tick(state, tick.Now),
                WorkerInput.NewsCame => state.IsDraining ? (state, []) : News(state),
                WorkerInput.SlotSaid said => Said(state, said),
                WorkerInput.SlotExited exited => SlotEnding.Exited(state, exited),
                WorkerInput.ClaimAnswered answered => SlotClaiming.Answered(state, answered),
                WorkerInput.SweepOver => Stopping.End(state, 0, "the sweep is over"),
                WorkerInput.ClaimsRefused refused => Stopping.End(state, 1, refused.Reason),
                WorkerInput.Renewed renewed => Stopping.Refuse(
                    state with { Leases = state.Leases.Answered(renewed.Now) }, renewed.Refused),
                WorkerInput.Looked looked => Looked(state, looked),
                WorkerInput.LookUnanswered => (state with { IsLooking = false }, []),
                WorkerInput.CheckpointStored stored => Checkpoints.Stored(state, stored),
                WorkerInput.StoreAnswered answered => (
                    state with { Leases = state.Leases.Answered(answered.Now) }, []),
                WorkerInput.StoreSilent => (state with { Leases = state.Leases.Unanswered(state.Now) }, []),
                WorkerInput.StopAsked => Stopping.Asked(state),
                _ => throw new UnreachableException($"input {input.GetType().Name}"),
            };

    /// <summary>What ran has been handed back; only a claim that was under way then is still to be.</summary>
    private static ImmutableArray<WorkerAction> AfterTheEnd(WorkerInput input) =>
        input is WorkerInput.ClaimAnswered late
            ? [.. late.Grants.Select(grant => new WorkerAction.HandBack(grant.Slot, grant.Start.Attempt))]
            : [];

    private static Stepped Tick(WorkerState state, DateTimeOffset now)
    {
        state = state with
        {
            Leases = state.Leases.Ticked(state.Now, now),
            Now = now,
            IdleSince = IsIdle(state) ? state.IdleSince ?? now : null,
        };
        if (WhyOver(state) is var (code, reason))
        {
            return Stopping.End(state, code, reason);
        }

        var actions = ImmutableArray.CreateBuilder<WorkerAction>();
        if (state.Leases.IsRenewalDue(now))
        {
            actions.Add(new WorkerAction.Renew([.. state.Leases.Held]));
            state = state with { Leases = state.Leases.Renewing(now) };
        }

        (state, var look) = Look(state, state.Leases.MayJudge(now));
        (state, var uploads) = Checkpoints.Due(state);
        (state, var starts) = SlotEnding.Rested(state);
        (state, var claims) = SlotClaiming.Claim(state);
        return (state, [.. actions, .. look, .. uploads, .. starts, .. claims]);
    }

    /// <remarks>
    /// A worker whose slots start, or which has not been answered yet, does not know whether it is.
    /// </remarks>
    private static bool IsIdle(WorkerState state) => state.Slots.Values.All(view => view switch
    {
        SlotView.Free or SlotView.Claiming => state.FoundNothing,
        SlotView.Failed or SlotView.Off => true,
        _ => false,
    });

    private static (int Code, string Reason)? WhyOver(WorkerState state)
    {
        if (state.Leases.IsCutOffTooLong(state.Now))
        {
            return (1, $"the store has not answered for {DurationText.Words(state.Leases.Times.CutOffLimit)}");
        }

        if (state.DrainUntil <= state.Now)
        {
            var limit = DurationText.Words(state.Plan.DrainLimit);
            return (0, $"told to stop; what had not stopped within {limit} is handed back");
        }

        return state.Plan.IdleLimit is { } idle && state.Now - state.IdleSince >= idle
            ? (0, $"nothing to run for {DurationText.Words(idle)}")
            : null;
    }

    /// <remarks>
    /// News bring no time: after a sleep they may come before the tick that shows it, so that nothing is
    /// judged by the end of its lease.
    /// </remarks>
    private static Stepped News(WorkerState state)
    {
        (state, var look) = Look(state, mayJudge: false);
        (state, var claims) = SlotClaiming.Claim(state);
        return (state, [.. look, .. claims]);
    }

    private static Stepped Look(WorkerState state, bool mayJudge) => state.IsLooking
        ? (state, [])
        : (
            state with { IsLooking = true },
            [new WorkerAction.Look(mayJudge, [.. state.Leases.Held])]);

    private static Stepped Looked(WorkerState state, WorkerInput.Looked looked)
    {
        (state, var stops) = Stopping.Refuse(state with { IsLooking = false }, looked.Stopped);
        (state, var drains) = Stopping.Drain(state, busy => looked.HandBack.Contains(busy.Attempt));
        return (state, [.. stops, .. drains]);
    }

    private static Stepped Said(WorkerState state, WorkerInput.SlotSaid said)
    {
        switch (said.Message)
        {
            case FromSlot.Ready ready:
                var record = state.Records[said.Slot] with
                {
                    Attempts = 0,
                    ResidentAtStart = said.ResidentBytes,
                };
                state = state with { FoundNothing = false };
                return SlotClaiming.Claim(
                    state.With(said.Slot, record).With(said.Slot, new SlotView.Free(ready)));
            case FromSlot.Measured measured:
                return (state, state.Speaks(said.Slot, measured.Attempt)
                    ? [new WorkerAction.StoreBatch(said.Slot, measured)]
                    : []);
            case FromSlot.Produced produced:
                return (state, state.Speaks(said.Slot, produced.Attempt)
                    ? [new WorkerAction.StoreArtifact(said.Slot, produced)]
                    : [new WorkerAction.DropSpooled(said.Slot, produced.Path)]);
            case FromSlot.Checkpointed checkpointed:
                return Checkpoints.Left(state, said.Slot, checkpointed);
            case FromSlot.Ended ended:
                return SlotEnding.Ended(state, said, ended);
            default:
                throw new UnreachableException($"message {said.Message.GetType().Name}");
        }
    }
}
