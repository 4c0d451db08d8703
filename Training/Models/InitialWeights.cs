using TorchSharp.Modules;
using Training.Randomness;

namespace Training.Models;

/// <summary>
/// Initial weights and biases U(±1/√fan_in), the default of PyTorch's linear and convolution layers.
/// </summary>
/// <remarks>Source: He et al. 2015 with a = √5, as in PyTorch's <c>reset_parameters</c>.</remarks>
public static class InitialWeights
{
    /// <summary>
    /// Draws every parameter anew; parameter i is chain i of the stream, so nothing depends on a device.
    /// </summary>
    /// <param name="parameters">
    /// In order: a weight, shape [out, in, …], and after it its bias, shape [out].
    /// </param>
    /// <param name="stream">Stream of the purpose initial weights.</param>
    public static void Draw(IReadOnlyList<Parameter> parameters, RandomStream stream)
    {
        var bound = 0.0;
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].shape is { Length: > 1 } shape)
            {
                bound = 1 / Math.Sqrt(shape[1..].Aggregate(1L, (product, size) => product * size));
            }

            stream.FillUniform(parameters[i].Floats(), -bound, bound, (uint)i, update: 0, step: 0);
        }
    }
}
