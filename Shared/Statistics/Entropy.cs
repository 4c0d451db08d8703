namespace Shared.Statistics;

/// <summary>How evenly counts are spread.</summary>
public static class Entropy
{
    /// <summary>
    /// Shannon entropy −Σ p log p of the shares of counts, in nats; an empty count adds nothing.
    /// </summary>
    /// <param name="counts">Not negative, at least one above zero.</param>
    /// <returns>From 0, all in one, to log(number of counts), all equal.</returns>
    /// <exception cref="ArgumentException">A count is negative, or all are zero.</exception>
    /// <remarks>Source: Shannon 1948, section 6.</remarks>
    public static double OfCounts(ReadOnlySpan<long> counts)
    {
        var total = 0L;
        foreach (var count in counts)
        {
            total += count >= 0 ? count : throw new ArgumentException("A count is negative", nameof(counts));
        }

        if (total == 0)
        {
            throw new ArgumentException("Nothing was counted", nameof(counts));
        }

        var entropy = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = (double)count / total;
                entropy -= share * Math.Log(share);
            }
        }

        return entropy;
    }
}
