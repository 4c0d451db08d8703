using System.Collections.Immutable;
using Shared.Metrics;
using Shared.Search;
using Shared.Statistics;
using Shared.Sweeps;

namespace Shared.Reports;

/// <summary>A trial as a report shows it.</summary>
/// <param name="State">The trial.</param>
/// <param name="Configuration">Its configuration.</param>
/// <param name="Curves">
/// Of its last attempt, and before the checkpoint that it went on from its parent's, recursively; what other
/// attempts measured does not count.
/// </param>
/// <param name="Values">
/// The last value of each declared metric on its curves, by name; empty unless the trial
/// completed or diverged, because how far any other attempt came is no result.
/// </param>
public sealed record TrialResult(
    TrialState State,
    Configuration Configuration,
    MetricCurves Curves,
    ImmutableSortedDictionary<string, double> Values)
{
    /// <summary>Its outcome, or <c>running</c> or <c>waiting</c> before it has one.</summary>
    public string Status => TrialStatus.Of(State);

    /// <summary>Whether it ran to its end, so that its values count.</summary>
    public bool IsCompleted => State.Outcome is Outcome.Completed;

    /// <summary>Whether it diverged.</summary>
    public bool IsDiverged => State.Outcome is Outcome.Diverged;

    /// <summary>The value that counts in summaries and comparisons: finite, of a completed trial.</summary>
    public double? Counted(string metric) =>
        IsCompleted && Values.TryGetValue(metric, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>The last update of which any metric is known; 0 before the first.</summary>
    public int LastUpdate => Curves.ByMetric.Values.Select(c => c[^1].Step).DefaultIfEmpty(0).Max();

    /// <summary>Trials as runs of a designed experiment: their swept values and what counts of a metric.</summary>
    public static ImmutableArray<Observation> Observations(IEnumerable<TrialResult> trials, string metric) =>
    [
        .. trials.Select(t => new Observation(
            t.Configuration.Swept.ToImmutableSortedDictionary(
                p => p.Key, p => p.Value.Json, StringComparer.Ordinal),
            t.State.Replicate,
            t.Counted(metric))),
    ];

    /// <summary>The result of a trial.</summary>
    public static TrialResult Of(
        TrialState trial,
        Configuration configuration,
        Func<AttemptId, IEnumerable<MetricPoint>> points,
        IReadOnlyList<MetricDeclaration> metrics)
    {
        var own = MetricCurves.Of(AttemptChain.Points(trial, points));
        var measured = trial.Outcome is Outcome.Completed or Outcome.Diverged ? metrics : [];
        var values = measured
            .Select(m => (m.Name, Value: own.Last(m.Name)))
            .Where(v => v.Value is not null)
            .ToImmutableSortedDictionary(v => v.Name, v => v.Value!.Value, StringComparer.Ordinal);
        return new TrialResult(trial, configuration, own, values);
    }
}
