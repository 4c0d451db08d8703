using TorchSharp.Modules;

namespace Training.Models;

/// <summary>
/// Keeps parameters out of the gradient while a chain runs, and leaves every flag as it was found.
/// </summary>
public sealed class FrozenParameters : IDisposable
{
    private readonly List<Parameter> _frozen;

    /// <summary>Freezes those parameters that are not frozen already.</summary>
    public FrozenParameters(IEnumerable<Parameter> parameters)
    {
        _frozen = [.. parameters.Where(parameter => parameter.requires_grad)];
        _frozen.ForEach(parameter => parameter.requires_grad = false);
    }

    /// <inheritdoc/>
    public void Dispose() => _frozen.ForEach(parameter => parameter.requires_grad = true);
}
