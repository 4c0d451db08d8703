using System.Collections.Immutable;
using Shared.Experiments;
using Shared.Reports;
using Training.Initialisation;
using Training.Models;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Training.Evaluation;

/// <summary>A few chains from fresh noise, watched on their way. They share no draw with what is measured.</summary>
/// <param name="sampleShape">Shape of one image, such as [1, 28, 28].</param>
/// <param name="box">The box of fresh noise.</param>
/// <param name="noise">The law of fresh noise.</param>
/// <param name="stream">Stream of the purpose evaluation.</param>
public sealed class WatchedChains(
    IReadOnlyList<long> sampleShape, Box box, InitialisationParameters noise, RandomStream stream)
{
    /// <summary>How many chains.</summary>
    public const int Count = 6;

    /// <summary>Most states of a chain in the strip.</summary>
    public const int Columns = 11;

    /// <summary>Most energies of a chain: all of up to 200 steps, or 201 at equal distances.</summary>
    public const int Points = 201;

    // Third counter words of the stream: no other draw of an evaluation has them.
    private const uint NoiseOfChains = 5_000;
    private const int StartOfChains = 5_001;

    /// <summary>Runs the chains.</summary>
    /// <param name="model">The energy.</param>
    /// <param name="sampler">What moves them.</param>
    /// <returns>Their states x₀ … x_T as a strip, and their energies.</returns>
    public (GrayImage Strip, ChainEnergies Energies) Run(IEnergyModel model, ISampler sampler)
    {
        var steps = SampleStrip.Evenly(sampler.Steps, Points);
        var strip = new SampleStrip(Count, sampler.Steps, Columns, (int)sampleShape[^1]);
        float[][] energies = [.. Enumerable.Range(0, Count).Select(_ => new float[steps.Length])];
        using var chains = empty([Count, .. sampleShape]);
        var size = chains.Floats().Length / Count;
        new FreshNoise(noise, size, box, stream).FillAll(chains.Floats(), StartOfChains);
        Look(0);
        sampler.Run(model, chains, stream, NoiseOfChains, afterStep: step =>
        {
            if (step < sampler.Steps)
            {
                Look(step);
            }
        });
        Look(sampler.Steps);   // once the box has had its say
        return (strip.Image, new ChainEnergies(strip.Steps, steps, [.. energies.Select(e => e.ToImmutableArray())]));

        void Look(int step)
        {
            strip.Show(step, chains.Floats());
            if (steps.BinarySearch(step) is >= 0 and var point)
            {
                var found = Energies.Of(model, chains.Floats(), sampleShape);
                for (var chain = 0; chain < Count; chain++)
                {
                    energies[chain][point] = (float)found[chain];
                }
            }
        }
    }
}
