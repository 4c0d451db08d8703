using static TorchSharp.torch;

namespace Training.Models;

/// <summary>Tells classes apart: p(y|x) = softmax(logits).</summary>
public interface IClassifier
{
    /// <summary>The class logits.</summary>
    /// <param name="x">Shape [batch, …].</param>
    /// <returns>Shape [batch, classes].</returns>
    Tensor Logits(Tensor x);
}

/// <summary>A model of data and classes together.</summary>
public interface IJointModel : IEnergyModel, IClassifier
{
    /// <summary>Energies and class logits in one pass.</summary>
    /// <param name="x">Shape [batch, …].</param>
    /// <returns>E, shape [batch], and the logits, shape [batch, classes].</returns>
    (Tensor Energy, Tensor Logits) Both(Tensor x);
}
