using Training.Models;
using Training.Randomness;
using static TorchSharp.torch;

namespace Training.Samplers;

/// <summary>
/// Annealed importance sampling: estimates log Z of an energy by bridging to it from a density that is known.
/// </summary>
/// <param name="start">The known density, and the box that chains are kept in.</param>
/// <param name="levels">K: β goes from 0 to 1 in K equal parts.</param>
/// <param name="transition">
/// Trajectories at each level; their temperature is 1, as a level has its own energy.
/// </param>
/// <remarks>
/// E_b = (1 − b)·E₀ + b·E; log w grows by (β_k − β_{k−1})·(E₀(x) − E(x)) before the transition at β_k. The
/// estimate of Z is unbiased, so that log Z comes out low on average. Chains that run back from draws of the
/// energy itself give an unbiased estimate of 1/Z, so that log Z comes out high. Sources: Neal 2001, section 2;
/// Burda, Grosse and Salakhutdinov 2015, section 3.
/// </remarks>
public sealed class AnnealedImportance(AnnealingStart start, int levels, HamiltonianSettings transition)
{
    private const uint Start = uint.MaxValue;

    /// <summary>Runs chains from the known density to the energy: log Z from below.</summary>
    /// <param name="model">The energy E; its parameters get no gradient meanwhile.</param>
    /// <param name="shape">Shape of the chains, [chains, …].</param>
    /// <param name="stream">What is random.</param>
    /// <param name="update">Third counter word of the stream.</param>
    /// <param name="stop">Ends it between two levels.</param>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public AnnealedEstimate Run(
        IEnergyModel model,
        IReadOnlyList<long> shape,
        RandomStream stream,
        uint update,
        CancellationToken stop = default)
    {
        using var chains = Drawn(shape, stream, update);
        using var bridge = new BridgedEnergy(model, start);
        using var frozen = new FrozenParameters(model.Parameters);
        var moving = new HamiltonianChains(bridge, chains, start.Within);
        var weights = new double[(int)shape[0]];
        var accepted = 0L;
        for (var level = 1; level <= levels; level++)
        {
            stop.ThrowIfCancellationRequested();
            bridge.AddFall(chains, 1.0 / levels, weights);
            accepted += Move(bridge, moving, level, (stream, update));
        }

        return AnnealedEstimate.Of(LogZOfStart(chains), weights, Share(accepted, weights.Length));
    }

    /// <summary>Runs chains from the energy back to the known density: log Z from above.</summary>
    /// <param name="model">The energy E; its parameters get no gradient meanwhile.</param>
    /// <param name="chains">Draws of exp(−E)/Z, contiguous float32 of shape [chains, …], moved in place.</param>
    /// <param name="stream">What is random.</param>
    /// <param name="update">Third counter word of the stream.</param>
    /// <param name="stop">Ends it between two levels.</param>
    /// <returns>Its effective sample size is that of 1/w.</returns>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public AnnealedEstimate RunBack(
        IEnergyModel model, Tensor chains, RandomStream stream, uint update, CancellationToken stop = default)
    {
        using var bridge = new BridgedEnergy(model, start) { Share = 1 };
        using var frozen = new FrozenParameters(model.Parameters);
        var moving = new HamiltonianChains(bridge, chains, start.Within);
        var inverses = new double[(int)chains.shape[0]];
        var accepted = 0L;
        for (var level = levels; level >= 1; level--)
        {
            stop.ThrowIfCancellationRequested();
            accepted += Move(bridge, moving, level, (stream, update));
            bridge.AddFall(chains, -1.0 / levels, inverses);
        }

        var inverse = AnnealedEstimate.Of(-LogZOfStart(chains), inverses, Share(accepted, inverses.Length));
        return inverse with { LogZ = -inverse.LogZ };
    }

    /// <summary>The transition at β_k, which leaves the density of its level as it is.</summary>
    /// <returns>How many proposals were taken.</returns>
    private long Move(
        BridgedEnergy bridge, HamiltonianChains moving, int level, (RandomStream Stream, uint Update) random)
    {
        bridge.Share = level / (double)levels;
        moving.Refresh();
        var accepted = 0L;
        for (var i = 0; i < transition.Trajectories; i++)
        {
            var index = (uint)((level * transition.Trajectories) + i);
            accepted += moving.Move(
                _ => (transition.StepSize, 1),
                transition.LeapfrogSteps,
                new CounterWords(random.Stream, random.Update, FirstChain: 0, index));
        }

        return accepted;
    }

    private double LogZOfStart(Tensor chains) => start.LogZ((int)(chains.numel() / chains.shape[0]));

    private double Share(long accepted, int chains) =>
        accepted / ((double)levels * transition.Trajectories * chains);

    private Tensor Drawn(IReadOnlyList<long> shape, RandomStream stream, uint update)
    {
        var chains = empty([.. shape]);
        var values = chains.Floats();
        var size = values.Length / (int)shape[0];
        for (var row = 0; row < (int)shape[0]; row++)
        {
            start.Draw(values.Slice(row * size, size), stream, (uint)row, update, Start);
        }

        return chains;
    }
}
