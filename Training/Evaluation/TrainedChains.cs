using Shared.Experiments;
using Training.Initialisation;
using Training.Models;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Training.Evaluation;

/// <summary>
/// Chains that start as training starts them and leave training as it was: a buffer is read, never written.
/// </summary>
/// <param name="sampleShape">Shape of one sample, such as [1, 28, 28].</param>
/// <param name="box">The box of fresh noise.</param>
/// <param name="initialisation">Where training starts its chains.</param>
/// <param name="stream">Stream of a purpose that training does not draw from.</param>
public sealed class TrainedChains(
    IReadOnlyList<long> sampleShape, Box box, InitialisationParameters initialisation, RandomStream stream)
{
    private const int BatchSize = 200;

    // Fourth counter word of the draws; steps of chains use a round of their own.
    private const uint SlotDraw = 1;
    private const uint Restart = 2;

    private readonly int _size = (int)sampleShape.Aggregate(1L, (product, side) => product * side);

    /// <summary>
    /// First states: copies of a buffer's slots, drawn with replacement and restarted as often as training
    /// restarts them, data, or fresh noise.
    /// </summary>
    /// <param name="start">Where training starts its chains.</param>
    /// <param name="count">How many chains.</param>
    /// <param name="round">What tells these chains from others of the stream, such as the update.</param>
    /// <param name="data">At least as many samples, for chains that start at data.</param>
    /// <returns>Shape [count, sample size].</returns>
    public float[] Starts(IChainStart start, int count, int round, ReadOnlySpan<float> data)
    {
        if (start is DataStart)
        {
            return data[..(count * _size)].ToArray();
        }

        var states = new float[count * _size];
        var noise = new FreshNoise(initialisation, _size, box, stream);
        for (var row = 0; row < count; row++)
        {
            var state = states.AsSpan(row * _size, _size);
            if (start is ReplayBuffer buffer
                && stream.Unit((uint)row, (uint)round, Restart) >= initialisation.Reinitialisation)
            {
                buffer[stream.Index(buffer.Count, (uint)row, (uint)round, SlotDraw)].CopyTo(state);
            }
            else
            {
                noise.Fill(state, row, round);
            }
        }

        return states;
    }

    /// <summary>Runs chains, a batch at a time.</summary>
    /// <param name="model">The energy.</param>
    /// <param name="sampler">The sampler.</param>
    /// <param name="states">Shape [count, sample size], overwritten.</param>
    /// <param name="round">As of <see cref="Starts"/>.</param>
    public void Run(IEnergyModel model, ISampler sampler, Span<float> states, int round)
    {
        var noise = new RandomStream(~stream.Key);   // steps of chains and their starts never share a word
        for (var first = 0; first * _size < states.Length; first += BatchSize)
        {
            var count = Math.Min(BatchSize, (states.Length / _size) - first);
            var batch = states.Slice(first * _size, count * _size);
            using var chains = empty([count, .. sampleShape]);
            batch.CopyTo(chains.Floats());
            _ = sampler.Run(model, chains, noise, (uint)round, (uint)first);
            chains.Floats().CopyTo(batch);
        }
    }
}
