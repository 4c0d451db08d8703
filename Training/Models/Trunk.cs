using static TorchSharp.torch;

namespace Training.Models;

/// <summary>The layers below the heads: x in, features [batch, width] out.</summary>
/// <param name="Layers">The layers; whoever holds the trunk disposes them.</param>
/// <param name="Width">Number of features.</param>
public sealed record Trunk(nn.Module<Tensor, Tensor> Layers, int Width)
{
    /// <summary>
    /// The CNN of the JEM exercise on [batch, 1, 28, 28]: four convolutions, each halving the sides.
    /// </summary>
    /// <param name="hidden">h: the convolutions have h/2, h, 2h and 2h channels.</param>
    /// <returns>2h channels of 2 × 2, flattened: 8h features.</returns>
    public static Trunk Convolutional(int hidden) => new(
        nn.Sequential(
            nn.Conv2d(1, hidden / 2, 5, 2, 4),
            nn.SiLU(),
            nn.Conv2d(hidden / 2, hidden, 3, 2, 1),
            nn.SiLU(),
            nn.Conv2d(hidden, 2 * hidden, 3, 2, 1),
            nn.SiLU(),
            nn.Conv2d(2 * hidden, 2 * hidden, 3, 2, 1),
            nn.SiLU(),
            nn.Flatten()),
        8 * hidden);

    /// <summary>Two layers of SiLU on [batch, inputs].</summary>
    /// <param name="inputs">Numbers in a sample.</param>
    /// <param name="hidden">Width of both layers.</param>
    public static Trunk Dense(int inputs, int hidden) => new(
        nn.Sequential(nn.Linear(inputs, hidden), nn.SiLU(), nn.Linear(hidden, hidden), nn.SiLU()),
        hidden);
}
