using TorchSharp.Modules;
using Training.Models;

namespace Training.Checkpoints;

/// <summary>The weights that training changes.</summary>
/// <param name="parameters">The weights, float32 on the CPU.</param>
internal sealed class ModelWeights(IReadOnlyList<Parameter> parameters) : ICheckpointed
{
    /// <inheritdoc/>
    public string Section => "weights";

    /// <inheritdoc/>
    public void Save(BinaryWriter to)
    {
        foreach (var parameter in parameters)
        {
            to.Write(parameter.Floats());
        }
    }

    /// <inheritdoc/>
    public void Load(BinaryReader from)
    {
        foreach (var parameter in parameters)
        {
            from.ReadInto(parameter.Floats());
        }
    }
}
