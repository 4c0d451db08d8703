using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Bench.Orchestration;

/// <summary>The command <c>scale</c>.</summary>
internal static class ScaleCommand
{
    private const int Slots = 200;

    /// <summary>Times stores that hold much, and slots that are many.</summary>
    public static Command Create()
    {
        var store = StoreKinds.Option();
        var trials = BenchOptions.Number(
            "--trials", 10_000, "Trials of the store that is opened, a multiple of 10", 10_000);
        var events = BenchOptions.Number("--events", 100_000, "Events of the history that is opened");
        var minutes = BenchOptions.Number("--minutes", 10, $"How long {Slots} slots report once a second");
        var output = BenchOptions.Output();
        var command = new Command(
            "scale",
            $"Times {Slots} claims at once, points in batches, opening large stores, and {Slots} slots for minutes.\n\n"
            + "Example: bench/scale --store postgres --minutes 1")
        {
            store, trials, events, minutes, output,
        };
        trials.Validators.Add(result =>
        {
            if (ReportingSweep.Problem(ScaleMeasures.LargeGrid, result.GetValue(trials)) is { } problem)
            {
                result.AddError(problem);
            }
        });
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(store)!,
            parsed.GetValue(trials),
            parsed.GetValue(events),
            parsed.GetValue(minutes),
            BenchOptions.IsJson(parsed, output)));
        return command;
    }

    private static async Task<int> RunAsync(string kind, int trials, int events, int minutes, bool json)
    {
        var rows = new List<ScaleRow>();
        if (!json)
        {
            Console.WriteLine(Machine.Now());
        }

        foreach (var one in StoreKinds.Of(kind))
        {
            await using var stores = await StoreKinds.OpenAsync(one);
            await foreach (
                var row in MeasureAsync(one, new ScaleMeasures(name => stores.NewAsync(name)), trials, events, minutes))
            {
                rows.Add(row);
                if (!json)
                {
                    Console.WriteLine(row);
                }
            }
        }

        Console.WriteLine(json
            ? JsonSerializer.Serialize(new { machine = Machine.Now(), rows }, BenchJson.Options)
            : Machine.Now());
        return 0;
    }

    private static async IAsyncEnumerable<ScaleRow> MeasureAsync(
        string store, ScaleMeasures measures, int trials, int events, int minutes)
    {
        await measures.ClaimAtOnceAsync(Slots);   // has the code compiled
        yield return new(
            store, $"{Slots} slots get a trial", await measures.ClaimAtOnceAsync(Slots), "s", "< 0.5");
        yield return new(
            store,
            "points/s in batches of 1000",
            await measures.PointsPerSecondAsync(),
            "",
            store == StoreKinds.Sqlite ? ">= 100000" : ">= 50000");
        var (state, reports) = await measures.OpenAsync(trials);
        yield return new(store, $"open {trials} trials", state.Seconds, "s", "< 1 (Optuna's journal: 12.7)");
        yield return new(store, "  processor time of it", state.Processor, "s", "");
        yield return new(store, "  and read 20 reports of each", reports.Seconds, "s", "");
        var history = await measures.OpenHistoryAsync(events);
        yield return new(store, $"open {events} events", history.Seconds, "s", "");
        yield return new(store, "  processor time of it", history.Processor, "s", "");
        var (lost, report) = await measures.SteadyAsync(Slots, TimeSpan.FromMinutes(minutes));
        yield return new(store, $"leases lost, {Slots} slots, {minutes} min", lost, "", "0");
        yield return new(store, "  p99 of a report", 1e3 * report, "ms", "");
    }
}

/// <summary>One measure of a store.</summary>
/// <param name="Store">Its kind.</param>
/// <param name="Measure">What was measured.</param>
/// <param name="Value">What came of it.</param>
/// <param name="Unit">Of the value; empty for a count or a rate.</param>
/// <param name="Goal">What must hold; empty where nothing was set.</param>
internal sealed record ScaleRow(string Store, string Measure, double Value, string Unit, string Goal)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Store,-10}{Measure,-34}{(Value < 100 ? $"{Value:0.###}" : $"{Value:0}"),10} {Unit,-3} {Goal}").TrimEnd();
}
