namespace Shared.Sweeps;

/// <summary>What becomes of trials that wait for an artifact of another sweep.</summary>
internal static class Parents
{
    /// <summary>The artifact is there: the trial may be claimed.</summary>
    public static Decision Decide(SweepState state, SweepCommand.ReleaseTrial release) =>
        state.Blocked.Contains(release.Trial)
            ? Sweep.Accept(
                new SweepEvent.TrialReleased(release.Id, release.At, release.Trial, release.Parent))
            : Sweep.Reject(Rejection.TrialNotWaiting);

    /// <summary>The parent ended without it: the trial fails.</summary>
    public static Decision Decide(SweepState state, SweepCommand.FailWaitingTrial fail) =>
        state.Blocked.Contains(fail.Trial)
            ? Sweep.Accept(Sweep.EndOf(state, fail, fail.Trial, Outcome.Failed, fail.Reason))
            : Sweep.Reject(Rejection.TrialNotWaiting);
}
