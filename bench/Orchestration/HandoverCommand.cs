using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Bench.Orchestration;

/// <summary>The command <c>handover</c>.</summary>
internal static class HandoverCommand
{
    private const int MostTrials = 1_000;   // a sweep's most replicates
    private const double Goal = 50;   // milliseconds
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Times what a warm slot waits between two trials.</summary>
    public static Command Create()
    {
        var trials = BenchOptions.Number("--trials", 400, $"Trials of each store, at most {MostTrials}", MostTrials);
        var slots = BenchOptions.Number("--slots", 2, "Slots of the worker", 64);
        var store = StoreKinds.Option();
        var output = BenchOptions.Output();
        var command = new Command(
            "handover",
            "Runs one worker with warm slots on toy trials of one update, and times what lies between two.\n\n"
            + "Example: bench/handover --store sqlite --trials 200")
        {
            trials, slots, store, output,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(store)!,
            parsed.GetValue(trials),
            parsed.GetValue(slots),
            BenchOptions.IsJson(parsed, output)));
        return command;
    }

    private static async Task<int> RunAsync(string kind, int trials, int slots, bool json)
    {
        var rows = new List<HandoverRow>();
        foreach (var one in StoreKinds.Of(kind))
        {
            await using var stores = await StoreKinds.OpenAsync(one);
            using var store = await stores.NewAsync("handover");
            rows.Add(HandoverRow.Of(one, slots, await MeasureAsync(store, trials, slots)));
            if (!json)
            {
                Console.WriteLine(rows[^1]);
            }
        }

        Console.WriteLine(json
            ? JsonSerializer.Serialize(
                new { machine = Machine.Now(), goalMilliseconds = Goal, rows }, BenchJson.Options)
            : $"goal: p99 < {Goal} ms from end to start; {Machine.Now()}");
        return 0;
    }

    private static async Task<IReadOnlyList<Handover>> MeasureAsync(BenchStore store, int trials, int slots)
    {
        await ReportingSweep.SubmitAsync(store.Address, string.Create(CultureInfo.InvariantCulture, $$"""
            name: {{ReportingSweep.Name}}
            question: How soon does a warm slot get its next trial?
            experiment: toy
            replicates: {{trials}}
            metric: {name: kl, goal: minimize}
            parameters:
              training.updates: 1
              training.batch_size: 1
              sampler.steps: 1
            """));
        await WorkAsync(store, slots);
        await using var engine = await BenchStore.OpenAsync(store.Address);
        var state = await engine.ReadAsync(ReportingSweep.Name, default);
        return state is { IsCompleted: true }
            ? Handover.Of(state)
            : throw new InvalidOperationException("not every trial is completed: see above why");
    }

    /// <summary>Runs the program of <c>./sweep worker</c> until it finds nothing more.</summary>
    private static async Task WorkAsync(BenchStore store, int slots)
    {
        var program = BenchPlaces.Built("Worker");
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [program, "--store", store.Address, "--slots", $"{slots}", "--until-idle", "1s"])
        {
            UseShellExecute = false,
        };
        using var worker = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        using var killing = limit.Token.Register(worker.Kill);
        await worker.WaitForExitAsync(CancellationToken.None);
    }
}
