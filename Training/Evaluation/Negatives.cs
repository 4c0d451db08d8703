using Training.Initialisation;
using Training.Models;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Training.Evaluation;

/// <summary>Samples that an evaluation scores or shows; drawing them leaves training as it was.</summary>
/// <param name="sampleShape">Shape of one sample, such as [1, 28, 28].</param>
/// <param name="box">The box of chains and of fresh noise.</param>
/// <param name="stream">Stream of the purpose evaluation.</param>
public sealed class Negatives(IReadOnlyList<long> sampleShape, Box box, RandomStream stream)
{
    /// <summary>How many samples are scored.</summary>
    public const int Count = 2_000;

    private const int BatchSize = 200;

    // What a draw of the stream is for: its third counter word.
    private const uint NoiseOfChains = 0;
    private const int StartOfChains = 1;
    private const uint SlotsOfBuffer = 2;

    private int SampleSize => (int)sampleShape.Aggregate(1L, (product, side) => product * side);

    /// <summary>Fresh noise: where chains start that were never moved.</summary>
    /// <returns>Shape [2,000, sample size].</returns>
    public float[] Start()
    {
        var samples = new float[Count * SampleSize];
        new UniformStart(SampleSize, box, stream).Draw(StartOfChains, samples);
        return samples;
    }

    /// <summary>Chains of the trained length and schedule from fresh noise.</summary>
    /// <returns>Shape [2,000, sample size].</returns>
    public float[] Fresh(IEnergyModel model, LangevinSampler sampler)
    {
        var samples = Start();
        using var chains = empty([BatchSize, .. sampleShape]);
        for (var first = 0; first < Count; first += BatchSize)
        {
            var batch = samples.AsSpan(first * SampleSize, BatchSize * SampleSize);
            batch.CopyTo(chains.Floats());
            sampler.Run(model, chains, stream, NoiseOfChains, (uint)first);
            chains.Floats().CopyTo(batch);
        }

        return samples;
    }

    /// <summary>
    /// What a buffer holds: 2,000 of its slots in random order, or all of them where it has fewer.
    /// </summary>
    /// <returns>Shape [at most 2,000, sample size].</returns>
    public float[] Held(ReplayBuffer buffer)
    {
        var slots = stream.Draw(buffer.Count, Math.Min(buffer.Count, Count), SlotsOfBuffer, step: 0);
        var samples = new float[slots.Length * SampleSize];
        for (var i = 0; i < slots.Length; i++)
        {
            buffer[slots[i]].CopyTo(samples.AsSpan(i * SampleSize, SampleSize));
        }

        return samples;
    }
}
