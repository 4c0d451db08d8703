using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Engine.Sql;
using Shared;
using Shared.Engine;
using Shared.Experiments;
using Shared.Sweeps;

namespace Bench.Orchestration;

/// <summary>Runs one case in a new store, and sees that everything arrived.</summary>
/// <param name="stores">Where new stores come from.</param>
internal sealed class ReportingSweep(StoreKinds stores)
{
    /// <summary>Name of the sweep.</summary>
    public const string Name = "reporting";

    private const int MostReplicates = 1_000;
    private const int WarmUpTrials = 1_000;

    private static readonly string[] Swept = ["sampler.steps", "sampler.step_size", "training.batch_size"];

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan QuietLimit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Has the code compiled before it is timed, also what reads the events of others: workers live long.
    /// </summary>
    /// <param name="store">Address of a new store, of the kind that is timed.</param>
    public static async Task WarmUpAsync(string store)
    {
        var warmUp = new OrchestrationCase(
            WarmUpTrials, Processes: 0, Clients: 1, OrchestrationCase.PointsPerTrial);
        await SubmitAsync(store, warmUp.Trials);
        await Task.WhenAll(HereAsync(store, warmUp, "one"), HereAsync(store, warmUp, "other"));
        await RequireAllAsync(store, warmUp);
        await EndOfCompilingAsync();
    }

    /// <summary>Runs a case.</summary>
    /// <exception cref="InvalidOperationException">A trial or a value is missing.</exception>
    public async Task<OrchestrationResult> RunAsync(OrchestrationCase @case)
    {
        using var store = await stores.NewAsync("case", @case.Engine);
        await SubmitAsync(store.Address, @case.Trials);
        var result = @case.Processes == 0
            ? await HereAsync(store.Address, @case, "here")
            : await ElsewhereAsync(store, @case);
        await RequireAllAsync(store.Address, @case);
        return result;
    }

    private static async Task<OrchestrationResult> HereAsync(string store, OrchestrationCase @case, string worker)
    {
        await using var engine = await BenchStore.OpenAsync(store, isWorker: true);
        await engine.ReadAsync(Name, default);
        var began = Stopwatch.GetTimestamp();
        var latencies = await ClientGroup.RunAsync(engine, Name, worker, @case.Clients, @case.PointsPerBatch);
        return new OrchestrationResult(@case, Stopwatch.GetElapsedTime(began).TotalSeconds, latencies);
    }

    private async Task<OrchestrationResult> ElsewhereAsync(BenchStore store, OrchestrationCase @case)
    {
        var warm = new List<BenchStore>();
        ClientProcess[] processes = [];
        try
        {
            for (var number = 1; number <= @case.Processes; number++)
            {
                warm.Add(await stores.NewAsync($"warm-{number}"));
            }

            processes = await Task.WhenAll(warm.Select((one, i) =>
                ClientProcess.StartAsync(one, store, Name, $"process-{i + 1}", @case)));

            var began = Stopwatch.GetTimestamp();
            var latencies = await Task.WhenAll(processes.Select(process => process.RunAsync()));
            return new OrchestrationResult(
                @case, Stopwatch.GetElapsedTime(began).TotalSeconds, Latencies.Of(latencies));
        }
        finally
        {
            Array.ForEach(processes, process => process.Dispose());
            warm.ForEach(one => one.Dispose());
        }
    }

    /// <summary>Submits a sweep whose trials wait for somebody who only reports.</summary>
    /// <param name="store">Address of the store, which is made.</param>
    /// <param name="trials">How many trials.</param>
    /// <param name="grid">How many values each swept parameter has; none for one configuration.</param>
    /// <exception cref="ArgumentException">They make no sweep: see <see cref="Problem"/>.</exception>
    public static Task SubmitAsync(string store, int trials, params int[] grid)
    {
        if (Problem(grid, trials) is { } problem)
        {
            throw new ArgumentException(problem, nameof(grid));
        }

        var parameters = string.Concat(grid.Select((count, i) =>
            $"\n  {Swept[i]}: {{values: [{string.Join(", ", Enumerable.Range(1, count))}]}}"));
        return SubmitAsync(store, string.Create(CultureInfo.InvariantCulture, $$"""
            name: {{Name}}
            question: How many trials a second that only report?
            experiment: toy
            replicates: {{trials / Configurations(grid)}}
            metric: {name: kl, goal: minimize}
            parameters: {{(grid.Length == 0 ? "{}" : parameters)}}
            """));
    }

    /// <summary>What keeps so many values of parameters from making so many trials; nothing where they do.</summary>
    public static string? Problem(int[] grid, int trials)
    {
        if (grid.Length > Swept.Length)
        {
            return $"a grid has at most {Swept.Length} parameters, not {grid.Length}";
        }

        var configurations = Configurations(grid);
        return trials % configurations != 0 || trials / configurations > MostReplicates
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{trials} trials of {configurations} configurations: a whole number of replicates was expected, ")
                + $"at most {MostReplicates}"
            : null;
    }

    private static long Configurations(int[] grid) => grid.Aggregate(1L, (product, count) => product * count);

    /// <summary>Submits a sweep file of the benchmark's own.</summary>
    /// <param name="store">Address of the store, which is made.</param>
    /// <param name="text">The file; the name of its sweep is <see cref="Name"/>.</param>
    public static async Task SubmitAsync(string store, string text)
    {
        var file = SweepFile.Parse(text, "the benchmark", ExperimentCatalog.Default);
        if (file is not SweepFileResult.Parsed parsed)
        {
            throw new UnreachableException("the benchmark's own sweep file is wrong");
        }

        await using var engine = await BenchStore.OpenAsync(store, StoreMode.Create);
        var submission = new Submission(
            new(Guid.NewGuid()), Name, parsed.Plan, ProgramVersion.Current, false);
        await engine.SubmitAsync(submission, default);
    }

    /// <summary>
    /// Waits until the runtime compiles nothing any more: it goes on in the background after the calls that made
    /// it, and takes the processor from whatever is timed.
    /// </summary>
    private static async Task EndOfCompilingAsync()
    {
        var began = Stopwatch.GetTimestamp();
        long compiled;
        do
        {
            compiled = JitInfo.GetCompiledMethodCount();
            await Task.Delay(Quiet);
        }
        while (JitInfo.GetCompiledMethodCount() != compiled && Stopwatch.GetElapsedTime(began) < QuietLimit);
    }

    private static async Task RequireAllAsync(string store, OrchestrationCase @case)
    {
        await using var engine = await BenchStore.OpenAsync(store);
        var state = await engine.ReadAsync(Name, default);
        var stored = await engine.ReadBatchesAsync(Name, 0, default);
        var points = stored.Batches.Sum(batch => batch.Points.Length);
        if (state is not { IsCompleted: true } || points != @case.Trials * OrchestrationCase.PointsPerTrial)
        {
            throw new InvalidOperationException($"{@case}: not every trial is completed with all its values");
        }
    }
}
