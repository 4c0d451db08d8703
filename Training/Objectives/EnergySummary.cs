namespace Training.Objectives;

/// <summary>What the loss and its metrics need to know of the energies of a batch.</summary>
/// <param name="Mean">mean E.</param>
/// <param name="MeanAbsolute">mean |E|.</param>
/// <param name="MeanSquare">mean E².</param>
public sealed record EnergySummary(double Mean, double MeanAbsolute, double MeanSquare)
{
    /// <summary>Summarises energies, in double precision and in order.</summary>
    /// <param name="energies">Shape [batch], not empty.</param>
    public static EnergySummary Of(ReadOnlySpan<float> energies)
    {
        var (sum, absolute, square) = (0.0, 0.0, 0.0);
        foreach (double energy in energies)
        {
            sum += energy;
            absolute += Math.Abs(energy);
            square += energy * energy;
        }

        return new EnergySummary(sum / energies.Length, absolute / energies.Length, square / energies.Length);
    }
}
