using System.Diagnostics;
using Shared;
using Shared.Engine;
using Shared.Reports;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>Why a store refused what was asked of a sweep: one sentence a reason, and what to do instead.</summary>
public static class RefusalText
{
    /// <summary>The sentence.</summary>
    /// <param name="reason">What the store answered.</param>
    /// <param name="state">The sweep.</param>
    /// <param name="trial">Number of the trial that was asked for; nothing where none was.</param>
    public static string Of(Rejection reason, SweepState state, int? trial = null) => reason switch
    {
        Rejection.UnknownSweep => $"there is no sweep {state.Name}",
        Rejection.AlreadySubmitted => $"a sweep {state.Name} is there already",
        Rejection.SweepEnded => Ended(state),
        Rejection.SweepPaused => $"sweep {state.Name} is paused already; go on with ./sweep resume {state.Name}",
        Rejection.NotPaused => $"sweep {state.Name} is not paused",
        Rejection.ProgramMismatch => OtherProgram(state),
        Rejection.AdditionMismatch =>
            $"sweep {state.Name} was changed by somebody else just now; look at ./sweep status {state.Name} "
            + "and ask again",
        Rejection.InvalidNumber => "a number is outside its range",
        Rejection.InvalidName => $"the worker's name is none: {WorkerName.Form}",
        Rejection.UnknownTrial or Rejection.TrialNotWaiting or Rejection.TrialNotRetryable =>
            OfTrial(reason, state, trial ?? 0),
        _ => OfClaim(reason, state),
    };

    /// <summary>That trials of another program's sweep would not compare with it.</summary>
    public static string OtherProgram(SweepState state) =>
        $"sweep {state.Name} was submitted by another version of this program ({state.Program}; "
        + $"this one is {ProgramVersion.Current}): its trials would not compare. Check that version out, "
        + "or submit the sweep file again with --new";

    /// <summary>That a sweep has no such trial.</summary>
    public static string NoTrial(SweepState state, int trial) =>
        $"sweep {state.Name} has no trial {trial}: its trials are 1 to {state.Trials.Length}";

    private static string Ended(SweepState state) => state.IsCancelled
        ? $"sweep {state.Name} is cancelled, which is for good: submit its file again for another try"
        : $"sweep {state.Name} is completed: nothing of it waits or runs; ./sweep extend adds trials to it, "
            + "./sweep retry runs a failed or cancelled one again";

    private static string OfTrial(Rejection reason, SweepState state, int trial) => reason switch
    {
        Rejection.UnknownTrial => NoTrial(state, trial),
        _ when trial < 1 || trial > state.Trials.Length => NoTrial(state, trial),
        Rejection.TrialNotRetryable =>
            $"trial {trial} of {state.Name} is {TrialStatus.Of(state.Trial(trial))}: only a failed or cancelled "
            + "trial can be run again",
        _ => $"trial {trial} of {state.Name} has its outcome already: {TrialStatus.Of(state.Trial(trial))}",
    };

    /// <summary>What only workers are told.</summary>
    private static string OfClaim(Rejection reason, SweepState state) => reason switch
    {
        Rejection.StaleAttempt => $"the attempt does not run its trial of {state.Name} any more",
        Rejection.NothingToClaim => $"no trial of {state.Name} waits for a slot",
        Rejection.BatchesMissing => $"metrics of {state.Name} that are counted on are not stored",
        Rejection.InvalidOutcome => $"an attempt of {state.Name} cannot report that end itself",
        Rejection.NotYet => $"trials of {state.Name} wait, but none may start yet",
        Rejection.WorkerExcluded =>
            $"sweep {state.Name} has excluded the worker; ./sweep resume {state.Name} lets it claim again",
        Rejection.RequirementsUnmet => $"the worker does not have what sweep {state.Name} requires",
        Rejection.ConcurrencyReached =>
            $"as many trials of {state.Name} run as it may run at once; see ./sweep limits {state.Name}",
        Rejection.BudgetSpent =>
            $"the budget of {state.Name} is spent; ./sweep limits {state.Name} --budget raises it",
        _ => throw new UnreachableException($"rejection {reason}"),
    };
}
