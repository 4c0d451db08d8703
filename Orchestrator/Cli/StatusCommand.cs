using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Engine.Sql;
using Shared.Reports;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>status</c>: where a sweep stands, its trials, and why attempts were lost or failed.</summary>
public static class StatusCommand
{
    private const int LogLinesShown = 12;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var store = CliOptions.Store();
        var output = CliOptions.Output("table", "json", "csv");
        var command = new Command(
            "status",
            "Shows where a sweep stands, and why attempts were lost or failed.\n\n"
            + "Example: ./sweep status quickstart -o json")
        {
            sweep, store, output,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(sweep), parsed.GetValue(store), parsed.GetValue(output)!));
        return command;
    }

    private static Task<int> RunAsync(string sweep, string? store, string output) =>
        Stores.WithSweepAsync(store, sweep, async (engine, address, state) =>
        {
            var standing = Standing.Of(state, (await Serving.ReadAsync(engine)).Of(sweep));
            switch (output)
            {
                case "json":
                    Printed.Json(Describe(state, standing));
                    break;
                case "csv":
                    Printed.Csv(state.Trials.Select(t => Cells(state, t, standing)).Prepend(Header(state)));
                    break;
                default:
                    Print(state, standing, address);
                    break;
            }

            return ExitCode.Done;
        });

    private static object Describe(SweepState state, SweepStanding standing) => new
    {
        Sweep = state.Name,
        State = standing,
        Trials = state.Trials
            .CountBy(TrialStatus.Of, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(StringComparer.Ordinal),
        Attempts = state.Trials.SelectMany(t => t.Attempts).Select(a => new
        {
            a.Id.Trial,
            a.Id.Number,
            a.Place.Worker,
            a.Place.Slot,
            a.Place.ProcessId,
            State = a.Outcome is null ? "running" : "ended",
            a.Outcome,
            a.Reason,
        }),
    };

    private static void Print(SweepState state, SweepStanding standing, StoreAddress store)
    {
        Console.WriteLine($"{state.Name}: {ProgressText.Word(standing)}. {state.Plan!.Question}");
        foreach (var sentence in StatusText.Of(state, standing, store))
        {
            Console.WriteLine(sentence);
        }

        var labels = state.Plan.Configurations.ToDictionary(
            c => c.Id, SweepProgress.LabelOf, StringComparer.Ordinal);
        TextTable.Print(
            ["trial", "rep", "state", "tries", "slot", "took", "parameters"],
            [.. state.Trials.Select(trial => (string[])
            [
                $"{trial.Number}", $"{trial.Replicate}", WordOf(trial, standing), $"{trial.Attempts.Length}",
                trial.Attempts is [.., var last] ? $"{last.Place.Slot}" : "",
                ProgressText.Time(Took(trial)), labels[trial.Configuration],
            ])]);
        foreach (var attempt in state.Trials.SelectMany(t => t.Attempts).Where(a => a.Reason.Length > 0))
        {
            PrintReason(attempt);
        }

        foreach (var trial in state.Trials.Where(t => t.Cause.Length > 0))
        {
            Console.WriteLine($"trial {trial.Number} {TrialStatus.Of(trial)}: {LogText.Line(trial.Cause)}");
        }
    }

    private static void PrintReason(AttemptState attempt)
    {
        var outcome = ProgressText.Word(attempt.Outcome!.Value);
        var reason = LogText.Line(attempt.Reason);
        Console.WriteLine($"trial {attempt.Id.Trial}, attempt {attempt.Id.Number} {outcome}: {reason}");
        var lines = LogText.Visible(attempt.LogTail).TrimEnd('\n').Split('\n');
        foreach (var line in lines.Where(l => l.Length > 0).TakeLast(LogLinesShown))
        {
            Console.WriteLine($"    {line}");
        }
    }

    private static string[] Header(SweepState state) =>
        ["trial", "configuration", .. state.Plan!.Swept, "replicate", "state", "attempts", "slot", "seconds"];

    private static string[] Cells(SweepState state, TrialState trial, SweepStanding standing)
    {
        var swept = state.Plan!.Configurations.Single(c => c.Id == trial.Configuration).Swept;
        return
        [
            $"{trial.Number}", trial.Configuration,
            .. state.Plan.Swept.Select(name => swept.TryGetValue(name, out var value) ? value.Display : ""),
            $"{trial.Replicate}", WordOf(trial, standing), $"{trial.Attempts.Length}",
            trial.Attempts is [.., var last] ? $"{last.Place.Slot}" : "",
            Took(trial)?.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) ?? "",
        ];
    }

    private static TimeSpan? Took(TrialState trial) =>
        trial.Attempts is [.., var last] ? last.EndedAt - last.StartedAt : null;

    private static string WordOf(TrialState trial, SweepStanding standing) => TrialStatus.Of(trial) switch
    {
        "running" when standing is SweepStanding.Interrupted => "abandoned",
        var word => word,
    };
}
