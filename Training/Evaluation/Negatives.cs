using Shared.Experiments;
using Training.Data;
using Training.Initialisation;
using Training.Models;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Training.Evaluation;

/// <summary>Samples that an evaluation scores or shows; drawing them leaves training as it was.</summary>
/// <param name="sampleShape">Shape of one sample, such as [1, 28, 28].</param>
/// <param name="box">The box of chains and of fresh noise.</param>
/// <param name="noise">The law of fresh noise.</param>
/// <param name="stream">Stream of the purpose evaluation.</param>
public sealed class Negatives(
    IReadOnlyList<long> sampleShape, Box box, InitialisationParameters noise, RandomStream stream)
{
    /// <summary>How many samples are scored.</summary>
    public const int Count = 2_000;

    private const int BatchSize = 200;

    // What a draw of the stream is for: its third counter word.
    private const uint NoiseOfChains = 0;
    private const int StartOfChains = 1;
    private const uint SlotsOfBuffer = 2;

    private int SampleSize => (int)sampleShape.Aggregate(1L, (product, side) => product * side);

    /// <summary>
    /// Share of proposals that the chains of the last call took; nothing where none can be refused.
    /// </summary>
    public double? Acceptance { get; private set; }

    /// <summary>Fresh noise: where chains start that were never moved.</summary>
    /// <returns>Shape [2,000, sample size].</returns>
    public float[] Start()
    {
        var samples = new float[Count * SampleSize];
        new FreshNoise(noise, SampleSize, box, stream).FillAll(samples, StartOfChains);
        return samples;
    }

    /// <summary>Chains from fresh noise.</summary>
    /// <param name="model">The energy.</param>
    /// <param name="sampler">The sampler of training, or the evaluation's own.</param>
    /// <returns>Shape [2,000, sample size].</returns>
    public float[] Fresh(IEnergyModel model, ISampler sampler) => Moved(Start(), model, sampler);

    /// <summary>Chains of the trained length and schedule from data.</summary>
    /// <param name="model">The energy.</param>
    /// <param name="sampler">The sampler of training.</param>
    /// <param name="positives">The data, without noise.</param>
    /// <param name="batchSize">How many of them a draw gives.</param>
    /// <param name="updates">Updates made: chains start at the data of the next ones.</param>
    /// <returns>Shape [2,000, sample size].</returns>
    public float[] FromData(
        IEnergyModel model, ISampler sampler, IPositives positives, int batchSize, int updates)
    {
        var batches = (Count + batchSize - 1) / batchSize;
        var samples = new float[batches * batchSize * SampleSize];
        var labels = new long[batchSize];
        for (var i = 0; i < batches; i++)
        {
            var batch = samples.AsSpan(i * batchSize * SampleSize, batchSize * SampleSize);
            positives.Draw(updates + 1 + i, batch, labels);
        }

        return Moved(samples[..(Count * SampleSize)], model, sampler);
    }

    private float[] Moved(float[] samples, IEnergyModel model, ISampler sampler)
    {
        using var chains = empty([BatchSize, .. sampleShape]);
        Acceptance = null;
        for (var first = 0; first < Count; first += BatchSize)
        {
            var batch = samples.AsSpan(first * SampleSize, BatchSize * SampleSize);
            batch.CopyTo(chains.Floats());
            var trace = sampler.Run(model, chains, stream, NoiseOfChains, (uint)first);
            Acceptance = trace.Acceptance is { } share
                ? (Acceptance ?? 0) + (share * BatchSize / Count)
                : null;
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
