using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Engine.Sql;
using Shared.Engine;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>list</c>: the sweeps of a store, the newest last.</summary>
public static class ListCommand
{
    private const int QuestionLetters = 60;

    private static readonly string[] Header =
    [
        "sweep", "state", "experiment", "done", "trials", "running", "waiting", "priority", "started", "question",
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var store = CliOptions.Store();
        var output = CliOptions.Output("table", "json", "csv");
        var command = new Command(
            "list", "Lists the sweeps of the store, the newest last.\n\nExample: ./sweep list -o json")
        {
            store, output,
        };
        command.SetAction((parsed, _) => Stores.WithAsync(
            parsed.GetValue(store),
            StoreMode.Existing,
            (engine, address) => PrintAsync(engine, address, parsed.GetValue(output)!)));
        return command;
    }

    private static async Task<int> PrintAsync(IStore engine, StoreAddress store, string output)
    {
        var sweeps = await ReadAsync(engine);
        switch (output)
        {
            case "json":
                Printed.Json(sweeps);
                break;
            case "csv":
                Printed.Csv(sweeps.Select(Cells).Prepend(Header));
                break;
            default:
                PrintTable(sweeps, store);
                break;
        }

        return ExitCode.Done;
    }

    private static async Task<ImmutableArray<Row>> ReadAsync(IStore engine)
    {
        var workers = await Serving.ReadAsync(engine);
        var rows = ImmutableArray.CreateBuilder<Row>();
        foreach (var sweep in await engine.ListAsync(CancellationToken.None))
        {
            try
            {
                if (await engine.ReadAsync(sweep.Name, CancellationToken.None) is { } state)
                {
                    rows.Add(RowOf(state, workers.Of(state.Name)));
                }
            }
            catch (SweepUnreadableException unreadable)
            {
                rows.Add(RowOf(sweep, unreadable.Message));
            }
        }

        return rows.ToImmutable();
    }

    private static Row RowOf(SweepState state, ImmutableArray<string> workers) => new(
        state.Name,
        Standing.Of(state, workers),
        state.Plan!.Experiment,
        state.Trials.Count(t => t.Outcome is not null),
        state.Trials.Length,
        state.Running.Count,
        state.Waiting.Count + state.Blocked.Count,
        state.Priority,
        state.SubmittedAt.ToUniversalTime(),
        state.Plan.Question,
        Problem: "");

    /// <summary>What the store says of a sweep whose history cannot be read.</summary>
    private static Row RowOf(SweepSummary sweep, string problem) => new(
        sweep.Name,
        SweepStanding.Unreadable,
        sweep.Experiment,
        Done: 0,
        sweep.Trials,
        sweep.Running,
        sweep.Waiting,
        sweep.Priority,
        sweep.SubmittedAt.ToUniversalTime(),
        Question: "",
        problem);

    private static void PrintTable(ImmutableArray<Row> sweeps, StoreAddress store)
    {
        if (sweeps.IsEmpty)
        {
            Console.WriteLine($"the store {store} holds no sweep yet");
            return;
        }

        // "3/8" says in one column what programs get in two.
        TextTable.Print(
            ["sweep", "state", "experiment", "done", "running", "waiting", "priority", "started", "question"],
            [.. sweeps.Select(s => (string[])
            [
                s.Sweep, ProgressText.Word(s.State), s.Experiment, $"{s.Done}/{s.Trials}",
                Text(s.Running), Text(s.Waiting), Text(s.Priority),
                s.Started.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture),
                TextTable.Shorten(s.Question, QuestionLetters),
            ])]);
        foreach (var unreadable in sweeps.Where(s => s.State is SweepStanding.Unreadable))
        {
            Console.WriteLine($"{unreadable.Sweep} cannot be read: {LogText.Line(unreadable.Problem)}");
        }
    }

    private static string[] Cells(Row row) =>
    [
        row.Sweep, ProgressText.Word(row.State), row.Experiment,
        Text(row.Done), Text(row.Trials), Text(row.Running), Text(row.Waiting), Text(row.Priority),
        row.Started.ToString("O", CultureInfo.InvariantCulture), row.Question,
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Row(
        string Sweep,
        SweepStanding State,
        string Experiment,
        int Done,
        int Trials,
        int Running,
        int Waiting,
        int Priority,
        DateTimeOffset Started,
        string Question,
        string Problem);
}
