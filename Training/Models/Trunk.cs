using Shared.Experiments;
using static TorchSharp.torch;

namespace Training.Models;

/// <summary>The layers below the heads: x in, features [batch, width] out.</summary>
public sealed class Trunk : IDisposable
{
    private readonly Stage[] _stages;

    /// <summary>Layers one after another, which the trunk takes over.</summary>
    /// <param name="inputShape">Shape of one sample, such as [1, 28, 28].</param>
    /// <param name="stages">The layers; the last gives features, shape [batch, width].</param>
    public Trunk(IReadOnlyList<long> inputShape, params Stage[] stages)
    {
        _stages = stages;
        Layers = nn.Sequential(stages.Select(stage => stage.Module));
        Description = Describe(inputShape);
        Width = (int)Description[^1].OutputShape.Single();
    }

    /// <summary>The layers as one.</summary>
    public nn.Module<Tensor, Tensor> Layers { get; }

    /// <summary>Number of features.</summary>
    public int Width { get; }

    /// <summary>The layers one by one, in words.</summary>
    public IReadOnlyList<Layer> Description { get; }

    /// <summary>The CNN of the JEM exercise: four convolutions, each halving the sides.</summary>
    /// <param name="hidden">h: the convolutions have h/2, h, 2h and 2h channels.</param>
    /// <param name="imageShape">Channels, height and width of an image.</param>
    /// <param name="activation">What follows each convolution; SiLU in the exercise.</param>
    /// <returns>On 1×28×28, 2h channels of 2×2, flattened: 8h features.</returns>
    public static Trunk Convolutional(
        int hidden, IReadOnlyList<long> imageShape, Activation activation = Activation.Silu) => new(
            imageShape,
            Stage.Convolution((imageShape[0], hidden / 2), 5, 2, 4),
            Stage.Of(activation),
            Stage.Convolution((hidden / 2, hidden), 3, 2, 1),
            Stage.Of(activation),
            Stage.Convolution((hidden, 2 * hidden), 3, 2, 1),
            Stage.Of(activation),
            Stage.Convolution((2 * hidden, 2 * hidden), 3, 2, 1),
            Stage.Of(activation),
            Stage.Flatten());

    /// <summary>Two layers on points: the toy.</summary>
    /// <param name="inputs">Numbers in a sample.</param>
    /// <param name="hidden">Width of both layers.</param>
    /// <param name="activation">What follows each layer.</param>
    public static Trunk Dense(int inputs, int hidden, Activation activation = Activation.Silu) => new(
        [inputs],
        Stage.Linear(inputs, hidden),
        Stage.Of(activation),
        Stage.Linear(hidden, hidden),
        Stage.Of(activation));

    /// <summary>Three layers of one width on flattened images: EnergyNet.</summary>
    /// <param name="imageShape">Channels, height and width of an image.</param>
    /// <param name="hidden">Width of the layers, 512 as published.</param>
    /// <param name="activation">What follows each layer; ELU as published.</param>
    public static Trunk Flattened(
        IReadOnlyList<long> imageShape, int hidden, Activation activation = Activation.Elu) => new(
            imageShape,
            Stage.Flatten(),
            Stage.Linear(imageShape.Aggregate((product, side) => product * side), hidden),
            Stage.Of(activation),
            Stage.Linear(hidden, hidden),
            Stage.Of(activation),
            Stage.Linear(hidden, hidden),
            Stage.Of(activation));

    /// <summary>Two convolutions, each halving the sides, and 256 units: the tutorial's first energy.</summary>
    /// <param name="imageShape">Channels, height and width of an image.</param>
    /// <param name="activation">What follows each layer; leaky ReLU in the tutorial.</param>
    public static Trunk ConvolutionalEnergy(
        IReadOnlyList<long> imageShape, Activation activation = Activation.LeakyRelu) => new(
            imageShape,
            Stage.Convolution((imageShape[0], 64), 4, 2, 1),
            Stage.Of(activation),
            Stage.Convolution((64, 128), 4, 2, 1),
            Stage.Of(activation),
            Stage.Flatten(),
            Stage.Linear(128 * (imageShape[1] / 4) * (imageShape[2] / 4), 256),
            Stage.Of(activation));

    /// <inheritdoc/>
    public void Dispose() => Layers.Dispose();

    // Shapes are read off one sample of zeros, so that what a log says is what the layers do.
    private List<Layer> Describe(IReadOnlyList<long> inputShape)
    {
        using var scope = NewDisposeScope();
        using var gradientFree = no_grad();
        var x = zeros([1, .. inputShape]);
        var layers = new List<Layer>();
        foreach (var stage in _stages)
        {
            x = stage.Module.forward(x);
            layers.Add(stage.Described(x.shape[1..]));
        }

        return layers;
    }
}
