using System.Collections.Immutable;
using Orchestrator.Cli;
using Shared.Engine;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Orchestrator;

/// <summary>The progress of a sweep of two trials as displays see it, without processes and clocks.</summary>
internal sealed class Progress
{
    private readonly SweepProgress _progress;

    public Progress(SweepState? state = null)
    {
        State = state ?? Given.Sweep(2);
        _progress = new SweepProgress(State.Plan!, ExperimentCatalog.Default.Find("toy")!);
    }

    public SweepState State { get; private set; }

    public SweepState Before { get; } = Given.Sweep(2);

    public AttemptEvents Events => new(Before, ["gap", "loss"]);

    public ImmutableArray<TrialProgress> Rows(int now = 0) => _progress.Rows(State, Given.At(now));

    /// <summary>Decides a command and folds what it makes.</summary>
    public Progress Do(SweepCommand command)
    {
        var accepted = Sweep.Decide(State, command).ShouldBeOfType<Decision.Accepted>();
        State = accepted.Events.Aggregate(State, Sweep.Evolve);
        return this;
    }

    /// <summary>Stores a report of trial 1's first attempt.</summary>
    public StoredBatches Report(int step, double gap)
    {
        var batch = new MetricBatch(
            Given.Attempt(1), 1,
            [new MetricPoint(step, "gap", gap), new MetricPoint(step, "loss", 1), new MetricPoint(step, "kl", 7)]);
        var stored = new StoredBatches([batch], 1);
        _progress.Add(stored);
        return stored;
    }
}
