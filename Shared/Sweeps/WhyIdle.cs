using System.Diagnostics;
using Shared.Engine;

namespace Shared.Sweeps;

/// <summary>Why a sweep gives a worker nothing now, as sentences for people.</summary>
public static class WhyIdle
{
    /// <summary>One sentence without its full stop.</summary>
    /// <param name="state">The sweep.</param>
    /// <param name="reason">Why, as the sweep says.</param>
    /// <param name="worker">Name of the worker.</param>
    /// <param name="environment">What its slots compute with.</param>
    /// <param name="offer">What it says of itself.</param>
    public static string Sentence(
        SweepState state,
        Rejection reason,
        string worker,
        AttemptEnvironment environment,
        WorkerOffer? offer) => $"{state.Name}: " + reason switch
        {
            Rejection.SweepEnded => "it has ended",
            Rejection.SweepPaused => "it is paused",
            Rejection.NothingToClaim when !state.Blocked.IsEmpty =>
                $"its trials wait for artifacts of {state.Plan!.From?.Sweep}",
            Rejection.NothingToClaim => "none of its trials waits for a slot",
            Rejection.ProgramMismatch =>
                $"it was submitted by another version of this program ({state.Program}); "
                + $"this one is {environment.Program}",
            Rejection.WorkerExcluded =>
                $"it gives this worker no more trials: {state.Excluded.GetValueOrDefault(worker)}",
            Rejection.RequirementsUnmet => Requirements.Unmet(state.Plan!, environment, offer)
                ?? "this worker does not have what it requires",
            Rejection.ConcurrencyReached => $"{state.Limits.Concurrency} of its attempts run, as many as may",
            Rejection.BudgetSpent => $"its budget of {state.Limits.Budget} slot time is spent",
            Rejection.InvalidName => $"the name of this worker is none: {WorkerName.Form}",
            Rejection.NotYet => "its trials wait before they are tried again, or for the device of their checkpoint",
            _ => throw new UnreachableException($"a claim was refused with {reason}"),
        };

    /// <summary>Whether waiting will not help the only worker of a sweep.</summary>
    public static bool IsForGood(Rejection reason) =>
        reason is Rejection.ProgramMismatch or Rejection.WorkerExcluded or Rejection.RequirementsUnmet
            or Rejection.InvalidName;
}
