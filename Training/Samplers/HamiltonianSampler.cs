using Training.Models;
using Training.Randomness;
using static TorchSharp.torch;

namespace Training.Samplers;

/// <summary>
/// Hamiltonian Monte Carlo with a decision per chain; with one leapfrog step it is MALA, the
/// Metropolis-adjusted Langevin algorithm.
/// </summary>
/// <param name="settings">Step, length and temperature.</param>
/// <param name="box">
/// What chains are kept in: a coordinate that meets a wall is reflected with its momentum, which keeps
/// exp(−E/τ) within the box invariant.
/// </param>
/// <remarks>
/// v ~ N(0, I); half a kick, drifts with a full kick between them, half a kick; taken with probability
/// min(1, exp(H_old − H_new)), H = E/τ + |v|²/2. The gradient at the end of a trajectory is the next one's
/// first, so that T trajectories of L steps cost T·L + 1 gradients. Source: Neal 2011, sections 3 and 5.2
/// (one step is the Langevin method); Roberts and Tweedie 1996.
/// </remarks>
public sealed class HamiltonianSampler(HamiltonianSettings settings, Box box) : ISampler
{
    /// <inheritdoc/>
    public string Name => settings.LeapfrogSteps == 1 ? "mala" : "hmc";

    /// <inheritdoc/>
    public int Steps => settings.Trajectories;

    /// <inheritdoc/>
    public ChainTrace Run(
        IEnergyModel model,
        Tensor chains,
        RandomStream stream,
        uint update,
        uint firstChain = 0,
        Action<int>? afterStep = null)
    {
        var start = chains.Floats().ToArray();
        var count = (int)chains.shape[0];
        using var frozen = new FrozenParameters(model.Parameters);
        var moving = new HamiltonianChains(model, chains, box);
        var steps = new List<ChainStep>(settings.Trajectories);
        var accepted = 0L;
        for (var index = 0; index < settings.Trajectories; index++)
        {
            steps.Add(moving.Describe());
            accepted += moving.Move(
                _ => (settings.StepSize, settings.Temperature),
                settings.LeapfrogSteps,
                new CounterWords(stream, update, firstChain, (uint)index));
            afterStep?.Invoke(index + 1);
        }

        return new ChainTrace(
            steps,
            ChainStatistics.MeanDistance(start, chains.Floats(), start.Length / count),
            box.CountSaturated(chains.Floats()) / (double)start.Length,
            moving.GradientEvaluations,
            accepted / ((double)count * settings.Trajectories));
    }
}
