using Training.Models;
using Training.Randomness;
using static TorchSharp.torch;

namespace Training.Samplers;

/// <summary>
/// Replica exchange: each chain runs at a ladder of temperatures, a MALA step at each and then swaps between
/// neighbours, so that what is hot carries what is cold over barriers.
/// </summary>
/// <param name="temperatures">τ₁ = 1 &lt; τ₂ &lt; …: chains at τ₁ are the samples.</param>
/// <param name="stepSize">ε at τ₁, in units of x; ε·√τ at the others.</param>
/// <param name="steps">Rounds of a MALA step and a swap.</param>
/// <param name="box">What reflects chains.</param>
/// <remarks>
/// Neighbours i, j of one chain are swapped, even and odd pairs in turn, with probability
/// min(1, exp[(1/τ_i − 1/τ_j)(E(x_i) − E(x_j))]). Source: Geyer 1991; Earl and Deem 2005, eq. 2.
/// </remarks>
public sealed class ReplicaExchange(
    IReadOnlyList<double> temperatures, double stepSize, int steps, Box box) : ISampler
{
    // Added to a round's number for the coins of its swaps: no run is as long.
    private const uint Swaps = 1u << 30;

    /// <inheritdoc/>
    public string Name => "replica-exchange";

    /// <inheritdoc/>
    public int Steps => steps;

    /// <summary>Share of the swaps of the last run that were made; 0.2 to 0.6 is a good ladder.</summary>
    public double SwapRate { get; private set; }

    /// <summary>Temperatures from 1 in equal ratios.</summary>
    /// <param name="count">How many, at least 2.</param>
    /// <param name="highest">The last one, above 1.</param>
    public static IReadOnlyList<double> Ladder(int count, double highest) =>
        [.. Enumerable.Range(0, count).Select(i => Math.Pow(highest, i / (count - 1.0)))];

    /// <inheritdoc/>
    /// <remarks>All replicas of a chain begin where the chain is.</remarks>
    public ChainTrace Run(
        IEnergyModel model,
        Tensor chains,
        RandomStream stream,
        uint update,
        uint firstChain = 0,
        Action<int>? afterStep = null)
    {
        using var frozen = new FrozenParameters(model.Parameters);
        var count = (int)chains.shape[0];
        var start = chains.Floats().ToArray();
        using var replicas = empty([count * temperatures.Count, .. chains.shape[1..]]);
        for (var i = 0; i < temperatures.Count; i++)
        {
            start.CopyTo(replicas.Floats()[(i * start.Length)..]);
        }

        var moving = new HamiltonianChains(model, replicas, box);
        var trace = new List<ChainStep>(steps);
        var (accepted, swapped, tried) = (0L, 0L, 0L);
        for (var step = 0; step < steps; step++)
        {
            trace.Add(moving.Describe());
            var words = new CounterWords(
                stream, update, firstChain * (uint)temperatures.Count, (uint)step);
            accepted += moving.Move(row => Pace(row / count), leapfrogSteps: 1, words);
            for (var pair = step % 2; pair + 1 < temperatures.Count; pair += 2)
            {
                swapped += Exchange(moving, pair, count, words with { Index = Swaps + (uint)step });
                tried += count;
            }

            replicas.Floats()[..start.Length].CopyTo(chains.Floats());
            afterStep?.Invoke(step + 1);
        }

        SwapRate = tried > 0 ? swapped / (double)tried : 0;
        return new ChainTrace(
            trace,
            ChainStatistics.MeanDistance(start, chains.Floats(), start.Length / count),
            box.CountSaturated(chains.Floats()) / (double)start.Length,
            moving.GradientEvaluations,
            accepted / ((double)steps * count * temperatures.Count));
    }

    private (double StepSize, double Temperature) Pace(int replica) =>
        (stepSize * Math.Sqrt(temperatures[replica]), temperatures[replica]);

    private int Exchange(HamiltonianChains moving, int pair, int count, CounterWords words)
    {
        var colder = (1 / temperatures[pair]) - (1 / temperatures[pair + 1]);
        var swapped = 0;
        for (var chain = 0; chain < count; chain++)
        {
            var (cold, hot) = ((pair * count) + chain, ((pair + 1) * count) + chain);
            var gain = colder * ((double)moving.Energies[cold] - moving.Energies[hot]);
            if (Math.Log(words.Coin(cold)) < gain)
            {
                moving.Swap(cold, hot);
                swapped++;
            }
        }

        moving.Publish();
        return swapped;
    }
}
