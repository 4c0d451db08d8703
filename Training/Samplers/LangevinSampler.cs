using Shared.Experiments;
using Training.Models;
using Training.Randomness;
using static TorchSharp.torch;

namespace Training.Samplers;

/// <summary>Unadjusted Langevin chains that descend an energy, clamped to the box at every step.</summary>
/// <param name="parameters">Form, T, step sizes, noise and clip.</param>
/// <param name="box">What chains are kept in.</param>
/// <remarks>
/// Textbook: x' = x − (ε²/2)·∇E(x) + ε·η. Decoupled: x' = x − α·clip(∇E(x)) + σ·η, which without the clip
/// targets exp(−E/τ) with τ = σ²/2α. Source: Welling and Teh 2011; Du and Mordatch 2019; Grathwohl et al.
/// 2020.
/// </remarks>
public sealed class LangevinSampler(SamplerParameters parameters, Box box)
{
    /// <summary>Runs T steps of every chain.</summary>
    /// <param name="model">
    /// The energy; its parameters get no gradient meanwhile and are left as they were.
    /// </param>
    /// <param name="chains">
    /// States, contiguous float32 of shape [chains, …] without history; overwritten.
    /// </param>
    /// <param name="noise">Stream of the step noise.</param>
    /// <param name="update">Third counter word of the noise.</param>
    /// <param name="firstChain">
    /// Second counter word of the noise of the first chain; the others follow.
    /// </param>
    public void Run(IEnergyModel model, Tensor chains, RandomStream noise, uint update, uint firstChain = 0)
    {
        using var frozen = new FrozenParameters(model.Parameters);
        var count = (int)chains.shape[0];
        chains.requires_grad = true;
        try
        {
            for (var step = 0; step < parameters.Steps; step++)
            {
                using var scope = NewDisposeScope();
                var energy = model.Energy(chains).sum();
                var gradient = autograd.grad([energy], [chains])[0].contiguous();
                var at = (firstChain, update, (uint)step);
                Move(chains.Floats(), gradient.Floats(), count, StepAt(step), noise, at);
            }
        }
        finally
        {
            chains.requires_grad = false;
        }
    }

    /// <summary>Drift and noise of one step.</summary>
    /// <param name="step">t, from 0.</param>
    public LangevinStep StepAt(int step)
    {
        var size = parameters.StepSize.At(step, parameters.Steps);
        return parameters.Form is LangevinForm.Textbook
            ? new LangevinStep(size * size / 2, size, parameters.ValueClip, box)
            : new LangevinStep(
                size, parameters.Noise.At(step, parameters.Steps), parameters.ValueClip, box);
    }

    private static void Move(
        Span<float> chains,
        ReadOnlySpan<float> gradient,
        int count,
        LangevinStep step,
        RandomStream noise,
        (uint FirstChain, uint Update, uint Step) at)
    {
        var size = chains.Length / count;
        var normals = new float[size];
        for (var row = 0; row < count; row++)
        {
            noise.FillNormal(normals, at.FirstChain + (uint)row, at.Update, at.Step);
            step.Apply(chains.Slice(row * size, size), gradient.Slice(row * size, size), normals);
        }
    }
}
