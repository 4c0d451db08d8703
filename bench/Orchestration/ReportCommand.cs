using System.CommandLine;
using System.Globalization;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Reports;
using Shared.Sweeps;

namespace Bench.Orchestration;

/// <summary>The command <c>report</c>: a large sweep, from its store to the files of its report.</summary>
internal static class ReportCommand
{
    private const string Sweep = ReportingSweep.Name;
    private const int WrongInput = 2;   // exit code
    private const int MostTrials = 100_000;
    private const int MostPoints = 100_000;

    // What every trial of the toy measures along the way; the rest comes once, at the end.
    private static readonly string[] Curves =
    [
        "loss", "gap", "energy_data", "energy_samples", "gradient_norm", SamplingMetrics.GradientEvaluations.Name,
        TrainingMetrics.UpdatesPerSecond.Name,
    ];

    /// <summary>Times reading, summarising, rendering and writing.</summary>
    public static Command Create()
    {
        var trials = BenchOptions.Number("--trials", 10_000, "Trials of the sweep", MostTrials);
        var points = BenchOptions.Number("--points", 1_000, "Metric points of each trial", MostPoints);
        var grid = BenchOptions.Numbers("--grid", "How many values each swept parameter has", "10");
        var command = new Command(
            "report",
            "Times the report of a large sweep on SQLite, from its store to its files.\n\n"
            + "Example: bench/report --trials 2000\n"
            + "Example: bench/report --grid 5,10,20")
        {
            trials, points, grid,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(trials), parsed.GetValue(points), parsed.GetValue(grid)!));
        return command;
    }

    private static async Task<int> RunAsync(int trials, int points, int[] grid)
    {
        if (ReportingSweep.Problem(grid, trials) is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return WrongInput;
        }

        Console.WriteLine(Machine.Now());
        using var store = BenchStore.Sqlite("report");
        await ReportingSweep.SubmitAsync(store.Address, trials, grid);
        await FilledSweep.FillAsync(store.Address, trials, attempt => Batch(attempt, points));
        var all = Took.Start();
        var step = Took.Start();
        await using var engine = await BenchStore.OpenAsync(store.Address);
        var state = (await engine.ReadAsync(Sweep, default))!;
        var stored = await engine.ReadBatchesAsync(Sweep, 0, default);
        Say($"read {trials} trials of {points} points", step());
        step = Took.Start();
        var metrics = ExperimentCatalog.Default.Find("toy")!.Metrics;
        var model = ReportModel.Build(new ReportSource(state, stored.Batches, [], metrics));
        Say("summarise", step());
        step = Took.Start();
        var folder = Directory.CreateTempSubdirectory("bench-report-");
        var bytes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var file in Report.Render(model))
        {
            var path = Path.Combine(folder.FullName, Path.GetFileName(file.Name));
            await File.WriteAllBytesAsync(path, file.Bytes.ToArray());
            bytes[file.Name] = file.Bytes.Length;
        }

        await using (var text = new StreamWriter(Path.Combine(folder.FullName, MetricsCsv.Name)))
        {
            foreach (var line in MetricsCsv.Lines(model))
            {
                await text.WriteAsync(line);
            }
        }

        Say("render and write", step());
        Say("all of it", all());
        Console.WriteLine(string.Join(", ", bytes.Where(f => !f.Key.Contains('/')).Select(
            f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value / 1e6:0.0} MB"))));
        Console.WriteLine(Machine.Now());
        folder.Delete(recursive: true);
        return 0;
    }

    private static void Say(string what, Took took) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-40}{took.Seconds,8:0.00} s, {took.Processor,8:0.00} s of processor"));

    private static MetricBatch Batch(AttemptId attempt, int points)
    {
        var steps = Math.Max(1, (points - 1) / Curves.Length);
        var curves = Enumerable.Range(1, steps).SelectMany(step => Curves.Select(
            metric => new MetricPoint(10 * step, metric, Value(metric, step, attempt.Trial))));
        return new MetricBatch(
            attempt, 1, [.. curves, new MetricPoint(10 * steps, "kl", 1 + (attempt.Trial % 97 / 1000.0))]);
    }

    private static double Value(string metric, int step, int trial) =>
        metric == SamplingMetrics.GradientEvaluations.Name ? 6_400.0 * step
        : metric == TrainingMetrics.UpdatesPerSecond.Name ? 50 + (trial % 7)
        : Math.Sin(step + trial) / step;
}
