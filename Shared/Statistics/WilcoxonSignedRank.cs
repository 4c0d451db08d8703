using MathNet.Numerics.Distributions;

namespace Shared.Statistics;

/// <summary>Whether differences lie about zero, by their ranks alone.</summary>
/// <param name="Count">Number of differences that are not zero, n.</param>
/// <param name="Statistic">The smaller of the rank sums of either sign.</param>
/// <param name="Probability">The two-sided p value.</param>
public sealed record WilcoxonSignedRank(int Count, double Statistic, double Probability)
{
    /// <summary>With fewer differences no p value can be below .05: the smallest is 2 / 2ⁿ.</summary>
    public const int FewestDifferences = 6;

    private const int MostExact = 50;   // beyond, the normal approximation is as good as exact

    /// <summary>The test, or nothing with fewer than <see cref="FewestDifferences"/> to rank.</summary>
    /// <param name="differences">Finite; those of zero are left out, equal sizes share their mean rank.</param>
    /// <remarks>
    /// Source: Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1 (1945). Exact for
    /// n ≤ 50, given the mean ranks that equal sizes share; beyond, the normal approximation with the variance
    /// corrected for them (Hollander and Wolfe, Nonparametric Statistical Methods, section 3.1), without a
    /// correction for continuity.
    /// </remarks>
    public static WilcoxonSignedRank? Of(IReadOnlyList<double> differences)
    {
        double[] ranked = [.. differences.Where(d => d != 0).OrderBy(Math.Abs)];
        if (ranked.Length < FewestDifferences)
        {
            return null;
        }

        var doubled = DoubledRanks(ranked);
        var positive = ranked.Zip(doubled).Where(r => r.First > 0).Sum(r => r.Second);
        var smaller = Math.Min(positive, doubled.Sum() - positive);
        var probability = ranked.Length <= MostExact ? Exact(doubled, smaller) : Approximate(ranked, smaller / 2.0);
        return new WilcoxonSignedRank(ranked.Length, smaller / 2.0, Math.Min(1, probability));
    }

    /// <summary>Twice the rank of each size, a whole number: equal sizes share the mean of theirs.</summary>
    /// <param name="ranked">In the order of their sizes.</param>
    private static int[] DoubledRanks(double[] ranked)
    {
        var doubled = new int[ranked.Length];
        for (var first = 0; first < ranked.Length;)
        {
            var next = first + 1;
            while (next < ranked.Length && Math.Abs(ranked[next]) == Math.Abs(ranked[first]))
            {
                next++;
            }

            doubled.AsSpan(first, next - first).Fill(first + 1 + next);   // of ranks first + 1 … next
            first = next;
        }

        return doubled;
    }

    /// <summary>2 · P(W ≤ w) where each rank has either sign with the same chance.</summary>
    private static double Exact(int[] doubled, int statistic)
    {
        var ways = new double[doubled.Sum() + 1];   // subsets of the ranks by their doubled sum
        ways[0] = 1;
        foreach (var rank in doubled)
        {
            for (var sum = ways.Length - 1; sum >= rank; sum--)
            {
                ways[sum] += ways[sum - rank];
            }
        }

        return 2 * ways.Take(statistic + 1).Sum() / Math.Pow(2, doubled.Length);
    }

    private static double Approximate(double[] ranked, double statistic)
    {
        var count = ranked.Length;
        var ties = ranked.GroupBy(Math.Abs).Sum(g => Math.Pow(g.Count(), 3) - g.Count());
        var mean = count * (count + 1) / 4.0;
        var variance = ((count * (count + 1.0) * ((2 * count) + 1)) - (ties / 2)) / 24;
        return 2 * Normal.CDF(0, 1, (statistic - mean) / Math.Sqrt(variance));
    }
}
