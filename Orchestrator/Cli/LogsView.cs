using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>The logs of a trial, for programs.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Trial">Number of the trial.</param>
/// <param name="Attempts">In the order in which they started.</param>
public sealed record LogsView(string Sweep, int Trial, ImmutableArray<AttemptLog> Attempts)
{
    /// <summary>The logs that a store holds of a trial.</summary>
    /// <param name="state">Its sweep.</param>
    /// <param name="trial">Its number.</param>
    /// <param name="seen">What workers said of themselves: lines of an attempt that runs are among it.</param>
    public static LogsView Of(SweepState state, int trial, ImmutableArray<WorkerSighting> seen) => new(
        state.Name,
        trial,
        [
            .. state.Trial(trial).Attempts.Select(attempt => new AttemptLog(
                attempt.Id.Number, attempt.Place.Worker, attempt.Place.Slot, attempt.Outcome, attempt.Reason,
                LogOf(attempt, seen))),
        ]);

    /// <summary>
    /// The end of an attempt's log: what is stored with its end, or while it runs what its worker reported.
    /// </summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="seen">What workers said of themselves.</param>
    public static string LogOf(AttemptState attempt, ImmutableArray<WorkerSighting> seen) =>
        attempt.Outcome is not null
            ? attempt.LogTail
            : seen
                .Where(worker => worker.Worker == attempt.Place.Worker)
                .SelectMany(worker => worker.Report?.Slots ?? [])
                .FirstOrDefault(slot => slot.Attempt == attempt.Id)?.Log?.Text() ?? "";

    /// <summary>The logs for a person: a head an attempt, then its lines.</summary>
    public static IEnumerable<string> Lines(LogsView logs) => logs.Attempts.IsEmpty
        ? [$"no attempt at trial {logs.Trial} of {logs.Sweep} has started"]
        : new LogFollowing().Next(logs);
}

/// <summary>The log of one attempt.</summary>
/// <param name="Attempt">Its number.</param>
/// <param name="Worker">Name of the worker.</param>
/// <param name="Slot">Number of the slot.</param>
/// <param name="Outcome">Nothing while it runs.</param>
/// <param name="Reason">Why it diverged, failed or was lost; otherwise empty.</param>
/// <param name="Log">
/// The end of what its slot said, as <see cref="LogEnd.Text"/> writes it; empty where nothing is stored.
/// </param>
public sealed record AttemptLog(
    int Attempt, string Worker, int Slot, AttemptOutcome? Outcome, string Reason, string Log);
