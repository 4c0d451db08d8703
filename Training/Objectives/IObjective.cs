using Training.Models;
using static TorchSharp.torch;

namespace Training.Objectives;

/// <summary>A loss over positives and negatives.</summary>
public interface IObjective
{
    /// <summary>The model that is trained.</summary>
    IEnergyModel Model { get; }

    /// <summary>The loss of one update.</summary>
    /// <param name="positives">x⁺, shape [batch, …].</param>
    /// <param name="labels">
    /// Classes of the positives, int64 of shape [batch]; read where the objective classifies.
    /// </param>
    /// <param name="negatives">x⁻, shape [batch, …], without history.</param>
    Loss Of(Tensor positives, Tensor labels, Tensor negatives);
}
