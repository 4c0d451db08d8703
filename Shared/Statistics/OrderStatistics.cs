namespace Shared.Statistics;

/// <summary>Location by order: what one wild value cannot move.</summary>
public static class OrderStatistics
{
    /// <summary>The share of values that the interquartile mean leaves out at either end.</summary>
    private const double Trimmed = 0.25;

    /// <summary>The middle value, or the mean of the two in the middle.</summary>
    /// <param name="values">At least one, none that is not a number.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not a number.</exception>
    public static double Median(IReadOnlyList<double> values) => Quantile(values, 0.5);

    /// <summary>A quantile by linear interpolation between order statistics.</summary>
    /// <param name="values">At least one, none that is not a number.</param>
    /// <param name="probability">From 0, the least value, to 1, the greatest.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not a number.</exception>
    /// <remarks>
    /// Source: Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50
    /// (1996), definition 7, which NumPy and R use unless told otherwise.
    /// </remarks>
    public static double Quantile(IReadOnlyList<double> values, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        return OfSorted(Sorted(values), probability);
    }

    /// <summary>The interquartile mean: the mean of the middle half of the values.</summary>
    /// <param name="values">At least one, none that is not a number.</param>
    /// <remarks>
    /// Of n values ⌊n/4⌋ are left out at either end: Agarwal et al., "Deep reinforcement learning at the edge
    /// of the statistical precipice", NeurIPS 2021, section 4.2, with the rounding of SciPy's trim_mean, which
    /// their program calls.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no value, or one is not a number.</exception>
    public static double InterquartileMean(IReadOnlyList<double> values)
    {
        var sorted = Sorted(values);
        var cut = (int)(Trimmed * sorted.Length);
        return Moments.Of(sorted[cut..^cut])!.Mean;
    }

    /// <summary>A quantile of values that are in order.</summary>
    internal static double OfSorted(double[] sorted, double probability)
    {
        var place = probability * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    private static double[] Sorted(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values];
        if (sorted.Length == 0 || sorted.Any(double.IsNaN))
        {
            throw new ArgumentException("Only numbers have an order, and there must be one", nameof(values));
        }

        Array.Sort(sorted);
        return sorted;
    }
}
