namespace Shared.Statistics;

/// <summary>The interval of a share that was counted.</summary>
public static class WilsonInterval
{
    private const double NormalQuantile = 1.959963984540054;   // of .975

    /// <summary>Wilson's score interval, at 95 %, without a correction for continuity.</summary>
    /// <param name="count">How many of them, from 0 to <paramref name="of"/>.</param>
    /// <param name="of">How many there are, at least 1.</param>
    /// <returns>Within [0, 1]; not of width 0 even where none or all were counted.</returns>
    /// <remarks>
    /// Source: Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    /// American Statistical Association 22 (1927).
    /// </remarks>
    public static ConfidenceInterval Of(int count, int of)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(of, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, of);
        const double Square = NormalQuantile * NormalQuantile;
        var share = (double)count / of;
        var scale = 1 + (Square / of);
        var centre = (share + (Square / (2 * of))) / scale;
        var margin = NormalQuantile / scale
            * Math.Sqrt((share * (1 - share) / of) + (Square / (4.0 * of * of)));
        return new ConfidenceInterval(
            count == 0 ? 0 : Math.Max(0, centre - margin), count == of ? 1 : Math.Min(1, centre + margin));
    }
}
