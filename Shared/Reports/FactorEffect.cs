using System.Collections.Immutable;
using Shared.Metrics;
using Shared.Search;
using Shared.Statistics;

namespace Shared.Reports;

/// <summary>What a swept parameter changed.</summary>
/// <param name="Parameter">Its dotted name.</param>
/// <param name="Levels">Its values, in the file's order; at least two.</param>
/// <param name="Metrics">One entry for each headline metric.</param>
public sealed record FactorEffect(
    string Parameter, ImmutableArray<FactorLevel> Levels, ImmutableArray<MetricEffect> Metrics)
{
    /// <summary>More levels than this are compared with the first one only, not each with each.</summary>
    private const int AllPairsLimit = 4;

    /// <summary>The effect on a metric, or nothing when it is no headline metric.</summary>
    public MetricEffect? On(string metric) => Metrics.FirstOrDefault(m => m.Metric.Name == metric);

    /// <summary>The effect of a parameter, or nothing when it has fewer than two values.</summary>
    public static FactorEffect? Of(
        string parameter, ImmutableArray<TrialResult> trials, ImmutableArray<MetricDeclaration> metrics)
    {
        ImmutableArray<FactorLevel> levels = [.. trials
            .Where(t => t.Configuration.Swept.ContainsKey(parameter))
            .GroupBy(t => t.Configuration.Swept[parameter])
            .Select(g => new FactorLevel(g.Key, [.. g]))];
        return levels.Length < 2
            ? null
            : new FactorEffect(
                parameter, levels, [.. metrics.Select(m => OnMetric(parameter, levels, trials, m))]);
    }

    private static MetricEffect OnMetric(
        string parameter,
        ImmutableArray<FactorLevel> levels,
        ImmutableArray<TrialResult> trials,
        MetricDeclaration metric)
    {
        var byLevel = TrialResult.Observations(trials, metric.Name)
            .Where(o => o.Levels.ContainsKey(parameter))
            .ToLookup(o => o.Levels[parameter], StringComparer.Ordinal);
        var firsts = levels.Length <= AllPairsLimit ? levels.Length - 1 : 1;
        var differences = ImmutableArray.CreateBuilder<LevelDifference>();
        for (var first = 0; first < firsts; first++)
        {
            for (var second = first + 1; second < levels.Length; second++)
            {
                var (one, other) = (levels[first].Value.Json, levels[second].Value.Json);
                differences.Add(new LevelDifference(first, second, FactorComparison.Of(
                    [.. byLevel[one], .. byLevel[other]], parameter, one, other)));
            }
        }

        return new MetricEffect(
            metric,
            [.. levels.Select(
                l => Moments.Of([.. l.Trials.Select(t => t.Counted(metric.Name)).OfType<double>()]))],
            differences.ToImmutable());
    }
}

/// <summary>One value of a swept parameter, with the trials that had it.</summary>
/// <param name="Value">The value.</param>
/// <param name="Trials">Every trial with it.</param>
public sealed record FactorLevel(ParameterValue Value, ImmutableArray<TrialResult> Trials)
{
    /// <summary>How many of its trials ran to their end.</summary>
    public int Completed => Trials.Count(t => t.IsCompleted);

    /// <summary>How many of its trials diverged.</summary>
    public int Diverged => Trials.Count(t => t.IsDiverged);

    /// <summary>How many of its trials have an outcome.</summary>
    public int Ended => Trials.Count(t => t.State.Outcome is not null);

    /// <summary>
    /// How long its completed and diverged trials took until a metric had a value, in updates; a trial that
    /// ended without one was watched to its last update in vain. Nothing without such trials.
    /// </summary>
    /// <param name="metric">A metric that is measured once, when something is reached.</param>
    public KaplanMeier? TimesTo(string metric) => KaplanMeier.Of(
        [.. Trials.Where(t => t.IsCompleted || t.IsDiverged).Select(t => t.Curves.Of(metric) is [var first, ..]
            ? new TimeToEvent(first.Step, IsReached: true)
            : new TimeToEvent(t.LastUpdate, IsReached: false))]);
}

/// <summary>A metric at each level of a swept parameter.</summary>
/// <param name="Metric">The metric, with the direction that the sweep gives it.</param>
/// <param name="Means">
/// Moments over the completed trials of each level; nothing where none has the metric.
/// </param>
/// <param name="Differences">Between two levels each.</param>
public sealed record MetricEffect(
    MetricDeclaration Metric, ImmutableArray<Moments?> Means, ImmutableArray<LevelDifference> Differences);

/// <summary>How one level differs from another.</summary>
/// <param name="First">Index of the level that is subtracted.</param>
/// <param name="Second">Index of the level from which the other is subtracted.</param>
/// <param name="Pairs">The comparison.</param>
public sealed record LevelDifference(int First, int Second, FactorComparison Pairs);
