using MathNet.Numerics.Distributions;

namespace Shared.Statistics;

/// <summary>How sure a mean is.</summary>
public static class MeanInterval
{
    /// <summary>Share of intervals that hold the true mean where values are normal.</summary>
    public const double Confidence = 0.95;

    /// <summary>Half the width of the 95 % t interval of a mean; nothing where n is 1.</summary>
    /// <param name="moments">Of independent values.</param>
    /// <remarks>t(n − 1, 0.975) · s / √n: Student, "The probable error of a mean", Biometrika 6 (1908).</remarks>
    public static double? HalfWidth(Moments moments) => moments.StandardDeviation is { } deviation
        ? StudentT.InvCDF(0, 1, moments.Count - 1, (1 + Confidence) / 2) * deviation / Math.Sqrt(moments.Count)
        : null;
}
