using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Training.Models;

/// <summary>
/// The joint energy-based model: class logits f on a trunk define the energy, E(x) = −log Σ exp f(x)[y], so
/// that p(x, y) ∝ exp(f(x)[y]) and p(y|x) = softmax(f(x)).
/// </summary>
/// <remarks>
/// Source: Grathwohl et al. 2020, eq. 5 and 6. 16,554 and 63,050 parameters on the convolutional trunk with
/// h = 16 and 32; EnergyNet, 932,362, on the flattened one.
/// </remarks>
public sealed class JemModel : IJointModel, IFeatures
{
    private readonly Trunk _trunk;
    private readonly Linear _head;

    /// <summary>A model on a trunk, which it takes over.</summary>
    /// <param name="trunk">What the logits stand on.</param>
    /// <param name="classes">Number of classes.</param>
    public JemModel(Trunk trunk, int classes)
    {
        _trunk = trunk;
        _head = nn.Linear(trunk.Width, classes);
        Parameters = [.. trunk.Layers.parameters(), .. _head.parameters()];
        Layers = [.. trunk.Description, Layer.Of(_head, [classes])];
    }

    /// <summary>
    /// Gives the energy the sign that EnergyNet was published with, E = +log Σ exp f, which is no joint model:
    /// the score, which is read off the logits, is then low on data.
    /// </summary>
    public bool AsPublished { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Layer> Layers { get; }

    /// <inheritdoc/>
    public Tensor Features(Tensor x) => _trunk.Layers.forward(x);

    /// <inheritdoc/>
    public Tensor Energy(Tensor x) => EnergyOf(Logits(x));

    /// <summary>log Σ exp f(x)[y], whatever the sign of the energy.</summary>
    /// <param name="x">Shape [batch, …].</param>
    /// <returns>Shape [batch].</returns>
    public Tensor Score(Tensor x) => Logits(x).logsumexp(1);

    /// <inheritdoc/>
    public Tensor Logits(Tensor x) => _head.forward(_trunk.Layers.forward(x));

    /// <inheritdoc/>
    public (Tensor Energy, Tensor Logits) Both(Tensor x)
    {
        var logits = Logits(x);
        return (EnergyOf(logits), logits);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _trunk.Dispose();
        _head.Dispose();
    }

    private Tensor EnergyOf(Tensor logits)
    {
        var density = logits.logsumexp(1);
        return AsPublished ? density : -density;
    }
}
