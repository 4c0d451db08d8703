using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Training.Objectives;

/// <summary>The gradient of a loss over all parameters of a model.</summary>
public static class ParameterGradient
{
    /// <summary>Its length, √ Σ (∂L/∂θ)²; where there is a limit, a longer one is scaled down to it.</summary>
    /// <param name="parameters">After a backward pass.</param>
    /// <param name="limit">Largest length, or nothing for no limit.</param>
    /// <returns>The length before it was cut.</returns>
    public static double Cut(IReadOnlyList<Parameter> parameters, double? limit)
    {
        if (limit is { } largest)
        {
            return nn.utils.clip_grad_norm_(parameters, largest);
        }

        using var scope = NewDisposeScope();
        var squares = parameters
            .Select(parameter => parameter.Gradient())
            .OfType<Tensor>()
            .Sum(gradient => (double)gradient.square().sum().item<float>());
        return Math.Sqrt(squares);
    }
}
