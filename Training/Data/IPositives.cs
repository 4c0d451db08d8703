namespace Training.Data;

/// <summary>Where positives come from; update u draws the same ones whatever was drawn before.</summary>
public interface IPositives
{
    /// <summary>Numbers in one flattened sample.</summary>
    int SampleSize { get; }

    /// <summary>Draws the positives of one update, without noise.</summary>
    /// <param name="update">From 1.</param>
    /// <param name="samples">Shape [batch, sample size], overwritten.</param>
    /// <param name="labels">Shape [batch], overwritten; empty where samples have no class.</param>
    void Draw(int update, Span<float> samples, Span<long> labels);
}
