namespace Training.Initialisation;

/// <summary>Where the chains of an update start, and what becomes of them when they have run.</summary>
public interface IChainStart
{
    /// <summary>Gives the chains of an update their first states.</summary>
    /// <param name="update">From 1.</param>
    /// <param name="positives">The positives of the update with their noise, as many as chains.</param>
    /// <param name="chains">Shape [batch, sample size], overwritten.</param>
    void Draw(int update, ReadOnlySpan<float> positives, Span<float> chains);

    /// <summary>Takes the same chains back, in the same order, after they have run.</summary>
    /// <param name="chains">Shape [batch, sample size].</param>
    void Return(ReadOnlySpan<float> chains);
}
