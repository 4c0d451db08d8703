using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Training.Models;

/// <summary>
/// Shows the states of a chain as it runs: a sampler asks for the energy once a step, at the state that the
/// step starts from.
/// </summary>
/// <param name="model">The model, which stays the caller's.</param>
/// <param name="watch">Told the number of finished steps, from 0, the states, and their energies.</param>
public sealed class WatchedModel(IEnergyModel model, Action<int, Tensor, Tensor> watch) : IEnergyModel
{
    private int _steps;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => model.Parameters;

    /// <inheritdoc/>
    public IReadOnlyList<Layer> Layers => model.Layers;

    /// <inheritdoc/>
    public Tensor Energy(Tensor x)
    {
        var energy = model.Energy(x);
        watch(_steps++, x, energy);
        return energy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
