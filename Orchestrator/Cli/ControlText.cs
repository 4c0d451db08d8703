using System.Collections.Immutable;
using Engine.Sql;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>What a word of control did, in one sentence.</summary>
public static class ControlText
{
    /// <summary>Of <c>pause</c>.</summary>
    public static string Paused(SweepState state) => $"sweep {state.Name} is paused: {WhatIsHeld(state)}";

    /// <summary>What a paused sweep has left, and how it goes on.</summary>
    public static string WhatIsHeld(SweepState state)
    {
        var running = state.Running.Count;
        var what = running == 0 ? "nothing of it runs"
            : $"{ProgressText.Count(running, "running trial")} {Rest(running, state.HandsBack)}";
        return $"{what}, {Waiting(state)}; go on with ./sweep resume {state.Name}";
    }

    /// <summary>Of <c>cancel</c> without a trial.</summary>
    public static string Cancelled(Answered answered)
    {
        var (before, after) = (answered.Before, answered.After);
        var running = answered.Events.OfType<SweepEvent.AttemptCancelled>().Count();
        var ended = Cancelled(after) - Cancelled(before);
        return $"sweep {after.Name} is cancelled: {ProgressText.Count(running, "running trial")} and "
            + $"{ProgressText.Count(ended - running, "waiting one")} were ended, "
            + $"{after.Trials.Length - ended} had an outcome before; ./sweep report {after.Name} compares those";
    }

    /// <summary>Of <c>cancel --trial</c>.</summary>
    public static string TrialCancelled(Answered answered, int trial)
    {
        var where = answered.Events.Any(e => e is SweepEvent.AttemptCancelled)
            && answered.After.Trial(trial).Attempts is [.., { Place: var place }]
                ? $"it ran on slot {place.Slot} of {place.Worker}"
                : "it had not started";
        var rest = answered.After.IsCompleted ? "; that was the last one: the sweep is completed" : "";
        return $"trial {trial} of {answered.After.Name} is cancelled: {where}{rest}";
    }

    /// <summary>Of <c>retry</c>.</summary>
    public static string Retried(SweepState state, int trial) =>
        $"trial {trial} of {state.Name} waits again: it begins at update 0, with all its retries";

    /// <summary>Of <c>priority</c>.</summary>
    public static string Prioritised(Answered answered) =>
        $"sweep {answered.After.Name} has priority {answered.After.Priority}, it had "
        + $"{answered.Before.Priority}; larger numbers are served first";

    /// <summary>Of <c>limits</c>.</summary>
    /// <param name="state">The sweep.</param>
    /// <param name="now">Present time.</param>
    public static string Limited(SweepState state, DateTimeOffset now) =>
        $"sweep {state.Name}: {Limits(state.Limits)}; {state.Running.Count} running, "
        + $"{ProgressText.Time(Claiming.SpentBy(state, now))} of slot time spent";

    /// <summary>Limits in words: <c>at most 2 trials at once, at most 12:00:00 of slot time</c>.</summary>
    public static string Limits(SweepLimits limits) =>
        (limits.Concurrency is { } most
            ? $"at most {ProgressText.Count(most, "trial")} at once"
            : "as many trials at once as there are slots")
        + (limits.Budget is { } budget
            ? $", at most {ProgressText.Time(budget)} of slot time"
            : ", no budget of slot time");

    /// <summary>Of <c>extend</c>.</summary>
    public static string Extended(SweepState state, SweepAddition addition)
    {
        var numbers = addition.Trials is [var only]
            ? $"trial {only.Number}"
            : $"trials {addition.Trials[0].Number} to {addition.Trials[^1].Number}";
        var added = addition.Configurations.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        string[] what =
        [
            .. added.Count > 0 ? [ProgressText.Count(added.Count, "new configuration")] : Array.Empty<string>(),
            .. addition.Trials.Any(t => !added.Contains(t.Configuration))
                ? ["more replicates of the configurations that are there"]
                : Array.Empty<string>(),
        ];
        return $"sweep {state.Name} is extended by {numbers}: {string.Join(" and ", what)}";
    }

    /// <summary>Who may run a sweep that nobody works on; empty where nothing is to be done.</summary>
    /// <param name="state">The sweep.</param>
    /// <param name="workers">Names of the workers that live now.</param>
    /// <param name="store">Where it is: only a store on this machine is worked on by <c>resume</c>.</param>
    public static string NextStep(SweepState state, ImmutableArray<string> workers, StoreAddress store)
    {
        if (Standing.Of(state, workers) is not (SweepStanding.Interrupted or SweepStanding.Waiting))
        {
            return "";
        }

        var here = store is StoreAddress.Sqlite ? $", or go on with ./sweep resume {state.Name}" : "";
        return $"no worker works on {state.Name}: start one with ./sweep worker{here}";
    }

    private static string Rest(int running, bool handsBack) => (handsBack, running) switch
    {
        (true, 1) => "is handed back",
        (true, _) => "are handed back",
        (false, 1) => "runs to its end",
        _ => "run to their end",
    };

    private static string Waiting(SweepState state)
    {
        var waiting = state.Waiting.Count + state.Blocked.Count;
        return $"{waiting} {(waiting == 1 ? "waits" : "wait")}";
    }

    private static int Cancelled(SweepState state) => state.Trials.Count(t => t.Outcome is Outcome.Cancelled);
}
