using System.Collections.Immutable;

namespace Shared.Statistics;

/// <summary>How many values fall into bins of equal width.</summary>
/// <param name="Low">Lower end of the first bin.</param>
/// <param name="High">Upper end of the last bin, above the lower one; it belongs to the last bin.</param>
/// <param name="Counts">One count a bin.</param>
public sealed record Histogram(double Low, double High, ImmutableArray<long> Counts)
{
    /// <summary>How many values were counted.</summary>
    public long Total => Counts.Sum();

    /// <summary>
    /// Histograms of several samples over the same bins, from the least value to the greatest.
    /// </summary>
    /// <param name="bins">Number of bins, at least 1.</param>
    /// <param name="samples">The samples; values that are not finite are left out.</param>
    /// <returns>One histogram a sample; nothing when no value is finite.</returns>
    public static ImmutableArray<Histogram>? OverCommonBins(int bins, params IReadOnlyList<double>[] samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        double[] all = [.. samples.SelectMany(sample => sample).Where(double.IsFinite)];
        if (all.Length == 0)
        {
            return null;
        }

        var (low, high) = (all.Min(), all.Max());
        if (low == high)
        {
            (low, high) = (low - 0.5, high + 0.5);
        }

        return [.. samples.Select(sample => Of(sample, low, high, bins))];
    }

    /// <summary>The overlap coefficient of two histograms: Σ min(p_i, q_i) of their shares.</summary>
    /// <returns>1 where they are equal, 0 where no bin holds values of both.</returns>
    /// <exception cref="ArgumentException">They have other bins, or one is empty.</exception>
    /// <remarks>
    /// Source: Inman and Bradley 1989, "The overlapping coefficient", for discrete densities.
    /// </remarks>
    public double OverlapWith(Histogram other)
    {
        if (other.Counts.Length != Counts.Length || other.Low != Low || other.High != High)
        {
            throw new ArgumentException("The histograms have not the same bins", nameof(other));
        }

        if (Total == 0 || other.Total == 0)
        {
            throw new ArgumentException("A histogram is empty", nameof(other));
        }

        var (own, others) = ((double)Total, (double)other.Total);
        return Counts.Zip(other.Counts, (p, q) => Math.Min(p / own, q / others)).Sum();
    }

    private static Histogram Of(IReadOnlyList<double> values, double low, double high, int bins)
    {
        var counts = new long[bins];
        foreach (var value in values.Where(double.IsFinite))
        {
            // Scaled before the difference is taken, so that no range of finite values overflows.
            var share = ((value / 2) - (low / 2)) / ((high / 2) - (low / 2));
            counts[Math.Clamp((int)(share * bins), 0, bins - 1)]++;
        }

        return new Histogram(low, high, [.. counts]);
    }
}
