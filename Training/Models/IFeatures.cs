using static TorchSharp.torch;

namespace Training.Models;

/// <summary>Has penultimate features: what its heads stand on.</summary>
public interface IFeatures
{
    /// <summary>The features.</summary>
    /// <param name="x">Shape [batch, …].</param>
    /// <returns>Shape [batch, width].</returns>
    Tensor Features(Tensor x);
}
