using Training.Models;
using static TorchSharp.torch;

namespace Training.Objectives;

/// <summary>
/// The contrastive loss of the energy head plus the cross-entropy of the class head on the positives.
/// </summary>
/// <param name="model">The model that is trained.</param>
/// <param name="energyL2">λ of <see cref="ContrastiveLoss"/>.</param>
/// <remarks>Source: the JEM exercise, after Grathwohl et al. 2020, eq. 7; all weights are 1.</remarks>
public sealed class JointLoss(TwoHeadModel model, double energyL2) : IObjective
{
    /// <inheritdoc/>
    public IEnergyModel Model => model;

    /// <inheritdoc/>
    public Loss Of(Tensor positives, Tensor labels, Tensor negatives)
    {
        var count = positives.shape[0];
        var (energies, logits) = model.Both(cat([positives, negatives], 0));
        var classLoss = nn.functional.cross_entropy(logits.narrow(0, 0, count), labels);
        var total = ContrastiveLoss.Contrast(energies, count, energyL2) + classLoss;
        return ContrastiveLoss.WithTerms(total, energies, (int)count, classLoss.item<float>());
    }
}
