namespace Training.Samplers;

/// <summary>What annealed importance sampling found.</summary>
/// <param name="LogZ">Estimate of log ∫ exp(−E), in nats.</param>
/// <param name="EffectiveSampleSize">(Σw)²/Σw², from 1 to the number of chains.</param>
/// <param name="Acceptance">Share of proposals taken.</param>
public sealed record AnnealedEstimate(double LogZ, double EffectiveSampleSize, double Acceptance)
{
    /// <summary>log Z₀ + log mean w, and the effective number of the weights.</summary>
    /// <param name="logZ0">log Z of the start.</param>
    /// <param name="logWeights">log w of each chain.</param>
    /// <param name="acceptance">Share of proposals taken.</param>
    public static AnnealedEstimate Of(
        double logZ0, IReadOnlyList<double> logWeights, double acceptance)
    {
        var largest = logWeights.Max();
        var sum = logWeights.Sum(weight => Math.Exp(weight - largest));
        var squares = logWeights.Sum(weight => Math.Exp(2 * (weight - largest)));
        var logMean = largest + Math.Log(sum / logWeights.Count);
        return new AnnealedEstimate(logZ0 + logMean, sum * sum / squares, acceptance);
    }
}
