using System.Collections.Immutable;

namespace Shared.Statistics;

/// <summary>One run of a designed experiment.</summary>
/// <param name="Levels">The level of each factor that is switched on in this run, by factor.</param>
/// <param name="Replicate">Runs with the same number share what is random.</param>
/// <param name="Value">What was measured; nothing where the run has no value to count.</param>
public sealed record Observation(
    ImmutableSortedDictionary<string, string> Levels, int Replicate, double? Value);

/// <summary>
/// Two levels of a factor, compared over pairs that share the replicate and every other factor.
/// </summary>
/// <param name="Comparison">Second level − first level; nothing when no pair has both values.</param>
/// <param name="Incomplete">How many pairs lack a value on at least one side and are left out.</param>
public sealed record FactorComparison(PairedComparison? Comparison, int Incomplete)
{
    /// <summary>Compares two levels of a factor.</summary>
    /// <param name="observations">All runs.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="first">Its level that is subtracted.</param>
    /// <param name="second">Its level from which the other is subtracted.</param>
    /// <remarks>
    /// The blocked comparison of two treatments, with (replicate, other factors) as blocks: Box, Hunter and
    /// Hunter, Statistics for Experimenters, 2nd edition (2005), sections 3.3 and 4.2. A factor that one of
    /// the two levels switches off cannot be held equal: it is no part of a block, and its runs are averaged
    /// first.
    /// </remarks>
    public static FactorComparison Of(
        IReadOnlyList<Observation> observations, string factor, string first, string second)
    {
        Observation[] own = [.. observations.Where(
            o => o.Levels.TryGetValue(factor, out var level) && (level == first || level == second))];
        string[] shared = [.. own.SelectMany(o => o.Levels.Keys).Distinct(StringComparer.Ordinal)
            .Where(k => k != factor && own.All(o => o.Levels.ContainsKey(k)))
            .Order(StringComparer.Ordinal)];
        var pairs = new List<(double First, double Second)>();
        var incomplete = 0;
        foreach (var block in own.GroupBy(o => BlockOf(o, shared)))
        {
            var one = MeanOf(block, factor, first);
            var other = MeanOf(block, factor, second);
            if (one is { } a && other is { } b)
            {
                pairs.Add((a, b));
            }
            else
            {
                incomplete++;
            }
        }

        return new FactorComparison(PairedComparison.Of(pairs), incomplete);
    }

    /// <summary>What runs of one block share.</summary>
    internal static string BlockOf(Observation observation, string[] shared) => string.Join(
        '\n', shared.Select(k => observation.Levels[k]).Prepend($"{observation.Replicate}"));

    /// <summary>The mean of the runs of a block at a level; nothing where none has a value.</summary>
    internal static double? MeanOf(IEnumerable<Observation> block, string factor, string level) =>
        Moments.Of([.. block.Where(o => o.Levels[factor] == level).Select(o => o.Value).OfType<double>()])
            ?.Mean;
}
