using Training.Randomness;
using Training.Samplers;

namespace Training.Initialisation;

/// <summary>Fresh uniform noise in the box for every chain of every update; nothing is kept.</summary>
/// <param name="sampleSize">Numbers in one flattened sample.</param>
/// <param name="box">The box.</param>
/// <param name="stream">Stream of the purpose chain start, or evaluation.</param>
public sealed class UniformStart(int sampleSize, Box box, RandomStream stream) : IChainStart
{
    /// <summary>Fourth counter word of fresh noise; draws of a replay buffer use others.</summary>
    public const uint Noise = 0;

    /// <inheritdoc/>
    public void Draw(int update, Span<float> chains)
    {
        for (var row = 0; row < chains.Length / sampleSize; row++)
        {
            Fill(chains.Slice(row * sampleSize, sampleSize), row, update);
        }
    }

    /// <summary>Fresh noise for one chain.</summary>
    /// <param name="chain">Shape [sample size], overwritten.</param>
    /// <param name="row">Row in the batch.</param>
    /// <param name="update">From 1; 0 for what is there before the first update.</param>
    public void Fill(Span<float> chain, int row, int update) =>
        stream.FillUniform(chain, box.Low, box.High, (uint)row, (uint)update, Noise);

    /// <inheritdoc/>
    public void Return(ReadOnlySpan<float> chains)
    {
    }
}
