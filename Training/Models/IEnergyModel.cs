using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Training.Models;

/// <summary>An unnormalised density p(x) ∝ exp(−E(x)): low energy is probable.</summary>
public interface IEnergyModel : IDisposable
{
    /// <summary>What is trained, in a fixed order.</summary>
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Its layers in words, in the order in which numbers go through them.</summary>
    IReadOnlyList<Layer> Layers { get; }

    /// <summary>The energies.</summary>
    /// <param name="x">Shape [batch, …].</param>
    /// <returns>E, shape [batch], also where the batch is 1.</returns>
    Tensor Energy(Tensor x);

    /// <summary>How probable x looks to a reader of the model: log p(x) up to a constant, −E unless said.</summary>
    /// <param name="x">Shape [batch, …].</param>
    /// <returns>Shape [batch]; high where x looks like data.</returns>
    Tensor Score(Tensor x) => -Energy(x);
}
