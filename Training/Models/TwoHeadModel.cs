using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Training.Models;

/// <summary>
/// The two-head model of the JEM exercise: a scalar head g = f = −E and a class head on one trunk, so that
/// p(x) ∝ exp(g(x)) and p(y|x) = softmax(l(x)).
/// </summary>
/// <remarks>
/// 16,683, 63,307 and 246,411 parameters with h = 16, 32 and 64. A legal joint density, but the class
/// logits do not enter p(x): it is multi-task learning and not JEM (Grathwohl et al. 2020).
/// </remarks>
public sealed class TwoHeadModel : IJointModel, IFeatures
{
    private readonly Trunk _trunk;
    private readonly ScalarHead _energyHead;
    private readonly Linear _classHead;

    /// <summary>A model on a trunk, which it takes over.</summary>
    /// <param name="trunk">What both heads stand on.</param>
    /// <param name="classes">Number of classes.</param>
    public TwoHeadModel(Trunk trunk, int classes)
    {
        _trunk = trunk;
        _energyHead = new ScalarHead(trunk.Width);
        _classHead = nn.Linear(trunk.Width, classes);
        Parameters = [.. trunk.Layers.parameters(), .. _energyHead.Parameters, .. _classHead.parameters()];
        Layers = [.. trunk.Description, _energyHead.Description, Layer.Of(_classHead, [classes])];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Layer> Layers { get; }

    /// <inheritdoc/>
    public Tensor Features(Tensor x) => _trunk.Layers.forward(x);

    /// <inheritdoc/>
    public Tensor Energy(Tensor x) => _energyHead.Energy(_trunk.Layers.forward(x));

    /// <inheritdoc/>
    public Tensor Logits(Tensor x) => _classHead.forward(_trunk.Layers.forward(x));

    /// <inheritdoc/>
    public (Tensor Energy, Tensor Logits) Both(Tensor x)
    {
        var features = _trunk.Layers.forward(x);
        return (_energyHead.Energy(features), _classHead.forward(features));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _trunk.Dispose();
        _energyHead.Dispose();
        _classHead.Dispose();
    }
}
