using System.Collections.Immutable;
using Shared.Metrics;
using Shared.Statistics;

namespace Shared.Reports;

/// <summary>How the effects of two swept parameters depend on each other.</summary>
/// <param name="First">The one parameter, with its first and last value.</param>
/// <param name="Second">The other parameter, with its first and last value.</param>
/// <param name="Metrics">One entry for each headline metric.</param>
public sealed record FactorPair(
    FactorEnds First, FactorEnds Second, ImmutableArray<(MetricDeclaration Metric, FactorInteraction Found)> Metrics)
{
    /// <summary>Every pair of parameters, in their order.</summary>
    /// <param name="effects">Of the parameters with at least two values.</param>
    /// <param name="trials">Every trial.</param>
    /// <param name="metrics">The headline metrics.</param>
    public static ImmutableArray<FactorPair> Of(
        ImmutableArray<FactorEffect> effects,
        ImmutableArray<TrialResult> trials,
        ImmutableArray<MetricDeclaration> metrics)
    {
        FactorEnds[] ends = [.. effects.Select(e => new FactorEnds(e.Parameter, e.Levels[0], e.Levels[^1]))];
        return
        [
            .. from i in Enumerable.Range(0, ends.Length)
               from j in Enumerable.Range(i + 1, ends.Length - i - 1)
               select new FactorPair(ends[i], ends[j], [.. metrics.Select(m => (m, FactorInteraction.Of(
                   TrialResult.Observations(trials, m.Name), ends[i].Contrast, ends[j].Contrast)))]),
        ];
    }
}

/// <summary>The first and the last value of a swept parameter.</summary>
/// <param name="Parameter">Its dotted name.</param>
/// <param name="Low">The first value in the file's order.</param>
/// <param name="High">The last one.</param>
public sealed record FactorEnds(string Parameter, FactorLevel Low, FactorLevel High)
{
    /// <summary>As statistics name them.</summary>
    public FactorContrast Contrast => new(Parameter, Low.Value.Json, High.Value.Json);
}
