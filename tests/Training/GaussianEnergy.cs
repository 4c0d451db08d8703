using TorchSharp.Modules;
using Training.Models;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>E(x) = |x|²/(2s²), whose chains are solved in closed form.</summary>
internal sealed class GaussianEnergy(double deviation = 1) : IEnergyModel
{
    public IReadOnlyList<Parameter> Parameters => [];

    public IReadOnlyList<Layer> Layers => [];

    public Tensor Energy(Tensor x) => x.reshape(x.shape[0], -1).square().sum(1) * (0.5 / (deviation * deviation));

    public void Dispose()
    {
    }
}
