namespace Shared.Statistics;

/// <summary>Count, mean and spread of a sample.</summary>
/// <param name="Count">Number of values, n.</param>
/// <param name="Mean">Arithmetic mean, in the unit of the values.</param>
/// <param name="StandardDeviation">Sample standard deviation (divisor n − 1); nothing when n = 1.</param>
public sealed record Moments(int Count, double Mean, double? StandardDeviation)
{
    /// <summary>The moments of a sample, or nothing when it is empty.</summary>
    /// <param name="values">Finite values, in any order; the sums run in the order given.</param>
    /// <remarks>
    /// Corrected two-pass algorithm: Chan, Golub and LeVeque, "Algorithms for computing the sample variance",
    /// The American Statistician 37 (1983), eq. 1.7. The second sum takes up the rounding error of the mean.
    /// </remarks>
    public static Moments? Of(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Count;
        return new Moments(values.Count, mean, values.Count == 1 ? null : Math.Sqrt(Variance(values, mean)));
    }

    private static double Variance(IReadOnlyList<double> values, double mean)
    {
        var squares = 0.0;
        var rest = 0.0;
        foreach (var value in values)
        {
            var deviation = value - mean;
            squares += deviation * deviation;
            rest += deviation;
        }

        return Math.Max(0, (squares - (rest * rest / values.Count)) / (values.Count - 1));
    }
}
