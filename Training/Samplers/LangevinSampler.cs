using Shared.Experiments;
using Training.Models;
using Training.Randomness;
using static TorchSharp.torch;

namespace Training.Samplers;

/// <summary>Unadjusted Langevin chains that descend an energy.</summary>
/// <param name="parameters">Form, T, step sizes, noise, order, clips and what happens at the box.</param>
/// <param name="box">What chains are kept in.</param>
/// <remarks>
/// Textbook: x' = x − (ε²/2)·∇E(x) + ε·η. Decoupled: x' = x − α·clip(∇E(x)) + σ·η, which without the clip
/// targets exp(−E/τ) with τ = σ²/2α. Source: Welling and Teh 2011; Du and Mordatch 2019; Grathwohl et al.
/// 2020.
/// </remarks>
public sealed class LangevinSampler(SamplerParameters parameters, Box box) : ISampler
{
    /// <inheritdoc/>
    public string Name => "langevin";

    /// <inheritdoc/>
    public int Steps => parameters.Steps + (parameters.FinalNoiseFreeStep ? 1 : 0);

    /// <inheritdoc/>
    public ChainTrace Run(
        IEnergyModel model,
        Tensor chains,
        RandomStream stream,
        uint update,
        uint firstChain = 0,
        Action<int>? afterStep = null)
    {
        using var frozen = new FrozenParameters(model.Parameters);
        var run = new LangevinRun(parameters, box, chains, (stream, update, firstChain));
        chains.requires_grad = true;
        try
        {
            for (var step = 0; step < Steps; step++)
            {
                var isNoiseFree = step == parameters.Steps;
                run.Take(isNoiseFree ? StepAt(step - 1) with { Noise = 0 } : StepAt(step), model, step);
                afterStep?.Invoke(step + 1);
            }
        }
        finally
        {
            chains.requires_grad = false;
        }

        return run.End();
    }

    /// <summary>Drift and noise of one step.</summary>
    /// <param name="step">t, from 0.</param>
    public LangevinStep StepAt(int step)
    {
        var size = parameters.StepSize.At(step, parameters.Steps);
        var (drift, noise) = parameters.Form is LangevinForm.Textbook
            ? (size * size / 2, size)
            : (size, parameters.Noise.At(step, parameters.Steps));
        return new LangevinStep(drift, noise, parameters.ValueClip, box)
        {
            NormClip = parameters.NormClip,
            IsClamped = parameters.Boundary is BoundaryRule.EveryStep,
        };
    }
}
