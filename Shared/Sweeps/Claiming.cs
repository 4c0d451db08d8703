using Shared.Engine;

namespace Shared.Sweeps;

/// <summary>Which trials a worker is given.</summary>
public static class Claiming
{
    /// <summary>
    /// How long a trial with a checkpoint waits for a device of the model that made it, from the end of its
    /// last attempt; after that it goes on elsewhere, where it may differ in the last bits.
    /// </summary>
    public static TimeSpan DeviceWait { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Why a sweep gives a worker nothing now; nothing where it may give something.</summary>
    /// <param name="state">The sweep.</param>
    /// <param name="worker">Name of the worker.</param>
    /// <param name="environment">What its slots compute with.</param>
    /// <param name="offer">What it says of itself.</param>
    /// <param name="now">The store's time.</param>
    public static Rejection? Refusal(
        SweepState state,
        string worker,
        AttemptEnvironment environment,
        WorkerOffer? offer,
        DateTimeOffset now) => state switch
        {
            { IsEnded: true } => Rejection.SweepEnded,
            { IsPaused: true } => Rejection.SweepPaused,
            { Waiting.IsEmpty: true } => Rejection.NothingToClaim,
            _ when environment.Program != state.Program => Rejection.ProgramMismatch,
            _ when state.Excluded.ContainsKey(worker) => Rejection.WorkerExcluded,
            _ when Requirements.Unmet(state.Plan!, environment, offer) is not null =>
                Rejection.RequirementsUnmet,
            { Limits.Concurrency: { } most } when state.Running.Count >= most => Rejection.ConcurrencyReached,
            { Limits.Budget: { } budget } when SpentBy(state, now) >= budget => Rejection.BudgetSpent,
            _ when state.Waiting.All(trial => !IsClaimable(state.Trial(trial), environment, now)) =>
                Rejection.NotYet,
            _ => null,
        };

    /// <summary>Slot time that ended and running attempts have taken.</summary>
    public static TimeSpan SpentBy(SweepState state, DateTimeOffset now) => state.Running.Values
        .Select(id => now - state.Trial(id.Trial).Attempts[^1].StartedAt)
        .Aggregate(state.Spent, (sum, time) => time > TimeSpan.Zero ? sum + time : sum);

    /// <summary>The checkpoint that a trial's next attempt goes on from; nothing for update 0.</summary>
    /// <remarks>
    /// After a checkpoint that could not be read comes the one before it, once; an attempt that failed otherwise
    /// without an update of its own may have failed over its checkpoint too: the next one begins anew.
    /// </remarks>
    public static CheckpointId? CheckpointOf(TrialState trial) => trial.Counted.LastOrDefault() switch
    {
        null => null,
        { Checkpoint: { } own } => own,
        { IsCheckpointUnreadable: true, From: { } unread } => Before(trial, unread),
        { Outcome: AttemptOutcome.Failed, IsFalseStart: true } => null,
        var last => last.From,
    };

    /// <remarks>Of a trial the last two are kept, so that a third would be looked for in vain.</remarks>
    private static CheckpointId? Before(TrialState trial, CheckpointId unread)
    {
        if (trial.Counted.SkipLast(1).LastOrDefault() is { IsCheckpointUnreadable: true })
        {
            return null;
        }

        var maker = trial.Attempts[unread.Attempt.Number - 1];
        return maker.Checkpoint == unread ? maker.EarlierCheckpoint ?? maker.From : maker.From;
    }

    /// <summary>Gives the first trials that may run, one a place.</summary>
    internal static Decision Decide(SweepState state, SweepCommand.ClaimTrials claim)
    {
        if (claim.Places.IsDefaultOrEmpty)
        {
            return Sweep.Reject(Rejection.InvalidNumber);
        }

        if (!claim.Places.All(place => WorkerName.IsOne(place.Worker)))
        {
            return Sweep.Reject(Rejection.InvalidName);
        }

        var worker = claim.Places[0].Worker;
        if (Refusal(state, worker, claim.Environment, claim.Offer, claim.At) is { } refusal)
        {
            return Sweep.Reject(refusal);
        }

        var most = Math.Min(
            claim.Places.Length, (state.Limits.Concurrency ?? int.MaxValue) - state.Running.Count);
        return Sweep.Accept(state.Waiting
            .Select(state.Trial)
            .Where(trial => IsClaimable(trial, claim.Environment, claim.At))
            .Take(most)
            .Zip(claim.Places, (trial, place) => Started(state, claim, trial, place)));
    }

    private static bool IsClaimable(TrialState trial, AttemptEnvironment environment, DateTimeOffset now)
    {
        if (trial.NotBefore > now)
        {
            return false;
        }

        // Where the checkpoint was made; equal models resume bit for bit.
        return CheckpointOf(trial) is not { } checkpoint
            || trial.Attempts[checkpoint.Attempt.Number - 1].Environment.Device == environment.Device
            || trial.Attempts[^1].EndedAt + DeviceWait <= now;
    }

    private static SweepEvent Started(
        SweepState state, SweepCommand.ClaimTrials claim, TrialState trial, AttemptPlace place) =>
        new SweepEvent.AttemptStarted(
            claim.Id,
            claim.At,
            new AttemptId(state.Name, trial.Number, trial.Attempts.Length + 1),
            place,
            claim.Environment)
        {
            From = CheckpointOf(trial),
        };
}
