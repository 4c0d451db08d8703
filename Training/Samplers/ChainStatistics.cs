namespace Training.Samplers;

/// <summary>Numbers over chains.</summary>
internal static class ChainStatistics
{
    /// <summary>Mean, in double precision and in order.</summary>
    /// <param name="energies">Shape [chains], not empty.</param>
    public static double Mean(ReadOnlySpan<float> energies)
    {
        var sum = 0.0;
        foreach (double energy in energies)
        {
            sum += energy;
        }

        return sum / energies.Length;
    }

    /// <summary>Mean over chains of the L2 distance between two states.</summary>
    /// <param name="from">Shape [chains, sample size].</param>
    /// <param name="to">The same shape.</param>
    /// <param name="sampleSize">Numbers in one flattened sample.</param>
    public static double MeanDistance(ReadOnlySpan<float> from, ReadOnlySpan<float> to, int sampleSize)
    {
        var sum = 0.0;
        for (var first = 0; first < from.Length; first += sampleSize)
        {
            var square = 0.0;
            for (var i = first; i < first + sampleSize; i++)
            {
                var distance = (double)to[i] - from[i];
                square += distance * distance;
            }

            sum += Math.Sqrt(square);
        }

        return sum / (from.Length / sampleSize);
    }
}
