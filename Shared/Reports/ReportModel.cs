using System.Collections.Immutable;
using Shared.Metrics;
using Shared.Statistics;
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
/// The metrics that tables and answers show: the sweep's own and every headline metric with a direction; of an
/// evaluation, which declares what any could measure, those that it measured.
/// </param>
/// <param name="Effects">What each swept parameter with at least two values changed.</param>
/// <param name="Interactions">How the effects of two swept parameters depend on each other.</param>
/// <param name="Tables">The tables that the sweep file asks for, or those that follow from what is swept.</param>
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
    ImmutableArray<FactorPair> Interactions,
    ImmutableArray<PivotTable> Tables,
    ImmutableArray<ReportArtifact> Artifacts)
{
    /// <summary>How many metric batches of a trial cannot be read and are left out, by its number.</summary>
    public ImmutableSortedDictionary<int, int> Unreadable { get; init; } =
        ImmutableSortedDictionary<int, int>.Empty;

    /// <summary>Evaluations of its models that the report includes, as asked for.</summary>
    public ImmutableArray<IncludedEvaluation> Evaluations { get; init; } = [];

    /// <summary>How many trials have an outcome.</summary>
    public int Ended => Trials.Count(t => t.State.Outcome is not null);

    /// <summary>
    /// Which configuration is ahead by a metric, and whether clearly; nothing with fewer than two that have it.
    /// </summary>
    public Ranking? RankingBy(MetricDeclaration metric) => Ranking.Of(
        [.. Configurations.Select(c => c.Trials
            .Select(t => (t.State.Replicate, Value: t.Counted(metric.Name)))
            .Where(t => t.Value is not null)
            .ToImmutableSortedDictionary(t => t.Replicate, t => t.Value!.Value))],
        metric.Direction is Direction.Lower);

    /// <summary>
    /// The configurations with the best means of the sweep's metric, so many at most, in grid order; where none has
    /// one, the first.
    /// </summary>
    public ImmutableArray<ConfigurationResult> Foremost(int count)
    {
        var metric = Headlines.FirstOrDefault(m => m.Name == Plan.Metric.Name);
        var sign = metric?.Direction is Direction.Higher ? -1 : 1;
        var foremost = Configurations
            .OrderBy(c => metric is not null && c.Metrics.TryGetValue(metric.Name, out var m)
                ? sign * m.Mean : double.PositiveInfinity)
            .Take(count)
            .ToHashSet();
        return [.. Configurations.Where(foremost.Contains)];
    }

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
        var byConfiguration = trials.ToLookup(t => t.State.Configuration, StringComparer.Ordinal);
        ImmutableArray<MetricDeclaration> results =
            [.. source.Metrics.Where(m => m.Kind is MetricKind.Result)];
        ImmutableArray<MetricDeclaration> directed =
            [.. results.Select(m => m with { Direction = DirectionOf(m, plan.Metric) })];
        ImmutableArray<MetricDeclaration> headlines =
        [
            .. directed.Where(m => m.IsHeadline || m.Name == plan.Metric.Name)
                .Where(m => m.Direction is not Direction.None)
                .Where(m => !plan.IsEvaluation || m.Name == plan.Metric.Name
                    || trials.Any(t => t.Values.ContainsKey(m.Name))),
        ];
        ImmutableArray<FactorEffect> effects =
            [.. plan.Swept.Select(p => FactorEffect.Of(p, trials, headlines)).OfType<FactorEffect>()];
        return new ReportModel(
            source.State,
            plan,
            trials,
            [.. plan.Configurations.Select(c => ConfigurationResult.Of(
                c, byConfiguration[c.Id], results.Select(m => m.Name)))],
            results,
            [.. source.Metrics.Where(m => m.Kind is MetricKind.Timing)],
            headlines,
            effects,
            FactorPair.Of(effects, trials, headlines),
            [.. (plan.Report?.Tables ?? PivotTable.Default(plan))
                .Select(asked => PivotTable.Of(asked, directed, trials)).OfType<PivotTable>()],
            [.. source.Artifacts.Where(a => a.Entry.MediaType != CheckpointId.MediaType)
                .OrderBy(a => a.Entry.Attempt.Trial).ThenBy(a => a.Entry.Attempt.Number)
                .ThenBy(a => a.Entry.Name, StringComparer.Ordinal)])
        {
            Unreadable = source.Batches
                .Where(batch => batch.Damage.Length > 0)
                .CountBy(batch => batch.Attempt.Trial)
                .ToImmutableSortedDictionary(),
        };
    }

    /// <summary>
    /// Which end of a metric is the better one: for the sweep's own metric its goal decides.
    /// </summary>
    private static Direction DirectionOf(MetricDeclaration metric, MetricGoal goal) =>
        metric.Name != goal.Name ? metric.Direction
        : goal.Goal is Goal.Maximize ? Direction.Higher : Direction.Lower;
}
