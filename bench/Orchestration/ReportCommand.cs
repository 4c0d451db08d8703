using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Shared;
using Shared.Engine;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Reports;
using Shared.Sweeps;

namespace Bench.Orchestration;

/// <summary>The command <c>report</c>: a large sweep, from its store to the files of its report.</summary>
internal static class ReportCommand
{
    private const string Sweep = ReportingSweep.Name;
    private const int TrialsAConfiguration = 1_000;   // a sweep's most replicates
    private const int Commands = 64;   // that wait for their answers at once

    private static readonly AttemptEnvironment Environment = new(
        "none", "none", ImmutableSortedDictionary<string, string>.Empty, ProgramVersion.Current);

    // What every trial of the toy measures along the way; the rest comes once, at the end.
    private static readonly string[] Curves = ["loss", "gap", "energy_data", "energy_samples", "gradient_norm"];

    /// <summary>Times reading, summarising, rendering and writing.</summary>
    public static Command Create()
    {
        var trials = Number("--trials", 10_000, "Trials of the sweep, a multiple of 1000");
        var points = Number("--points", 1_000, "Metric points of each trial");
        var command = new Command(
            "report",
            "Times the report of a large sweep on SQLite, from its store to its files.\n\n"
            + "Example: bench/report --trials 2000")
        {
            trials, points,
        };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(trials), parsed.GetValue(points)));
        return command;
    }

    private static async Task<int> RunAsync(int trials, int points)
    {
        Console.WriteLine(Machine.Now());
        using var store = BenchStore.Sqlite("report");
        await ReportingSweep.SubmitAsync(store.Address, TrialsAConfiguration, trials / TrialsAConfiguration);
        await FillAsync(store.Address, trials, points);
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

    private static async Task FillAsync(string address, int trials, int points)
    {
        await using var engine = await BenchStore.OpenAsync(address);
        for (var done = 0; done < trials; done += Commands)
        {
            var attempts = await ClaimAsync(engine, Math.Min(Commands, trials - done));
            await engine.StoreBatchesAsync([.. attempts.Select(a => Batch(a, points))], default);
            await Task.WhenAll(attempts.Select(attempt => engine.SendAsync(
                Sweep,
                new SweepCommand.FinishAttempt(
                    new(Guid.NewGuid()), DateTimeOffset.UtcNow, attempt, AttemptOutcome.Completed, "", "", 1),
                default)));
        }
    }

    private static async Task<ImmutableArray<AttemptId>> ClaimAsync(IStore engine, int slots)
    {
        var places = Enumerable.Range(1, slots)
            .Select(slot => new AttemptPlace("report", slot, System.Environment.ProcessId));
        var claim = new SweepCommand.ClaimTrials(
            new(Guid.NewGuid()), DateTimeOffset.UtcNow, [.. places], Environment, Offer: null);
        return await engine.SendAsync(Sweep, claim, default) is Decision.Accepted accepted
            ? [.. accepted.Events.OfType<SweepEvent.AttemptStarted>().Select(started => started.Attempt)]
            : throw new UnreachableException("a claim was refused");
    }

    private static MetricBatch Batch(AttemptId attempt, int points)
    {
        var steps = Math.Max(1, (points - 1) / Curves.Length);
        var curves = Enumerable.Range(1, steps).SelectMany(step => Curves.Select(
            metric => new MetricPoint(10 * step, metric, Math.Sin(step + attempt.Trial) / step)));
        return new MetricBatch(
            attempt, 1, [.. curves, new MetricPoint(10 * steps, "kl", 1 + (attempt.Trial % 97 / 1000.0))]);
    }

    private static Option<int> Number(string name, int usual, string description) => new(name)
    {
        HelpName = "N",
        DefaultValueFactory = _ => usual,
        Description = string.Create(CultureInfo.InvariantCulture, $"{description}; {usual} where not given"),
    };
}
