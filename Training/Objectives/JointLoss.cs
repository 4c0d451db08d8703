using Shared.Experiments;
using Training.Models;
using static TorchSharp.torch;

namespace Training.Objectives;

/// <summary>
/// The loss of <see cref="ContrastiveLoss"/> plus w_c times the cross-entropy of the classes on the positives.
/// </summary>
/// <param name="model">The model that is trained.</param>
/// <param name="parameters">Contrast, weights and coefficients.</param>
/// <remarks>Source: Grathwohl et al. 2020, eq. 7, with the weights of their code.</remarks>
public sealed class JointLoss(IJointModel model, JointObjectiveParameters parameters) : IObjective
{
    /// <inheritdoc/>
    public IEnergyModel Model => model;

    /// <inheritdoc/>
    public Loss Of(Tensor positives, Tensor labels, Tensor negatives)
    {
        var (energies, logits) = model.Both(cat([positives, negatives], 0));
        var classLoss = nn.functional.cross_entropy(logits.narrow(0, 0, positives.shape[0]), labels);
        var part = EnergyPart.Of(parameters, model, energies, positives);
        var total = part.Total + (classLoss * parameters.ClassWeight);
        return new Loss(
            total, part.Terms with { Value = total.item<float>(), Class = classLoss.item<float>() });
    }
}
