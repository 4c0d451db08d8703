using TorchSharp.Modules;
using Training.Models;
using static TorchSharp.torch;

namespace Training.Samplers;

/// <summary>E_b = (1 − b)·E₀(x) + b·E(x).</summary>
/// <param name="target">E; not disposed of.</param>
/// <param name="start">What has E₀.</param>
internal sealed class BridgedEnergy(IEnergyModel target, AnnealingStart start) : IEnergyModel
{
    /// <summary>b, from 0 to 1.</summary>
    public double Share { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => target.Parameters;

    /// <inheritdoc/>
    public IReadOnlyList<Layer> Layers => target.Layers;

    /// <inheritdoc/>
    public Tensor Energy(Tensor x) => (start.Energy(x) * (1 - Share)) + (target.Energy(x) * Share);

    /// <summary>Adds part·(E₀(x) − E(x)) of each chain to a sum.</summary>
    /// <param name="chains">Shape [chains, …].</param>
    /// <param name="part">β_k − β_{k−1}.</param>
    /// <param name="sums">Shape [chains], added to.</param>
    public void AddFall(Tensor chains, double part, double[] sums)
    {
        using var gradientFree = no_grad();
        using var scope = NewDisposeScope();
        var from = start.Energy(chains).contiguous().Floats();
        var to = target.Energy(chains).contiguous().Floats();
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += part * ((double)from[i] - to[i]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
