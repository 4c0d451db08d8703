using TorchSharp.Modules;
using Training.Models;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>
/// E(x) = −log Σ w_k exp(−|x − μ_k|²/(2s²)) in the plane, where Z = 2πs²·Σ w_k.
/// </summary>
internal sealed class MixtureEnergy : IEnergyModel
{
    private readonly double _deviation;
    private readonly Tensor _means;
    private readonly Tensor _logWeights;

    public MixtureEnergy(IReadOnlyList<(double X, double Y, double Weight)> modes, double deviation)
    {
        (Modes, _deviation) = (modes, deviation);
        var means = modes.SelectMany(mode => new[] { (float)mode.X, (float)mode.Y }).ToArray();
        _means = tensor(means).reshape(1, modes.Count, 2);
        _logWeights = tensor(modes.Select(mode => (float)Math.Log(mode.Weight)).ToArray());
    }

    public IReadOnlyList<(double X, double Y, double Weight)> Modes { get; }

    public IReadOnlyList<Parameter> Parameters => [];

    public IReadOnlyList<Layer> Layers => [];

    public static MixtureEnergy Ring(double radius, double deviation) => new(
        [
            .. Enumerable.Range(0, 8).Select(k => (
                radius * Math.Cos(Math.PI * k / 4), radius * Math.Sin(Math.PI * k / 4), 1.0)),
        ],
        deviation);

    public Tensor Energy(Tensor x)
    {
        var squares = (x.reshape(-1, 1, 2) - _means).square().sum(2);
        return -((squares * (-0.5 / (_deviation * _deviation))) + _logWeights).logsumexp(1);
    }

    public void Dispose()
    {
        _means.Dispose();
        _logWeights.Dispose();
    }
}
