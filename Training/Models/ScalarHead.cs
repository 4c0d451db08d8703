using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Training.Models;

/// <summary>The one place where a network's output becomes an energy.</summary>
/// <remarks>
/// The head gives f, the unnormalised log-density, as in the JEM exercise, where g is called energy and is
/// minus it. Everything else in this library, samplers and losses included, sees E = −f.
/// </remarks>
public sealed class ScalarHead : IDisposable
{
    private readonly Linear _head;

    /// <summary>A linear head on features.</summary>
    /// <param name="width">Number of features.</param>
    public ScalarHead(int width) => _head = nn.Linear(width, 1);

    /// <summary>Weight and bias.</summary>
    public IEnumerable<Parameter> Parameters => _head.parameters();

    /// <summary>The head in words.</summary>
    public Layer Description => Layer.Of(_head, [1]);

    /// <summary>E = −f.</summary>
    /// <param name="features">Shape [batch, width].</param>
    /// <returns>Shape [batch].</returns>
    public Tensor Energy(Tensor features) => -_head.forward(features).squeeze(1);

    /// <inheritdoc/>
    public void Dispose() => _head.Dispose();
}
