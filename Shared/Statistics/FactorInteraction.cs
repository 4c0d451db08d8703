namespace Shared.Statistics;

/// <summary>
/// How the effect of one factor depends on the level of another, over blocks that share everything else.
/// </summary>
/// <param name="Comparison">
/// The effect of the one factor at the other's second level, less that at its first; nothing when no block has
/// all four values.
/// </param>
/// <param name="Incomplete">How many blocks lack one of the four values and are left out.</param>
public sealed record FactorInteraction(PairedComparison? Comparison, int Incomplete)
{
    /// <summary>Compares the effects of a factor at two levels of another.</summary>
    /// <param name="observations">All runs.</param>
    /// <param name="factor">The factor whose effect is looked at, with its two levels.</param>
    /// <param name="other">The factor on which it may depend, with its two levels.</param>
    /// <remarks>
    /// The two-factor interaction of a 2 × 2 factorial in blocks (replicate, other factors), as a difference of
    /// differences and so twice the "interaction effect" of Box, Hunter and Hunter, Statistics for
    /// Experimenters, 2nd edition (2005), section 5.5; its interval is the paired one.
    /// </remarks>
    public static FactorInteraction Of(
        IReadOnlyList<Observation> observations, FactorContrast factor, FactorContrast other)
    {
        Observation[] own = [.. observations.Where(o => factor.Holds(o) && other.Holds(o))];
        string[] shared = [.. own.SelectMany(o => o.Levels.Keys).Distinct(StringComparer.Ordinal)
            .Where(k => k != factor.Factor && k != other.Factor && own.All(o => o.Levels.ContainsKey(k)))
            .Order(StringComparer.Ordinal)];
        var pairs = new List<(double First, double Second)>();
        var incomplete = 0;
        foreach (var block in own.GroupBy(o => FactorComparison.BlockOf(o, shared)))
        {
            if (EffectAt(other.First) is { } first && EffectAt(other.Second) is { } second)
            {
                pairs.Add((first, second));
            }
            else
            {
                incomplete++;
            }

            double? EffectAt(string level)
            {
                Observation[] there = [.. block.Where(o => o.Levels[other.Factor] == level)];
                return FactorComparison.MeanOf(there, factor.Factor, factor.Second)
                    - FactorComparison.MeanOf(there, factor.Factor, factor.First);
            }
        }

        return new FactorInteraction(PairedComparison.Of(pairs), incomplete);
    }
}

/// <summary>Two levels of a factor.</summary>
/// <param name="Factor">Its name.</param>
/// <param name="First">The level that is subtracted.</param>
/// <param name="Second">The level from which the other is subtracted.</param>
public sealed record FactorContrast(string Factor, string First, string Second)
{
    /// <summary>Whether a run has one of the two levels.</summary>
    public bool Holds(Observation observation) =>
        observation.Levels.TryGetValue(Factor, out var level) && (level == First || level == Second);
}
