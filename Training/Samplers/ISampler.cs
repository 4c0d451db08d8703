using Training.Models;
using Training.Randomness;
using static TorchSharp.torch;

namespace Training.Samplers;

/// <summary>Moves chains towards what an energy calls probable.</summary>
public interface ISampler
{
    /// <summary>Its name in sweep files and reports, kebab-case.</summary>
    string Name { get; }

    /// <summary>How many states of a chain follow its start.</summary>
    int Steps { get; }

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
    /// <param name="afterStep">
    /// Told the number of finished steps, from 1, while <paramref name="chains"/> holds the states after them;
    /// what keeps chains in the box only at their end has not yet moved the last ones.
    /// </param>
    ChainTrace Run(
        IEnergyModel model,
        Tensor chains,
        RandomStream stream,
        uint update,
        uint firstChain = 0,
        Action<int>? afterStep = null);
}
