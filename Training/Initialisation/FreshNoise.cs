using Shared.Experiments;
using Training.Randomness;
using Training.Samplers;

namespace Training.Initialisation;

/// <summary>States that no chain has moved: uniform in the box, or Gaussian and clamped to it.</summary>
/// <param name="parameters">The law of the noise.</param>
/// <param name="sampleSize">Numbers in one flattened sample.</param>
/// <param name="box">The box.</param>
/// <param name="stream">Stream of the purpose chain start, or evaluation.</param>
public sealed class FreshNoise(
    InitialisationParameters parameters, int sampleSize, Box box, RandomStream stream)
{
    /// <summary>Fourth counter word of fresh noise; draws of a replay buffer use others.</summary>
    public const uint Word = 0;

    /// <summary>Fresh noise for the chains of a batch.</summary>
    /// <param name="chains">Shape [batch, sample size], overwritten.</param>
    /// <param name="update">From 1; 0 for what is there before the first update.</param>
    public void FillAll(Span<float> chains, int update)
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
    public void Fill(Span<float> chain, int row, int update)
    {
        if (parameters.Noise is NoiseLaw.Uniform)
        {
            stream.FillUniform(chain, box.Low, box.High, (uint)row, (uint)update, Word);
            return;
        }

        stream.FillNormal(chain, (uint)row, (uint)update, Word);
        var middle = (box.Low + box.High) / 2;
        for (var i = 0; i < chain.Length; i++)
        {
            chain[i] = (float)(middle + (parameters.NoiseScale * chain[i]));
        }

        box.Clamp(chain);
    }
}
