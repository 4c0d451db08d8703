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
    /// Source: Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1 (1945). Exact where
    /// no two sizes are equal and n ≤ 50, else the normal approximation with the variance corrected for ties
    /// (Hollander and Wolfe, Nonparametric Statistical Methods, section 3.1), without a correction for
    /// continuity.
    /// </remarks>
    public static WilcoxonSignedRank? Of(IReadOnlyList<double> differences)
    {
        double[] ranked = [.. differences.Where(d => d != 0).OrderBy(Math.Abs)];
        if (ranked.Length < FewestDifferences)
        {
            return null;
        }

        var (positive, ties) = PositiveRanks(ranked);
        var all = ranked.Length * (ranked.Length + 1) / 2.0;
        var smaller = Math.Min(positive, all - positive);
        var probability = ties == 0 && ranked.Length <= MostExact
            ? Exact(ranked.Length, (int)smaller)
            : Approximate(ranked.Length, smaller, ties);
        return new WilcoxonSignedRank(ranked.Length, smaller, Math.Min(1, probability));
    }

    /// <summary>The rank sum of those above zero, and Σ (t³ − t) over groups of t equal sizes.</summary>
    private static (double Sum, double Ties) PositiveRanks(double[] ranked)
    {
        var (sum, ties) = (0.0, 0.0);
        for (var first = 0; first < ranked.Length;)
        {
            var next = first + 1;
            while (next < ranked.Length && Math.Abs(ranked[next]) == Math.Abs(ranked[first]))
            {
                next++;
            }

            var size = (double)(next - first);
            var above = ranked[first..next].Count(d => d > 0);
            sum += above * (first + 1 + next) / 2.0;   // ranks first + 1 … next share their mean
            ties += (size * size * size) - size;
            first = next;
        }

        return (sum, ties);
    }

    /// <summary>2 · P(W ≤ w) where each rank has either sign with the same chance.</summary>
    private static double Exact(int count, int statistic)
    {
        var ways = new double[(count * (count + 1) / 2) + 1];   // subsets of the ranks by their sum
        ways[0] = 1;
        for (var rank = 1; rank <= count; rank++)
        {
            for (var sum = ways.Length - 1; sum >= rank; sum--)
            {
                ways[sum] += ways[sum - rank];
            }
        }

        return 2 * ways.Take(statistic + 1).Sum() / Math.Pow(2, count);
    }

    private static double Approximate(int count, double statistic, double ties)
    {
        var mean = count * (count + 1) / 4.0;
        var variance = ((count * (count + 1.0) * ((2 * count) + 1)) - (ties / 2)) / 24;
        return 2 * Normal.CDF(0, 1, (statistic - mean) / Math.Sqrt(variance));
    }
}
