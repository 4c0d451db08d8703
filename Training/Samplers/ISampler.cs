using Training.Models;
using Training.Randomness;
using static TorchSharp.torch;

namespace Training.Samplers;

/// <summary>Moves chains towards what an energy calls probable.</summary>
public interface ISampler
{
    /// <summary>Its name in sweep files and reports, kebab-case.</summary>
    string Name { get; }

    /// <summary>Runs every chain from where it is to its end.</summary>
    /// <param name="model">
    /// The energy; its parameters get no gradient meanwhile and are left as they were.
    /// </param>
    /// <param name="chains">
    /// States, contiguous float32 of shape [chains, …] without history; overwritten.
    /// </param>
    /// <param name="stream">What is random in the steps.</param>
    /// <param name="update">Third counter word of the stream.</param>
    /// <param name="firstChain">Second counter word of the first chain; the others follow.</param>
    ChainTrace Run(
        IEnergyModel model, Tensor chains, RandomStream stream, uint update, uint firstChain = 0);
}
