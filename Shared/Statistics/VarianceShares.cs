using System.Collections.Immutable;

namespace Shared.Statistics;

/// <summary>
/// Which share of the spread of a balanced factorial design goes with each factor, with each pair of factors,
/// with the replicate, and with the rest.
/// </summary>
/// <param name="Factors">The share of each factor alone (η²), from 0 to 1.</param>
/// <param name="Pairs">The share of each pair of factors beyond the two alone.</param>
/// <param name="Replicate">The share of what the runs of a replicate have in common.</param>
/// <param name="Rest">What remains: interactions of three and more, and chance.</param>
public sealed record VarianceShares(
    ImmutableSortedDictionary<string, double> Factors,
    ImmutableArray<(string First, string Second, double Share)> Pairs,
    double Replicate,
    double Rest)
{
    private const string ReplicateKey = "\0replicate";   // no factor can have this name

    /// <summary>
    /// The shares, or nothing unless every combination of levels and replicates has exactly one value and the
    /// values differ.
    /// </summary>
    /// <param name="observations">All runs.</param>
    /// <remarks>
    /// Sums of squares of the marginal means, which add up only in a balanced design: Montgomery, Design and
    /// Analysis of Experiments, 8th edition (2012), sections 5.3 and 5.4; shares of the total are η², which
    /// counts chance as the factors' own in part.
    /// </remarks>
    public static VarianceShares? Of(IReadOnlyList<Observation> observations)
    {
        if (!IsBalanced(observations) || Moments.Of([.. observations.Select(o => o.Value!.Value)])
            is not { StandardDeviation: > 0 and var deviation } all)
        {
            return null;
        }

        var total = deviation * deviation * (all.Count - 1);
        string[] factors = [.. observations[0].Levels.Keys];
        var alone = factors.Append(ReplicateKey)
            .ToDictionary(f => f, f => Squares(observations, [f], all.Mean) / total, StringComparer.Ordinal);
        ImmutableArray<(string, string, double)> pairs =
        [
            .. from i in Enumerable.Range(0, factors.Length)
               from j in Enumerable.Range(i + 1, factors.Length - i - 1)
               let both = Squares(observations, [factors[i], factors[j]], all.Mean) / total
               select (factors[i], factors[j], Math.Max(0, both - alone[factors[i]] - alone[factors[j]])),
        ];
        return new VarianceShares(
            factors.ToImmutableSortedDictionary(f => f, f => alone[f], StringComparer.Ordinal),
            pairs,
            alone[ReplicateKey],
            Math.Max(0, 1 - alone.Values.Sum() - pairs.Sum(p => p.Item3)));
    }

    private static bool IsBalanced(IReadOnlyList<Observation> observations)
    {
        if (observations.Count == 0 || observations.Any(o => o.Value is null
            || !o.Levels.Keys.SequenceEqual(observations[0].Levels.Keys, StringComparer.Ordinal)))
        {
            return false;
        }

        var combinations = observations[0].Levels.Keys.Append(ReplicateKey)
            .Aggregate(1L, (n, f) => n * observations.Select(o => LevelOf(o, f)).Distinct().LongCount());
        var distinct = observations
            .Select(o => string.Join('\n', o.Levels.Values.Append($"{o.Replicate}"))).Distinct().LongCount();
        return distinct == observations.Count && combinations == distinct;
    }

    /// <summary>Σ n · (mean of the group − mean of all)², over groups of equal levels.</summary>
    private static double Squares(IReadOnlyList<Observation> observations, string[] factors, double mean) =>
        observations.GroupBy(o => string.Join('\n', factors.Select(f => LevelOf(o, f))))
            .Sum(g =>
            {
                var own = Moments.Of([.. g.Select(o => o.Value!.Value)])!;
                return own.Count * (own.Mean - mean) * (own.Mean - mean);
            });

    private static string LevelOf(Observation observation, string factor) =>
        factor == ReplicateKey ? $"{observation.Replicate}" : observation.Levels[factor];
}
