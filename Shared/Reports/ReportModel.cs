using System.Collections.Immutable;
using Shared.Metrics;
using Shared.Sweeps;

namespace Shared.Reports;

/// <summary>
/// What a report says, before any format: made from a sweep's events, metrics and artifacts.
/// </summary>
/// <param name="State">The sweep.</param>
/// <param name="Plan">What was fixed at submission.</param>
/// <param name="Trials">Every trial in order.</param>
/// <param name="Configurations">Every configuration, in grid order.</param>
/// <param name="ResultMetrics">Declared metrics of kind result, in the order of declaration.</param>
/// <param name="TimingMetrics">Declared metrics of kind timing, in the order of declaration.</param>
/// <param name="Headlines">
/// The metrics that tables and answers show: the sweep's own and every headline metric with a direction.
/// </param>
/// <param name="Effects">What each swept parameter with at least two values changed.</param>
/// <param name="Artifacts">
/// Ordered by trial, attempt and name; without checkpoints, which go when they are no longer needed.
/// </param>
public sealed record ReportModel(
    SweepState State,
    SweepPlan Plan,
    ImmutableArray<TrialResult> Trials,
    ImmutableArray<ConfigurationResult> Configurations,
    ImmutableArray<MetricDeclaration> ResultMetrics,
    ImmutableArray<MetricDeclaration> TimingMetrics,
    ImmutableArray<MetricDeclaration> Headlines,
    ImmutableArray<FactorEffect> Effects,
    ImmutableArray<ReportArtifact> Artifacts)
{
    /// <summary>How many trials have an outcome.</summary>
    public int Ended => Trials.Count(t => t.State.Outcome is not null);

    /// <summary>The model of a sweep, finished or not.</summary>
    /// <exception cref="ArgumentException">
    /// The sweep was never submitted, so there is nothing to report.
    /// </exception>
    public static ReportModel Build(ReportSource source)
    {
        var plan = source.State.Plan
            ?? throw new ArgumentException("the sweep was never submitted", nameof(source));
        var configurations = plan.Configurations.ToDictionary(c => c.Id, StringComparer.Ordinal);
        var points = MetricCurves.ByAttempt(source.Batches);
        ImmutableArray<TrialResult> trials = [.. source.State.Trials.Select(
            t => TrialResult.Of(t, configurations[t.Configuration], points, source.Metrics))];
        ImmutableArray<MetricDeclaration> results =
            [.. source.Metrics.Where(m => m.Kind is MetricKind.Result)];
        ImmutableArray<MetricDeclaration> headlines =
        [
            .. results.Where(m => m.IsHeadline || m.Name == plan.Metric.Name)
                .Select(m => m with { Direction = DirectionOf(m, plan.Metric) })
                .Where(m => m.Direction is not Direction.None),
        ];
        return new ReportModel(
            source.State,
            plan,
            trials,
            [.. plan.Configurations.Select(c => ConfigurationResult.Of(
                c, trials.Where(t => t.State.Configuration == c.Id), results.Select(m => m.Name)))],
            results,
            [.. source.Metrics.Where(m => m.Kind is MetricKind.Timing)],
            headlines,
            [.. plan.Swept.Select(p => FactorEffect.Of(p, trials, headlines)).OfType<FactorEffect>()],
            [.. source.Artifacts.Where(a => a.Entry.MediaType != CheckpointId.MediaType)
                .OrderBy(a => a.Entry.Attempt.Trial).ThenBy(a => a.Entry.Attempt.Number)
                .ThenBy(a => a.Entry.Name, StringComparer.Ordinal)]);
    }

    /// <summary>
    /// Which end of a metric is the better one: for the sweep's own metric its goal decides.
    /// </summary>
    private static Direction DirectionOf(MetricDeclaration metric, MetricGoal goal) =>
        metric.Name != goal.Name ? metric.Direction
        : goal.Goal is Goal.Maximize ? Direction.Higher : Direction.Lower;
}
