using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Training.Models;

/// <summary>One layer of a network, as a reader of a log wants to see it.</summary>
/// <param name="Name">What it is, such as <c>conv 1→16, 5×5, stride 2, padding 4</c>.</param>
/// <param name="OutputShape">Shape of what it gives for one sample.</param>
/// <param name="Parameters">Number of its parameters.</param>
public sealed record Layer(string Name, IReadOnlyList<long> OutputShape, long Parameters)
{
    /// <summary>Describes a layer.</summary>
    /// <param name="module">The layer.</param>
    /// <param name="outputShape">Shape of what it gives for one sample.</param>
    public static Layer Of(nn.Module module, IReadOnlyList<long> outputShape) =>
        new(NameOf(module), outputShape, module.parameters().Sum(parameter => parameter.numel()));

    /// <summary>A model's layers, one line each, and a last line with its total number of parameters.</summary>
    public static IReadOnlyList<string> Lines(IEnergyModel model) =>
    [
        .. model.Layers.Select(layer => layer.ToString()),
        $"{model.Layers.Sum(layer => layer.Parameters):N0} parameters",
    ];

    /// <summary>The layer in one line.</summary>
    public override string ToString()
    {
        var text = $"{Name}: {string.Join('×', OutputShape)}";
        return Parameters > 0 ? FormattableString.Invariant($"{text}, {Parameters:N0} parameters") : text;
    }

    internal static string NameOf(nn.Module module) => module is Linear { weight.shape: [var outputs, var inputs] }
        ? $"linear {inputs}→{outputs}"
        : module.GetName();
}
