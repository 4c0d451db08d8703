using System.Collections.Immutable;

namespace Shared.Statistics;

/// <summary>Keeps the chance of one false finding among several tests at the level of one test.</summary>
public static class HolmCorrection
{
    /// <summary>The adjusted p values of a family of tests, in the order given.</summary>
    /// <param name="probabilities">The p value of each test, from 0 to 1.</param>
    /// <returns>
    /// As many: the i-th smallest times (m − i + 1), never below a smaller one's, at most 1.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A p value is not from 0 to 1.</exception>
    /// <remarks>
    /// Source: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
    /// Statistics 6 (1979).
    /// </remarks>
    public static ImmutableArray<double> Adjust(IReadOnlyList<double> probabilities)
    {
        if (probabilities.Any(p => p is not (>= 0 and <= 1)))
        {
            throw new ArgumentOutOfRangeException(nameof(probabilities), "A p value is from 0 to 1");
        }

        var adjusted = new double[probabilities.Count];
        var least = 0.0;
        var rank = 0;
        foreach (var place in Enumerable.Range(0, adjusted.Length).OrderBy(i => probabilities[i]))
        {
            least = Math.Max(least, Math.Min(1, (adjusted.Length - rank) * probabilities[place]));
            adjusted[place] = least;
            rank++;
        }

        return [.. adjusted];
    }
}
