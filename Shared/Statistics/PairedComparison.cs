using MathNet.Numerics.Distributions;

namespace Shared.Statistics;

/// <summary>
/// How a second treatment differs from a first one, over pairs that share everything else.
/// </summary>
/// <param name="Pairs">Number of pairs, n.</param>
/// <param name="FirstMean">Mean of the first values.</param>
/// <param name="SecondMean">Mean of the second values.</param>
/// <param name="MeanDifference">Mean of second − first.</param>
/// <param name="DifferenceDeviation">
/// Sample standard deviation of the differences; nothing when n = 1.
/// </param>
/// <param name="Interval">
/// The 95 % interval of the mean difference; nothing when n = 1, and nothing when all differences are equal,
/// because then the pairs say nothing about their spread.
/// </param>
/// <param name="Above">In how many pairs the second value is the greater one.</param>
/// <param name="Below">In how many pairs the second value is the smaller one.</param>
/// <param name="Ranks">Wilcoxon's test of the same differences, where it can find something.</param>
public sealed record PairedComparison(
    int Pairs,
    double FirstMean,
    double SecondMean,
    double MeanDifference,
    double? DifferenceDeviation,
    ConfidenceInterval? Interval,
    int Above,
    int Below,
    WilcoxonSignedRank? Ranks)
{
    /// <summary>
    /// Share of intervals that hold the true mean difference where differences are normal.
    /// </summary>
    public const double Confidence = 0.95;

    /// <summary>Whether the interval leaves zero out.</summary>
    public bool IsClear => Interval is { } interval && (interval.Lower > 0 || interval.Upper < 0);

    /// <summary>In how many pairs both values are equal.</summary>
    public int Equal => Pairs - Above - Below;

    /// <summary>
    /// Mean difference by the standard deviation of the differences, d_z; nothing where that is not above zero.
    /// </summary>
    /// <remarks>
    /// Source: Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd edition (1988), section 2.3.5.
    /// With few pairs it is too large in size on average: by 38 % at n = 4.
    /// </remarks>
    public double? EffectSize => DifferenceDeviation > 0 ? MeanDifference / DifferenceDeviation : null;

    /// <summary>The two-sided p value of the paired t test; nothing where there is no interval.</summary>
    public double? Probability => EffectSize is { } size && Interval is not null
        ? 2 * StudentT.CDF(0, 1, Pairs - 1, -Math.Abs(size) * Math.Sqrt(Pairs))
        : null;

    /// <summary>The comparison of pairs, or nothing when there are none.</summary>
    /// <param name="pairs">Finite values of the first and the second treatment.</param>
    /// <remarks>
    /// Mean difference ± t(n − 1, 0.975) · s / √n: Student, "The probable error of a mean", Biometrika 6
    /// (1908); Box, Hunter and Hunter, Statistics for Experimenters, 2nd edition (2005), section 3.3. It
    /// takes the differences as independent and normal; with few pairs that is an assumption, not a finding.
    /// </remarks>
    public static PairedComparison? Of(IReadOnlyList<(double First, double Second)> pairs)
    {
        double[] values = [.. pairs.Select(p => p.Second - p.First)];
        if (Moments.Of(values) is not { } differences)
        {
            return null;
        }

        return new PairedComparison(
            pairs.Count,
            Moments.Of([.. pairs.Select(p => p.First)])!.Mean,
            Moments.Of([.. pairs.Select(p => p.Second)])!.Mean,
            differences.Mean,
            differences.StandardDeviation,
            IntervalOf(differences),
            pairs.Count(p => p.Second > p.First),
            pairs.Count(p => p.Second < p.First),
            WilcoxonSignedRank.Of(values));
    }

    /// <summary>The same comparison the other way round.</summary>
    public PairedComparison Reversed() => new(
        Pairs, SecondMean, FirstMean, -MeanDifference, DifferenceDeviation,
        Interval is { } interval ? new ConfidenceInterval(-interval.Upper, -interval.Lower) : null,
        Below, Above, Ranks);

    private static ConfidenceInterval? IntervalOf(Moments differences)
    {
        if (differences.StandardDeviation is not { } deviation || deviation <= 0)
        {
            return null;
        }

        var quantile = StudentT.InvCDF(0, 1, differences.Count - 1, (1 + Confidence) / 2);
        var margin = quantile * deviation / Math.Sqrt(differences.Count);
        return new ConfidenceInterval(differences.Mean - margin, differences.Mean + margin);
    }
}

/// <summary>A closed interval that a stated share of repetitions would have cover the truth.</summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end.</param>
public sealed record ConfidenceInterval(double Lower, double Upper);
