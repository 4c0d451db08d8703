using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Training.Models;

/// <summary>An unnormalised density p(x) ∝ exp(−E(x)): low energy is probable.</summary>
public interface IEnergyModel : IDisposable
{
    /// <summary>What is trained, in a fixed order.</summary>
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The energies.</summary>
    /// <param name="x">Shape [batch, …].</param>
    /// <returns>E, shape [batch], also where the batch is 1.</returns>
    Tensor Energy(Tensor x);
}
