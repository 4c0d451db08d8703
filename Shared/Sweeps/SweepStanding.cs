using System.Collections.Immutable;

namespace Shared.Sweeps;

/// <summary>Where a sweep stands; derived from its state and the workers that live, never stored.</summary>
public enum SweepStanding
{
    /// <summary>A worker works on it.</summary>
    Running,

    /// <summary>
    /// It was begun, is unfinished and no worker works on it, or none but excluded ones lives.
    /// </summary>
    Interrupted,

    /// <summary>As before, but nothing was broken off: no trial without an outcome was ever begun.</summary>
    Waiting,

    /// <summary>Somebody paused it.</summary>
    Paused,

    /// <summary>Every trial has its outcome.</summary>
    Completed,

    /// <summary>Somebody ended it for good.</summary>
    Cancelled,

    /// <summary>This program cannot read its history.</summary>
    Unreadable,
}

/// <summary>Derives where a sweep stands.</summary>
public static class Standing
{
    /// <summary>Where a sweep stands.</summary>
    /// <param name="state">The sweep.</param>
    /// <param name="liveWorkers">Names of the workers that live now.</param>
    public static SweepStanding Of(SweepState state, ImmutableArray<string> liveWorkers)
    {
        if (state.IsEnded)
        {
            return state.IsCancelled ? SweepStanding.Cancelled : SweepStanding.Completed;
        }

        if (state.IsPaused)
        {
            return SweepStanding.Paused;
        }

        var isWorkedOn = state.Running.IsEmpty
            ? liveWorkers.Any(worker => !state.Excluded.ContainsKey(worker))
            : state.Running.Values.Any(
                a => liveWorkers.Contains(state.Trial(a.Trial).Attempts[^1].Place.Worker));
        return isWorkedOn ? SweepStanding.Running
            : state.Trials.All(trial => trial.Outcome is not null || trial.Attempts.IsEmpty)
                ? SweepStanding.Waiting
                : SweepStanding.Interrupted;
    }
}
