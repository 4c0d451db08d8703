using System.Collections.Immutable;
using Shared.Engine;
using Shared.Experiments;
using Shared.Search;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>How far a sweep is, from its state and its metric batches as they come.</summary>
public sealed class SweepProgress
{
    private static readonly string[] Headline = ["gap", "accuracy", "loss"];
    private const int HeadlineColumns = 2;

    private readonly ExperimentDeclaration _experiment;
    private readonly Dictionary<string, (string Label, int Updates)> _configurations =
        new(StringComparer.Ordinal);

    private readonly Dictionary<AttemptId, Latest> _latest = [];

    /// <summary>The progress of a sweep that has reported nothing yet.</summary>
    /// <param name="plan">Its plan.</param>
    /// <param name="experiment">The declaration of its experiment.</param>
    public SweepProgress(SweepPlan plan, ExperimentDeclaration experiment)
    {
        _experiment = experiment;
        Know(plan);
        Metrics = [.. Headline
            .Where(name => experiment.Metrics.Any(m => m.Name == name))
            .Take(HeadlineColumns)];
    }

    /// <summary>The metrics worth a column while training.</summary>
    public ImmutableArray<string> Metrics { get; }

    /// <summary>A configuration as one line.</summary>
    public static string LabelOf(Configuration configuration) =>
        configuration.Swept.IsEmpty ? "nothing swept" : configuration.Label;

    /// <summary>Takes in new batches.</summary>
    public void Add(StoredBatches stored)
    {
        foreach (var batch in stored.Batches)
        {
            if (!_latest.TryGetValue(batch.Attempt, out var latest))
            {
                _latest[batch.Attempt] = latest = new Latest();
            }

            foreach (var point in batch.Points)
            {
                latest.Step = Math.Max(latest.Step, point.Step);
                latest.Values[point.Metric] = point.Value;
            }
        }
    }

    /// <summary>One row a trial, trial 1 first.</summary>
    /// <param name="state">The present state of the sweep.</param>
    /// <param name="now">Present time.</param>
    public ImmutableArray<TrialProgress> Rows(SweepState state, DateTimeOffset now)
    {
        Know(state.Plan!);
        return [.. state.Trials.Select(trial => Row(trial, now))];
    }

    /// <summary>Time until the last trial ends at the present rate; nothing while no rate is known.</summary>
    public static TimeSpan? Remaining(ImmutableArray<TrialProgress> rows)
    {
        var rates = rows.Where(r => r.UpdatesPerSecond > 0).Select(r => r.UpdatesPerSecond!.Value).ToArray();
        var running = rows.Count(r => r.Phase == TrialPhase.Running);
        if (rates.Length == 0 || running == 0)
        {
            return null;
        }

        var updates = rows.Where(r => r.Phase != TrialPhase.Ended).Sum(r => (double)(r.Updates - r.Step));
        return TimeSpan.FromSeconds(updates / (rates.Average() * running));
    }

    /// <summary>A sweep may be extended while it is looked at.</summary>
    private void Know(SweepPlan plan)
    {
        foreach (var configuration in plan.Configurations.Skip(_configurations.Count))
        {
            _configurations[configuration.Id] =
                (LabelOf(configuration), _experiment.UpdatesOf(configuration.Resolved));
        }
    }

    private TrialProgress Row(TrialState trial, DateTimeOffset now)
    {
        var (label, total) = _configurations[trial.Configuration];
        var attempt = trial.Attempts.IsEmpty ? null : trial.Attempts[^1];
        var phase = trial.Outcome is not null ? TrialPhase.Ended
            : attempt is { EndedAt: null } ? TrialPhase.Running
            : TrialPhase.Waiting;
        var latest = phase == TrialPhase.Waiting || attempt is null
            ? null
            : _latest.GetValueOrDefault(attempt.Id);
        // What an attempt went on from is done, and was not done at its rate.
        var from = phase == TrialPhase.Waiting ? 0 : attempt?.From?.Update ?? 0;
        var step = Math.Max(latest?.Step ?? 0, from);
        var elapsed = ((attempt?.EndedAt ?? now) - (attempt?.StartedAt ?? now)).TotalSeconds;
        double? rate = step > from && elapsed > 0 ? (step - from) / elapsed : null;
        return new TrialProgress(
            trial,
            label,
            phase,
            step,
            total,
            rate,
            attempt?.EndedAt - attempt?.StartedAt,
            [.. Metrics.Select(m => latest?.Values.TryGetValue(m, out var value) == true ? value : (double?)null)]);
    }

    private sealed class Latest
    {
        public int Step { get; set; }

        public Dictionary<string, double> Values { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>Where a trial is.</summary>
public enum TrialPhase
{
    /// <summary>For a slot.</summary>
    Waiting,

    /// <summary>On a slot.</summary>
    Running,

    /// <summary>It has its outcome.</summary>
    Ended,
}

/// <summary>How far one trial is.</summary>
/// <param name="Trial">Its state.</param>
/// <param name="Label">Its swept parameters.</param>
/// <param name="Phase">Where it is.</param>
/// <param name="Step">Updates done by its last attempt, as far as reported.</param>
/// <param name="Updates">Updates to do.</param>
/// <param name="UpdatesPerSecond">Over the whole attempt, evaluations included.</param>
/// <param name="Took">How long its last attempt took; nothing while it runs.</param>
/// <param name="Values">The latest value of each headline metric.</param>
public sealed record TrialProgress(
    TrialState Trial,
    string Label,
    TrialPhase Phase,
    int Step,
    int Updates,
    double? UpdatesPerSecond,
    TimeSpan? Took,
    ImmutableArray<double?> Values)
{
    /// <summary>Time until this trial's updates are done; nothing unless it runs.</summary>
    public TimeSpan? Remaining => Phase == TrialPhase.Running && UpdatesPerSecond is { } rate
        ? TimeSpan.FromSeconds((Updates - Step) / rate)
        : null;
}
