using Engine.Sql;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>What is out of the ordinary about a sweep, one sentence each.</summary>
public static class StatusText
{
    /// <summary>The sentences; none for a sweep that runs or is completed and was never held.</summary>
    /// <param name="state">The sweep.</param>
    /// <param name="standing">Where it stands.</param>
    /// <param name="store">Where it is.</param>
    public static IEnumerable<string> Of(SweepState state, SweepStanding standing, StoreAddress store)
    {
        switch (standing)
        {
            case SweepStanding.Interrupted or SweepStanding.Waiting:
                yield return ControlText.NextStep(state, [], store);
                break;
            case SweepStanding.Paused:
                yield return ControlText.WhatIsHeld(state);
                break;
            case SweepStanding.Cancelled:
                yield return "it was cancelled, which is for good; what had an outcome then keeps it";
                break;
            default:
                break;
        }

        if (state.Priority != 0)
        {
            yield return $"its priority is {state.Priority}";
        }

        if (state.Limits != SweepLimits.None)
        {
            yield return $"its limits: {ControlText.Limits(state.Limits)}";
        }

        foreach (var (worker, reason) in state.Excluded)
        {
            yield return $"worker {worker} gets none of its trials until it is resumed: {reason}";
        }
    }
}
