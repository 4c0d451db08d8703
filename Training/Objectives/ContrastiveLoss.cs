using Training.Models;
using static TorchSharp.torch;

namespace Training.Objectives;

/// <summary>L = mean E(x⁺) − mean E(x⁻) + λ·(mean E(x⁺)² + mean E(x⁻)²).</summary>
/// <param name="model">The model that is trained.</param>
/// <param name="energyL2">λ; 0 leaves the term out.</param>
/// <remarks>
/// Source: Hinton 2002 (contrastive divergence); Du and Mordatch 2019, eq. 3 and section 3.3.
/// </remarks>
public sealed class ContrastiveLoss(IEnergyModel model, double energyL2) : IObjective
{
    /// <inheritdoc/>
    public IEnergyModel Model => model;

    /// <inheritdoc/>
    public Loss Of(Tensor positives, Tensor labels, Tensor negatives)
    {
        var count = positives.shape[0];
        var energies = model.Energy(cat([positives, negatives], 0));
        var total = Contrast(energies, count, energyL2);
        return WithTerms(total, energies, (int)count, classLoss: null);
    }

    /// <summary>The contrastive part and the penalty, with history.</summary>
    /// <param name="energies">Energies of positives, then of as many negatives, shape [2 · count].</param>
    /// <param name="count">Number of positives.</param>
    /// <param name="energyL2">λ.</param>
    internal static Tensor Contrast(Tensor energies, long count, double energyL2)
    {
        var (data, samples) = (energies.narrow(0, 0, count), energies.narrow(0, count, count));
        var contrast = data.mean() - samples.mean();
        return energyL2 > 0
            ? contrast + ((data.square().mean() + samples.square().mean()) * energyL2)
            : contrast;
    }

    /// <summary>The loss with its terms as numbers.</summary>
    internal static Loss WithTerms(Tensor total, Tensor energies, int count, double? classLoss)
    {
        var values = energies.detach().contiguous().Floats();
        var terms = new LossTerms(
            total.item<float>(),
            EnergySummary.Of(values[..count]),
            EnergySummary.Of(values[count..]),
            classLoss);
        return new Loss(total, terms);
    }
}
