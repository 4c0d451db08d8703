using Shared.Experiments;
using Training.Models;
using static TorchSharp.torch;

namespace Training.Objectives;

/// <summary>
/// L = w_x · contrast + λ · (mean E(x⁺)² + mean E(x⁻)²) + λ_G · mean |∇ₓE(x⁺)|²; the contrast is
/// mean E(x⁺) − mean E(x⁻), a hinge on both, or softplus of E(x⁺) − E(x⁻).
/// </summary>
/// <param name="model">The model that is trained.</param>
/// <param name="parameters">Contrast, weights and coefficients.</param>
/// <remarks>
/// Source: Hinton 2002 (contrastive divergence); Du and Mordatch 2019, eq. 3 and section 3.3, and the
/// softplus of their code; Zhao et al. 2016, eq. 1 (hinge).
/// </remarks>
public sealed class ContrastiveLoss(IEnergyModel model, ObjectiveParameters parameters) : IObjective
{
    /// <inheritdoc/>
    public IEnergyModel Model => model;

    /// <inheritdoc/>
    public Loss Of(Tensor positives, Tensor labels, Tensor negatives)
    {
        var energies = model.Energy(cat([positives, negatives], 0));
        var part = EnergyPart.Of(parameters, model, energies, positives);
        return new Loss(part.Total, part.Terms);
    }
}
