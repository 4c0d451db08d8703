using Training.Models;
using Training.Randomness;
using static TorchSharp.torch;

namespace Training.Samplers;

/// <summary>
/// Annealed importance sampling: estimates log Z of an energy by bridging to it from a Gaussian.
/// </summary>
/// <param name="deviation">s of the Gaussian N(0, s²·I) from which chains are drawn.</param>
/// <param name="levels">K: β goes from 0 to 1 in K equal parts.</param>
/// <param name="transition">
/// Trajectories at each level; their temperature is 1, as a level has its own energy.
/// </param>
/// <remarks>
/// E_b = (1 − b)·E₀ + b·E; log w grows by (β_k − β_{k−1})·(E₀(x) − E(x)) before the transition at β_k. The
/// estimate of Z is unbiased, so that log Z comes out low on average. Source: Neal 2001, section 2.
/// </remarks>
public sealed class AnnealedImportance(double deviation, int levels, HamiltonianSettings transition)
{
    private const uint Start = uint.MaxValue;

    /// <summary>Runs chains from the Gaussian to the energy.</summary>
    /// <param name="model">The energy E; its parameters get no gradient meanwhile.</param>
    /// <param name="shape">Shape of the chains, [chains, …].</param>
    /// <param name="stream">What is random.</param>
    /// <param name="update">Third counter word of the stream.</param>
    public AnnealedEstimate Run(
        IEnergyModel model, IReadOnlyList<long> shape, RandomStream stream, uint update)
    {
        using var chains = Drawn(shape, stream, update);
        using var bridge = new BridgedEnergy(model, deviation);
        using var frozen = new FrozenParameters(model.Parameters);
        var moving = new HamiltonianChains(bridge, chains, Box.Unbounded);
        var weights = new double[(int)shape[0]];
        var accepted = 0L;
        for (var level = 1; level <= levels; level++)
        {
            bridge.AddFall(chains, 1.0 / levels, weights);
            bridge.Share = level / (double)levels;
            moving.Refresh();
            for (var i = 0; i < transition.Trajectories; i++)
            {
                var index = (uint)((level * transition.Trajectories) + i);
                accepted += moving.Move(
                    _ => (transition.StepSize, 1),
                    transition.LeapfrogSteps,
                    new CounterWords(stream, update, FirstChain: 0, index));
            }
        }

        var numbers = chains.Floats().Length / weights.Length;
        var logZ0 = numbers / 2.0 * Math.Log(2 * Math.PI * deviation * deviation);
        return AnnealedEstimate.Of(
            logZ0, weights, accepted / ((double)levels * transition.Trajectories * weights.Length));
    }

    private Tensor Drawn(IReadOnlyList<long> shape, RandomStream stream, uint update)
    {
        var chains = empty([.. shape]);
        var values = chains.Floats();
        var size = values.Length / (int)shape[0];
        for (var row = 0; row < (int)shape[0]; row++)
        {
            stream.FillNormal(values.Slice(row * size, size), (uint)row, update, Start);
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(deviation * values[i]);
        }

        return chains;
    }
}
