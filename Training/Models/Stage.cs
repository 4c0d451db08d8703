using Shared.Experiments;
using static TorchSharp.torch;

namespace Training.Models;

/// <summary>
/// A layer that goes into a network, and its name: not every release of TorchSharp has layers that say what they
/// were made with.
/// </summary>
/// <param name="Module">The layer.</param>
/// <param name="Name">What it is, such as <c>conv 1→16, 5×5, stride 2, padding 4</c>.</param>
public sealed record Stage(nn.Module<Tensor, Tensor> Module, string Name)
{
    /// <summary>A convolution with a bias over images.</summary>
    /// <param name="channels">Channels in, and channels out.</param>
    /// <param name="side">Height and width of the kernel.</param>
    /// <param name="stride">Steps between places where the kernel is laid.</param>
    /// <param name="padding">Rows and columns of zeros put round an image.</param>
    public static Stage Convolution((long In, long Out) channels, long side, long stride, long padding) => new(
        nn.Conv2d(channels.In, channels.Out, side, stride, padding),
        $"conv {channels.In}→{channels.Out}, {side}×{side}, stride {stride}, padding {padding}");

    /// <summary>x·Wᵀ + b.</summary>
    /// <param name="inputs">Numbers in.</param>
    /// <param name="outputs">Numbers out.</param>
    public static Stage Linear(long inputs, long outputs) => Of(nn.Linear(inputs, outputs));

    /// <summary>A function of each number.</summary>
    public static Stage Of(Activation activation) => activation is Activation.LeakyRelu
        ? new Stage(activation.Layer(), FormattableString.Invariant($"leaky ReLU {Activations.Slope}"))
        : Of(activation.Layer());

    /// <summary>A sample's numbers in one dimension.</summary>
    public static Stage Flatten() => new(nn.Flatten(), "Flatten");

    /// <summary>The stage as a reader of a log wants to see it.</summary>
    /// <param name="outputShape">Shape of what it gives for one sample.</param>
    public Layer Described(IReadOnlyList<long> outputShape) => Layer.Of(Module, outputShape) with { Name = Name };

    private static Stage Of(nn.Module<Tensor, Tensor> module) => new(module, Layer.NameOf(module));
}
