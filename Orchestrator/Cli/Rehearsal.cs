using System.Collections.Immutable;
using System.Globalization;
using Engine.Sql;
using Shared;
using Shared.Engine;
using Shared.Metrics;
using Shared.Search;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>
/// Trains a few updates of every configuration in a store that is thrown away, by a worker and slots as a
/// run's.
/// </summary>
/// <param name="sweep">The sweep.</param>
/// <param name="setup">The worker of the run: timings are those of as full a machine.</param>
public sealed class Rehearsal(SweepFileResult.Parsed sweep, WorkerSetup setup)
{
    private const int LogLinesShown = 12;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan HandBackLimit = TimeSpan.FromSeconds(15);

    private readonly List<TestedConfiguration> _tested = [];

    /// <summary>Tests every configuration; prints a line for each.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> GoAsync()
    {
        var folder = Directory.CreateTempSubdirectory("sweep-test-");
        try
        {
            var address = new StoreAddress.Sqlite(Path.Combine(folder.FullName, "test.db"));
            await using var engine = await StoreOpening.OpenAsync(
                address, StoreMode.Create, TimeProvider.System);
            var plan = TestPlan.Of(sweep.Plan, sweep.Experiment);
            await engine.SubmitAsync(
                new Submission(
                    new CommandId(Guid.NewGuid()), sweep.Spec.Name, plan, ProgramVersion.Current, BesideUnfinished: false),
                CancellationToken.None);
            using var interrupts = new Interrupts();
            using var worker = WorkerProcess.Start(
                address, sweep.Spec.Name, Math.Min(setup.Slots, plan.Trials.Length), setup.Data,
                Path.Combine(folder.FullName, "worker.log"));
            return await FollowAsync(engine, worker, interrupts);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Prints how long the sweep takes and how much it stores, from what the test measured.</summary>
    public void PrintForecast()
    {
        if (_tested.FirstOrDefault(t => t.SecondsPerUpdate is null) is { } unmeasured)
        {
            Console.WriteLine(
                $"no forecast: {Name(unmeasured.Configuration)} reports no "
                + TrainingMetrics.UpdatesPerSecond.Name);
            return;
        }

        var costs = _tested.ToDictionary(t => t.Configuration.Id, CostOf, StringComparer.Ordinal);
        var forecast = Forecast.Of([.. sweep.Plan.Trials.Select(t => costs[t.Configuration])], setup.Slots);
        var longest = _tested.Max(t => t.Took);
        var time = forecast.Time.TotalSeconds < 1 ? "less than a second" : ProgressText.Time(forecast.Time);
        Console.WriteLine(
            $"forecast: {time} of training on {ProgressText.Count(setup.Slots, "slot")}, at most "
            + $"{ProgressText.Bytes(forecast.Bytes)} in the store");
        Console.WriteLine(
            "loading and evaluating are not included; with two updates they took at most "
            + $"{ProgressText.Time(longest)} a trial");
    }

    private async Task<int> FollowAsync(IStore engine, WorkerProcess worker, Interrupts interrupts)
    {
        while (worker.IsRunning && !interrupts.HasCome)
        {
            await Task.Delay(Look);
            await ShowEndedAsync(engine);
        }

        if (worker.IsRunning)
        {
            worker.AskToStop();
            await Task.WhenAny(worker.EndAsync(), Task.Delay(HandBackLimit));
            return ExitCode.Interrupted;
        }

        var (code, said) = await worker.EndAsync();
        var state = await ShowEndedAsync(engine);
        if (!state.IsCompleted)
        {
            await Console.Error.WriteLineAsync(
                $"the worker ended with code {code} before every configuration was tested");
            await Console.Error.WriteLineAsync(said);
        }

        return state.IsCompleted && state.Trials.All(t => t.Outcome is not Outcome.Failed)
            ? ExitCode.Done
            : ExitCode.Failed;
    }

    private async Task<SweepState> ShowEndedAsync(IStore engine)
    {
        var state = (await engine.ReadAsync(sweep.Spec.Name, CancellationToken.None))!;
        foreach (var trial in state.Trials.Where(t => t.Outcome is not null))
        {
            if (_tested.Exists(t => t.Configuration.Id == trial.Configuration))
            {
                continue;
            }

            var tested = await MeasureAsync(engine, trial);
            _tested.Add(tested);
            await SayAsync(tested);
        }

        return state;
    }

    private async Task<TestedConfiguration> MeasureAsync(IStore engine, TrialState trial)
    {
        var last = trial.Attempts[^1];
        var batches = await engine.ReadBatchesAsync(last.Id, CancellationToken.None);
        var artifacts = await engine.ListAsync(sweep.Spec.Name, CancellationToken.None);
        var points = batches.SelectMany(b => b.Points).ToImmutableArray();
        var rates = points.Where(p => p.Metric == TrainingMetrics.UpdatesPerSecond.Name).ToList();
        return new TestedConfiguration(
            sweep.Plan.Configurations.Single(c => c.Id == trial.Configuration),
            trial.Outcome!.Value,
            last,
            rates.Count == 0 ? null : 1 / rates.MaxBy(p => p.Step).Value,
            last.EndedAt!.Value - last.StartedAt,
            artifacts.Where(a => a.Attempt == last.Id).Sum(a => a.Length),
            points.IsEmpty ? 0 : MetricCodec.Pack(points).Length / points.Max(p => p.Step));
    }

    private static async Task SayAsync(TestedConfiguration tested)
    {
        if (tested.Outcome is Outcome.Completed)
        {
            var rate = tested.SecondsPerUpdate?.ToString("0.#####", CultureInfo.InvariantCulture) ?? "unknown";
            Console.WriteLine(
                $"{Name(tested.Configuration)}: {rate} s an update, {tested.Bytes} bytes, "
                + $"{ProgressText.Time(tested.Took)} in all");
            return;
        }

        await Console.Error.WriteLineAsync(
            $"{Name(tested.Configuration)}: {ProgressText.Word(tested.Outcome)}: {tested.Last.Reason}");
        var lines = tested.Last.LogTail.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines.TakeLast(LogLinesShown))
        {
            await Console.Error.WriteLineAsync($"    {line}");
        }
    }

    private TrialCost CostOf(TestedConfiguration tested)
    {
        var updates = sweep.Experiment.UpdatesOf(tested.Configuration.Resolved);
        return new TrialCost(
            TimeSpan.FromSeconds(updates * tested.SecondsPerUpdate!.Value),
            tested.ArtifactBytes + ((long)updates * tested.BytesPerUpdate));
    }

    private static string Name(Configuration configuration) =>
        $"configuration {configuration.Id} ({SweepProgress.LabelOf(configuration)})";

    /// <summary>What a test says of one configuration.</summary>
    /// <param name="Configuration">As the sweep has it.</param>
    /// <param name="Outcome">Of its trial.</param>
    /// <param name="Last">Its last attempt.</param>
    /// <param name="SecondsPerUpdate">Of the last update; nothing where the experiment does not report it.</param>
    /// <param name="Took">The whole attempt: loading, updates, evaluation.</param>
    /// <param name="ArtifactBytes">Pictures and the like.</param>
    /// <param name="BytesPerUpdate">Of metric points, were each update reported as those of the test.</param>
    private sealed record TestedConfiguration(
        Configuration Configuration,
        Outcome Outcome,
        AttemptState Last,
        double? SecondsPerUpdate,
        TimeSpan Took,
        long ArtifactBytes,
        int BytesPerUpdate)
    {
        public long Bytes => ArtifactBytes + ((long)BytesPerUpdate * TestPlan.Updates);
    }
}
