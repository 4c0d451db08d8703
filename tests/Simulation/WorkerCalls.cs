using System.Collections.Immutable;
using System.Diagnostics;
using Shared.Execution;
using Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>What a worker's shell says to the store, and how it takes the answer.</summary>
internal sealed class WorkerCalls(StoreModel store, Agenda agenda, WorkerKind kind)
{
    /// <summary>Carries out an action that concerns the store.</summary>
    /// <param name="action">The action.</param>
    /// <param name="id">The same at every try.</param>
    /// <param name="isFirstTry">Nothing of it can have been done unheard.</param>
    /// <returns>The answer as the worker's loop hears it; nothing where it has none of its own.</returns>
    public WorkerInput? CarryOut(WorkerAction action, CommandId id, bool isFirstTry)
    {
        switch (action)
        {
            case WorkerAction.Claim claim:
                return Claim(claim, id, isFirstTry);
            case WorkerAction.StoreBatch batch:
                store.Work.Store(batch.Batch);
                return null;
            case WorkerAction.StoreArtifact artifact:
                store.Work.StorePicture(artifact.Artifact.Attempt);
                return null;
            case WorkerAction.StoreCheckpoint checkpoint:
                return Checkpoint(checkpoint, id);
            case WorkerAction.Begin { From: { } from }:
                store.Work.Has(from).ShouldBeTrue($"{from} is fetched");
                return null;
            case WorkerAction.Renew renew:
                return new WorkerInput.Renewed(agenda.Now + kind.ClockSkew, store.Renew(renew.Attempts));
            case WorkerAction.Look look:
                return Look(look);
            default:
                var (attempt, command) = CommandOf(action, id);
                store.SendFor(attempt, command);
                return null;
        }
    }

    private (AttemptId Attempt, SweepCommand Command) CommandOf(WorkerAction action, CommandId id) =>
        action switch
        {
            WorkerAction.Finish { End: var end } finish => (end.Attempt, new SweepCommand.FinishAttempt(
                id, agenda.Now, end.Attempt, end.Outcome, end.Reason, finish.LogTail, end.LastBatch)
            {
                Updates = end.Updates,
                IsSourceUnreadable = end.IsSourceUnreadable,
            }),
            WorkerAction.Lose lose => (lose.Attempt, new SweepCommand.LoseAttempt(
                id, agenda.Now, lose.Attempt, lose.Reason, lose.LogTail)),
            WorkerAction.HandBack back =>
                (back.Attempt, new SweepCommand.HandBackAttempt(id, agenda.Now, back.Attempt)),
            _ => throw new UnreachableException($"action {action.GetType().Name}"),
        };

    /// <summary>
    /// A look first, which writes nothing where nothing is to be had; between it and the claim things change.
    /// </summary>
    private WorkerInput Claim(WorkerAction.Claim claim, CommandId id, bool isFirstTry)
    {
        var worker = claim.Places[0].Worker;
        if (kind.IsForOneSweep && store.State.IsEnded)
        {
            return new WorkerInput.SweepOver();
        }

        var refusal = Claiming.Refusal(store.State, worker, claim.Environment, kind.Offer, agenda.Now);
        var isSeen = refusal is not (null or Rejection.NotYet or Rejection.BudgetSpent);
        if (isFirstTry && isSeen && agenda.Draw() < 0.5)
        {
            return Refused(claim, refusal!.Value);
        }

        var groups = claim.Places.Chunk(store.Width).Where(group => group.Length == store.Width).ToList();
        if (groups.Count == 0)
        {
            return WithoutRoom(claim);
        }

        return store.Send(new SweepCommand.ClaimTrials(
            id, agenda.Now, [.. groups.Select(group => group[0])], claim.Environment, kind.Offer)) switch
        {
            Decision.Accepted accepted => new WorkerInput.ClaimAnswered(
                SlotsOf(claim),
                [.. accepted.Events.OfType<SweepEvent.AttemptStarted>().Select(s => GrantOf(s, groups))]),
            Decision.Rejected rejected => Refused(claim, rejected.Reason),
            var other => throw new UnreachableException($"a claim was answered by {other}"),
        };
    }

    private WorkerInput WithoutRoom(WorkerAction.Claim claim)
    {
        var isForGood = store.Width > claim.MostRoom;
        store.See(isForGood ? Sight.WideTrialNeverFits : Sight.WideTrialHeldBack);
        return isForGood && kind.IsForOneSweep
            ? new WorkerInput.ClaimsRefused("no device holds a trial")
            : new WorkerInput.ClaimAnswered(SlotsOf(claim), []);
    }

    private WorkerInput Refused(WorkerAction.Claim claim, Rejection reason) =>
        kind.IsForOneSweep && WhyIdle.IsForGood(reason)
            ? new WorkerInput.ClaimsRefused($"{reason}")
            : new WorkerInput.ClaimAnswered(SlotsOf(claim), []);

    private static ImmutableArray<int> SlotsOf(WorkerAction.Claim claim) =>
        [.. claim.Places.Select(place => place.Slot)];

    private Grant GrantOf(SweepEvent.AttemptStarted started, List<AttemptPlace[]> groups)
    {
        var trial = started.Attempt.Trial;
        var start = new ToSlot.Start(started.Attempt, "toy", "{}", null, 1, trial)
        {
            CheckpointEvery = TrialModel.Of(trial).CheckpointEvery,
        };
        var beside = groups.Single(group => group[0].Slot == started.Place.Slot)[1..];
        if (beside.Length > 0)
        {
            store.See(Sight.WideTrialBegun);
        }

        return new Grant(started.Place.Slot, start, started.From, [.. beside.Select(place => place.Slot)]);
    }

    private WorkerInput.CheckpointStored Checkpoint(WorkerAction.StoreCheckpoint action, CommandId id)
    {
        var left = action.Checkpoint;
        store.Work.Store(new CheckpointId(left.Attempt, left.Update, left.Sha256));
        store.SendFor(left.Attempt, new SweepCommand.RecordCheckpoint(
            id, agenda.Now, left.Attempt, left.Update, left.Sha256, left.LastBatch));
        return new WorkerInput.CheckpointStored(action.Slot, left.Attempt, TimeSpan.FromSeconds(1));
    }

    private WorkerInput.Looked Look(WorkerAction.Look look)
    {
        store.Look(look.ExpiredToo);
        var stopped = look.Held.Where(a => !store.History.Runs(a)).ToImmutableArray();
        return new WorkerInput.Looked(stopped, store.State.HandsBack ? [.. look.Held.Except(stopped)] : []);
    }
}

/// <summary>What a worker of a simulation is like.</summary>
/// <param name="Slots">How many it has.</param>
/// <param name="Device">Model of its device.</param>
/// <param name="Program">The program that it runs.</param>
/// <param name="Offer">What it says of itself.</param>
/// <param name="IsForOneSweep">It ends with the sweep.</param>
/// <param name="IsBroken">No attempt makes an update on it.</param>
internal sealed record WorkerKind(
    int Slots, string Device, string Program, WorkerOffer? Offer, bool IsForOneSweep, bool IsBroken)
{
    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>What its slots compute with.</summary>
    public AttemptEnvironment Environment =>
        new(Device, "plain", ImmutableSortedDictionary<string, string>.Empty, Program);
}
