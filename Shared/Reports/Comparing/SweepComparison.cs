using System.Collections.Immutable;
using Shared.Metrics;
using Shared.Statistics;

namespace Shared.Reports.Comparing;

/// <summary>Several sweeps beside each other: every configuration of each is a candidate.</summary>
/// <param name="Sweeps">At least two, in the order in which they were named.</param>
/// <param name="Headlines">
/// The metrics that tables show: the headlines of the first sweep, then those that only later ones have; without
/// those that no trial has.
/// </param>
/// <param name="Metric">
/// The metric of the first sweep, where every sweep has it as a result and no sweep goes for its other end.
/// </param>
/// <param name="Candidates">Sweep by sweep, in the order of its grid.</param>
public sealed record SweepComparison(
    ImmutableArray<ReportModel> Sweeps,
    ImmutableArray<MetricDeclaration> Headlines,
    MetricDeclaration? Metric,
    ImmutableArray<Candidate> Candidates)
{
    /// <summary>
    /// Whether replicate r of one sweep and replicate r of another draw the same data in the same order: seeds
    /// and data are the same, so that they may be compared as a pair.
    /// </summary>
    public bool IsPaired => Sweeps.Select(s => (s.Plan.Seed, s.Plan.Data)).Distinct().Count() == 1;

    /// <summary>Sets sweeps beside each other.</summary>
    /// <param name="sweeps">At least two.</param>
    /// <exception cref="ArgumentException">There are fewer than two sweeps.</exception>
    public static SweepComparison Of(ImmutableArray<ReportModel> sweeps)
    {
        if (sweeps.Length < 2)
        {
            throw new ArgumentException("a comparison is of two sweeps or more", nameof(sweeps));
        }

        var name = sweeps[0].Plan.Metric.Name;
        var declared = sweeps[0].Headlines.FirstOrDefault(m => m.Name == name);
        var areOfOneMind = sweeps.All(s => s.ResultMetrics.Any(m => m.Name == name)
            && s.Headlines.Where(m => m.Name == name).All(m => m.Direction == declared?.Direction));
        return new SweepComparison(
            sweeps,
            [
                .. sweeps.SelectMany(s => s.Headlines).DistinctBy(m => m.Name)
                    .Where(m => sweeps.Any(s => s.Configurations.Any(c => c.Metrics.ContainsKey(m.Name)))),
            ],
            areOfOneMind ? declared : null,
            [.. sweeps.SelectMany(s => s.Configurations.Select(c => new Candidate(s, c)))]);
    }

    /// <summary>The candidates that have a metric, the best mean first.</summary>
    public ImmutableArray<Candidate> Ranked(MetricDeclaration metric) =>
    [
        .. Candidates.Where(c => c.Result.Metrics.ContainsKey(metric.Name)).OrderBy(c =>
            (metric.Direction is Direction.Higher ? -1 : 1) * c.Result.Metrics[metric.Name].Mean),
    ];

    /// <summary>
    /// The best candidate less the next one over shared replicates; nothing where sweeps are not paired or share
    /// none.
    /// </summary>
    public Ranking? RankingBy(MetricDeclaration metric) => IsPaired
        ? Ranking.Of(
            [.. Candidates.Select(c => c.Result.Trials
                .Select(t => (t.State.Replicate, Value: t.Counted(metric.Name)))
                .Where(t => t.Value is not null)
                .ToImmutableSortedDictionary(t => t.Replicate, t => t.Value!.Value))],
            metric.Direction is Direction.Lower)
        : null;
}

/// <summary>A configuration of one of the sweeps.</summary>
/// <param name="Sweep">Its sweep.</param>
/// <param name="Result">What its trials amount to.</param>
public sealed record Candidate(ReportModel Sweep, ConfigurationResult Result);
