using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shared.Sweeps;
using Spectre.Console;

namespace Orchestrator.Cli;

/// <summary><c>status</c>: where a sweep stands, its trials, and why attempts were lost or failed.</summary>
public static class StatusCommand
{
    private const int LogLinesShown = 12;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var store = CliOptions.Store();
        var output = CliOptions.Output();
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
        Stores.WithSweepAsync(store, sweep, async (engine, _, state) =>
        {
            var standing = Standing.Of(state, await engine.LiveWorkersAsync(CancellationToken.None));
            if (output == "json")
            {
                Console.WriteLine(JsonSerializer.Serialize(Describe(state, standing), Json));
            }
            else
            {
                Print(state, standing);
            }

            return ExitCode.Done;
        });

    private static object Describe(SweepState state, SweepStanding standing) => new
    {
        Sweep = state.Name,
        State = standing,
        Trials = state.Trials
            .CountBy(WordOf, StringComparer.Ordinal)
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

    private static void Print(SweepState state, SweepStanding standing)
    {
        Console.WriteLine($"{state.Name}: {ProgressText.Word(standing)}. {state.Plan!.Question}");
        if (standing == SweepStanding.Interrupted)
        {
            Console.WriteLine($"no worker works on it; go on with: ./sweep resume {state.Name}");
        }

        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in (string[])["trial", "parameters", "rep", "state", "tries", "slot", "took"])
        {
            var cells = new TableColumn(new Text(column));
            table.AddColumn(column == "parameters" ? cells : cells.NoWrap());
        }

        var labels = state.Plan.Configurations.ToDictionary(
            c => c.Id, SweepProgress.LabelOf, StringComparer.Ordinal);
        foreach (var trial in state.Trials)
        {
            var last = trial.Attempts.IsEmpty ? null : trial.Attempts[^1];
            table.AddRow(((string[])
            [
                $"{trial.Number}", labels[trial.Configuration], $"{trial.Replicate}",
                standing == SweepStanding.Interrupted && WordOf(trial) == "running"
                    ? "abandoned"
                    : WordOf(trial),
                $"{trial.Attempts.Length}", last is null ? "" : $"{last.Place.Slot}",
                last?.EndedAt is { } end ? ProgressText.Time(end - last.StartedAt) : "",
            ]).Select(cell => new Text(cell)));
        }

        AnsiConsole.Write(table);
        foreach (var attempt in state.Trials.SelectMany(t => t.Attempts).Where(a => a.Reason.Length > 0))
        {
            PrintReason(attempt);
        }
    }

    private static void PrintReason(AttemptState attempt)
    {
        var outcome = ProgressText.Word(attempt.Outcome!.Value);
        Console.WriteLine($"trial {attempt.Id.Trial}, attempt {attempt.Id.Number} {outcome}: {attempt.Reason}");
        var lines = attempt.LogTail.TrimEnd('\n').Split('\n');
        foreach (var line in lines.Where(l => l.Length > 0).TakeLast(LogLinesShown))
        {
            Console.WriteLine($"    {line}");
        }
    }

    private static string WordOf(TrialState trial) => trial switch
    {
        { Outcome: { } outcome } => ProgressText.Word(outcome),
        { Attempts: [.., { EndedAt: null }] } => "running",
        _ => "waiting",
    };
}
