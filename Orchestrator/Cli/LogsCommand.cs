using System.Collections.Immutable;
using System.CommandLine;
using Shared.Engine;
using Shared.Experiments;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>logs</c>: what the slots of a trial's attempts said.</summary>
public static class LogsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var trial = CliOptions.Trial();
        var store = CliOptions.Store();
        var output = CliOptions.Output("text", "json");
        var follow = CliOptions.Follow(
            "Print the trial's reports as they are stored, then its log, until it has its outcome or Ctrl-C");
        var command = new Command(
            "logs",
            "Prints the log of each attempt of a trial. What is stored is the end of the slot's log, at most "
            + "64 kB, once an attempt has failed or was lost; a running one has no log in the store, "
            + "but reports that -f follows.\n\nExample: ./sweep logs quickstart 3 -f")
        {
            sweep, trial, follow, store, output,
        };
        command.Validators.Add(result => CliOptions.RefuseFollowedJson(result, follow, output));
        command.SetAction((parsed, _) => Stores.WithTrialAsync(
            parsed.GetValue(store),
            parsed.GetRequiredValue(sweep),
            parsed.GetRequiredValue(trial),
            (engine, state) => parsed.GetValue(follow)
                ? FollowAsync(engine, state, parsed.GetRequiredValue(trial))
                : PrintAsync(state, parsed.GetRequiredValue(trial), parsed.GetValue(output) == "json"),
            waits: parsed.GetValue(follow)));
        return command;
    }

    private static Task<int> PrintAsync(SweepState state, int trial, bool asJson)
    {
        var logs = LogsView.Of(state, trial);
        if (asJson)
        {
            Printed.Json(logs);
            return Task.FromResult(ExitCode.Done);
        }

        Print(LogsView.Lines(logs));
        return Task.FromResult(ExitCode.Done);
    }

    private static Task<int> FollowAsync(IStore engine, SweepState begun, int trial)
    {
        var metrics = new SweepProgress(
            begun.Plan!, ExperimentCatalog.Default.Find(begun.Plan!.Experiment)!).Metrics;
        var lines = new VerboseLines(Console.Out, new AttemptEvents(begun, metrics), metrics);
        var position = 0L;
        var told = 0;
        return Following.UntilOverAsync(engine.LeaseTimes, LookAsync, Console.Error.WriteLine);

        async Task<bool> LookAsync()
        {
            // The state first: what it says has ended has stored its last batch.
            var state = (await engine.ReadAsync(begun.Name, CancellationToken.None))!;
            var stored = await engine.ReadBatchesAsync(begun.Name, position, CancellationToken.None);
            position = stored.Position;
            lines.Measured(stored with
            {
                Batches = [.. stored.Batches.Where(batch => batch.Attempt.Trial == trial)],
            });
            var logs = LogsView.Of(state, trial);
            var ended = logs with { Attempts = [.. logs.Attempts.Where(attempt => attempt.Outcome is not null)] };
            Print(LogsView.Lines(ended with { Attempts = [.. ended.Attempts.Skip(told)] }, sayNone: false));
            told = ended.Attempts.Length;
            return state.Trial(trial).Outcome is not null;
        }
    }

    private static void Print(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Console.WriteLine(line);
        }
    }
}

/// <summary>The logs of a trial, for programs.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Trial">Number of the trial.</param>
/// <param name="Attempts">In the order in which they started.</param>
public sealed record LogsView(string Sweep, int Trial, ImmutableArray<AttemptLog> Attempts)
{
    /// <summary>The logs that a sweep holds of a trial.</summary>
    public static LogsView Of(SweepState state, int trial) => new(
        state.Name,
        trial,
        [
            .. state.Trial(trial).Attempts.Select(attempt => new AttemptLog(
                attempt.Id.Number, attempt.Place.Worker, attempt.Place.Slot, attempt.Outcome, attempt.Reason,
                attempt.LogTail)),
        ]);

    /// <summary>The logs for a person: a head an attempt, then its lines.</summary>
    /// <param name="logs">The logs.</param>
    /// <param name="sayNone">Whether a trial without attempts is worth a line.</param>
    public static IEnumerable<string> Lines(LogsView logs, bool sayNone = true)
    {
        if (logs.Attempts.IsEmpty && sayNone)
        {
            yield return $"no attempt at trial {logs.Trial} of {logs.Sweep} has started";
        }

        foreach (var attempt in logs.Attempts)
        {
            yield return Head(attempt);
            foreach (var line in LogText.Visible(attempt.Log).TrimEnd('\n').Split('\n')
                .Where(_ => attempt.Log.Length > 0))
            {
                yield return line;
            }
        }
    }

    private static string Head(AttemptLog attempt)
    {
        var where = $"attempt {attempt.Attempt} on slot {attempt.Slot} of {attempt.Worker}";
        var how = attempt.Outcome is { } outcome ? ProgressText.Word(outcome) : "running";
        var why = attempt.Reason.Length > 0 ? $": {LogText.Line(attempt.Reason)}" : "";
        var none = attempt.Log.Length > 0 ? "" : "; no log of it is stored";
        return $"# {where}, {how}{why}{none}";
    }
}

/// <summary>The log of one attempt.</summary>
/// <param name="Attempt">Its number.</param>
/// <param name="Worker">Name of the worker.</param>
/// <param name="Slot">Number of the slot.</param>
/// <param name="Outcome">Nothing while it runs.</param>
/// <param name="Reason">Why it diverged, failed or was lost; otherwise empty.</param>
/// <param name="Log">The end of the slot's log after a failure or a loss; otherwise empty.</param>
public sealed record AttemptLog(
    int Attempt, string Worker, int Slot, AttemptOutcome? Outcome, string Reason, string Log);
