using Shared.Experiments;
using Training.Models;
using static TorchSharp.torch;

namespace Training.Objectives;

/// <summary>What every loss says about energies: the contrast and the two penalties.</summary>
/// <param name="Total">Their weighted sum, a scalar with history.</param>
/// <param name="Terms">The same as numbers, without classes.</param>
internal sealed record EnergyPart(Tensor Total, LossTerms Terms)
{
    /// <summary>w_x · contrast + λ · (mean E(x⁺)² + mean E(x⁻)²) + λ_G · mean |∇ₓE(x⁺)|².</summary>
    /// <param name="parameters">Contrast, weights and coefficients.</param>
    /// <param name="model">The model; asked again where the gradient by x is penalised.</param>
    /// <param name="energies">E of the positives, then of as many negatives, shape [2 · batch].</param>
    /// <param name="positives">x⁺, shape [batch, …].</param>
    public static EnergyPart Of(
        ObjectiveParameters parameters, IEnergyModel model, Tensor energies, Tensor positives)
    {
        var count = positives.shape[0];
        var (data, samples) = (energies.narrow(0, 0, count), energies.narrow(0, count, count));
        var contrast = Contrast(parameters, data, samples);
        var total = contrast * parameters.EnergyWeight;
        if (parameters.EnergyL2 > 0)
        {
            total += (data.square().mean() + samples.square().mean()) * parameters.EnergyL2;
        }

        var penalty = parameters.GradientPenalty > 0 ? SquaredGradient(model, positives) : null;
        if (penalty is not null)
        {
            total += penalty * parameters.GradientPenalty;
        }

        var values = energies.detach().contiguous().Floats();
        var terms = new LossTerms(
            total.item<float>(),
            EnergySummary.Of(values[..(int)count]),
            EnergySummary.Of(values[(int)count..]),
            Class: null)
        {
            GradientPenalty = penalty?.item<float>(),
        };
        return parameters.Contrast is Shared.Experiments.Contrast.Difference
            ? new EnergyPart(total, terms)
            : new EnergyPart(total, terms with { Contrastive = contrast.item<float>() });
    }

    /// <summary>Positives against negatives, with history.</summary>
    /// <param name="parameters">The form, and its margins.</param>
    /// <param name="data">E(x⁺), shape [batch].</param>
    /// <param name="samples">E(x⁻), shape [batch].</param>
    private static Tensor Contrast(ObjectiveParameters parameters, Tensor data, Tensor samples) =>
        parameters.Contrast switch
        {
            Shared.Experiments.Contrast.Difference => data.mean() - samples.mean(),
            Shared.Experiments.Contrast.Hinge => (data - parameters.MarginData).relu().mean()
                + (parameters.MarginSamples - samples).relu().mean(),
            Shared.Experiments.Contrast.Softplus => nn.functional.softplus(data - samples).mean(),
            _ => throw new ArgumentOutOfRangeException(nameof(parameters)),
        };

    /// <summary>mean |∇ₓE(x⁺)|², itself with history.</summary>
    private static Tensor SquaredGradient(IEnergyModel model, Tensor positives)
    {
        var x = positives.detach().clone().requires_grad_();
        var gradient = autograd.grad([model.Energy(x).sum()], [x], null, true, true)[0];
        return gradient.square().sum() / (double)positives.shape[0];
    }
}
