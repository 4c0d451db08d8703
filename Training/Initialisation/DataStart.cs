namespace Training.Initialisation;

/// <summary>
/// Every chain starts at a positive of its update, with its noise, and nothing is kept: CD-k, where k is the
/// number of steps.
/// </summary>
/// <remarks>Source: Hinton 2002.</remarks>
public sealed class DataStart : IChainStart
{
    /// <inheritdoc/>
    public void Draw(int update, ReadOnlySpan<float> positives, Span<float> chains) =>
        positives.CopyTo(chains);

    /// <inheritdoc/>
    public void Return(ReadOnlySpan<float> chains)
    {
    }
}
