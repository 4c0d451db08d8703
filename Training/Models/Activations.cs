using Shared.Experiments;
using static TorchSharp.torch;

namespace Training.Models;

/// <summary>Turns what a sweep file says about activations into layers.</summary>
public static class Activations
{
    /// <summary>What leaky ReLU multiplies numbers below 0 with; 0.2 in the tutorial.</summary>
    public const double Slope = 0.2;

    /// <summary>A layer that applies the function to each number.</summary>
    public static nn.Module<Tensor, Tensor> Layer(this Activation activation) => activation switch
    {
        Activation.Silu => nn.SiLU(),
        Activation.Relu => nn.ReLU(),
        Activation.Elu => nn.ELU(),
        Activation.LeakyRelu => nn.LeakyReLU(Slope),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };
}
