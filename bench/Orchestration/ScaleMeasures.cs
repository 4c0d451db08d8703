using System.Diagnostics;
using Shared.Engine;
using Shared.Metrics;
using Shared.Sweeps;

namespace Bench.Orchestration;

/// <summary>Measures of a store that holds much, or that many slots use at once.</summary>
/// <param name="stores">Makes a new store for each measure.</param>
internal sealed class ScaleMeasures(Func<string, Task<BenchStore>> stores)
{
    private const string Sweep = ReportingSweep.Name;
    private const string Worker = "scale";
    private const int SlotsABox = 8;
    private const int PointsABatch = 1_000;
    private const int Batches = 200;

    /// <summary>Values of the parameter that is swept where a store holds many trials.</summary>
    public static readonly int[] LargeGrid = [10];

    /// <summary>How long it takes until so many free slots, some a box, have their trials.</summary>
    /// <returns>In seconds: from the first claim to the last answer.</returns>
    public async Task<double> ClaimAtOnceAsync(int slots)
    {
        using var store = await stores("claims");
        await ReportingSweep.SubmitAsync(store.Address, slots);
        await using var engine = await BenchStore.OpenAsync(store.Address);
        await engine.ReadAsync(Sweep, default);
        var began = Stopwatch.GetTimestamp();
        var claimed = await Task.WhenAll(Enumerable.Range(0, slots / SlotsABox)
            .Select(box => FilledSweep.ClaimAsync(engine, $"box-{box}", SlotsABox)));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Require(claimed.Sum(attempts => attempts.Length) == slots, "a slot got no trial");
        return seconds;
    }

    /// <summary>Metric points a second, in batches of 1,000, from four slots at once.</summary>
    public async Task<double> PointsPerSecondAsync()
    {
        const int Slots = 4;
        using var store = await stores("points");
        await ReportingSweep.SubmitAsync(store.Address, Slots);
        await using var engine = await BenchStore.OpenAsync(store.Address);
        var attempts = await FilledSweep.ClaimAsync(engine, Worker, Slots);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(attempts.Select(async attempt =>
        {
            for (var batch = 1; batch <= Batches; batch++)
            {
                await engine.StoreBatchesAsync([Batch(attempt, batch, PointsABatch)], default);
            }
        }));
        return Slots * Batches * PointsABatch / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>How long it takes to open a store of so many finished trials of 20 reports each.</summary>
    /// <returns>Until the sweep's state is known, and until every report is read as well.</returns>
    public async Task<(Took State, Took Reports)> OpenAsync(int trials)
    {
        using var store = await stores("opening");
        await ReportingSweep.SubmitAsync(store.Address, trials, LargeGrid);
        await FilledSweep.FillAsync(store.Address, trials, attempt => Batch(attempt, 1, points: 20));
        var clock = Took.Start();
        await using var engine = await BenchStore.OpenAsync(store.Address);
        Require((await engine.ReadAsync(Sweep, default))!.IsCompleted, "a trial is not finished");
        var state = clock();
        var read = await engine.ReadBatchesAsync(Sweep, 0, default);
        var reports = clock();
        Require(read.Batches.Sum(b => b.Points.Length) == trials * 20, "a report is missing");
        return (state, reports);
    }

    /// <summary>How long it takes to open a store whose one sweep has a history of so many events.</summary>
    public async Task<Took> OpenHistoryAsync(int events)
    {
        using var store = await stores("history");
        await ReportingSweep.SubmitAsync(store.Address, FilledSweep.Commands);
        await using (var engine = await BenchStore.OpenAsync(store.Address))
        {
            for (var made = 1; made < events; made += 2 * FilledSweep.Commands)
            {
                var attempts = await FilledSweep.ClaimAsync(engine, Worker, FilledSweep.Commands);
                await Task.WhenAll(attempts.Select(attempt => FilledSweep.SendAsync(
                    engine,
                    new SweepCommand.HandBackAttempt(new(Guid.NewGuid()), DateTimeOffset.UtcNow, attempt))));
            }
        }

        var clock = Took.Start();
        await using var opened = await BenchStore.OpenAsync(store.Address);
        var version = (await opened.ReadAsync(Sweep, default))!.Version;
        var took = clock();
        Require(version >= events, "an event is missing");
        return took;
    }

    /// <summary>
    /// Slots that report once a second for some time, their leases renewed as a worker does.
    /// </summary>
    /// <returns>
    /// How many leases were lost, and the time that 99 % of the reports did not exceed, in seconds.
    /// </returns>
    public async Task<(int Lost, double Report)> SteadyAsync(int slots, TimeSpan time)
    {
        using var store = await stores("steady");
        await ReportingSweep.SubmitAsync(store.Address, slots);
        await using var engine = await BenchStore.OpenAsync(store.Address);
        await using var joined = await engine.JoinAsync(Worker, default);
        var attempts = await FilledSweep.ClaimAsync(engine, Worker, slots);
        var reports = new List<double>();
        var lost = 0;
        var began = Stopwatch.GetTimestamp();
        var renewed = TimeSpan.Zero;
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var number = 1; Stopwatch.GetElapsedTime(began) < time; number++)
        {
            reports.AddRange(
                await Task.WhenAll(attempts.Select(attempt => ReportAsync(engine, attempt, number))));
            if (Stopwatch.GetElapsedTime(began) - renewed >= engine.LeaseTimes.Beat)
            {
                renewed = Stopwatch.GetElapsedTime(began);
                lost += (await engine.RenewAsync(attempts, default)).Length;
            }

            lost += (await engine.LoseAbandonedAsync(null, expiredToo: true, default)).Length;
            await second.WaitForNextTickAsync();
        }

        return (lost, OrchestrationTable.Percentile(reports, 99));
    }

    private static async Task<double> ReportAsync(IStore engine, AttemptId attempt, int number)
    {
        var began = Stopwatch.GetTimestamp();
        await engine.StoreBatchesAsync([Batch(attempt, number, points: 1)], default);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static MetricBatch Batch(AttemptId attempt, int number, int points) => new(
        attempt,
        number,
        [.. Enumerable.Range(
            1, points).Select(i => new MetricPoint((number * points) + i, "loss", 1.0 / i))]);

    private static void Require(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}

/// <summary>How long something took.</summary>
/// <param name="Seconds">As somebody waits.</param>
/// <param name="Processor">Of processor time of this process; a busy machine lengthens it least.</param>
internal sealed record Took(double Seconds, double Processor)
{
    /// <summary>Starts a clock, which says how long it has run.</summary>
    public static Func<Took> Start()
    {
        var began = Stopwatch.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        return () => new Took(
            Stopwatch.GetElapsedTime(
                began).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }
}
