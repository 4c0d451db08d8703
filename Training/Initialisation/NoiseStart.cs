namespace Training.Initialisation;

/// <summary>
/// Fresh noise for every chain of every update; nothing is kept: short-run sampling.
/// </summary>
/// <param name="noise">The noise.</param>
/// <remarks>Source: Nijkamp et al. 2019.</remarks>
public sealed class NoiseStart(FreshNoise noise) : IChainStart
{
    /// <inheritdoc/>
    public void Draw(int update, ReadOnlySpan<float> positives, Span<float> chains) =>
        noise.FillAll(chains, update);

    /// <inheritdoc/>
    public void Return(ReadOnlySpan<float> chains)
    {
    }
}
