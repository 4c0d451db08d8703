using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Training.Models;

/// <summary>
/// A trunk and one scalar head: the toy with the trunk 2-64-64, 4,417 parameters, and the tutorial's
/// convolutional energy, 1,738,433.
/// </summary>
public sealed class ScalarEnergy : IEnergyModel, IFeatures
{
    private readonly Trunk _trunk;
    private readonly ScalarHead _head;

    /// <summary>A model on a trunk, which it takes over.</summary>
    public ScalarEnergy(Trunk trunk)
    {
        _trunk = trunk;
        _head = new ScalarHead(trunk.Width);
        Parameters = [.. trunk.Layers.parameters(), .. _head.Parameters];
        Layers = [.. trunk.Description, _head.Description];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Layer> Layers { get; }

    /// <inheritdoc/>
    public Tensor Features(Tensor x) => _trunk.Layers.forward(x);

    /// <inheritdoc/>
    public Tensor Energy(Tensor x) => _head.Energy(_trunk.Layers.forward(x));

    /// <inheritdoc/>
    public void Dispose()
    {
        _trunk.Dispose();
        _head.Dispose();
    }
}
