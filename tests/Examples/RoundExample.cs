using Shared.Data;
using Shared.Experiments;
using Shared.Metrics;
using TorchSharp.Modules;
using Training.Experiments;
using Training.Models;
using Training.Objectives;
using static TorchSharp.torch;

namespace Tests.Examples;

/// <summary>What the experiment <c>round</c> accepts and reports.</summary>
public sealed record RoundParameters : IExperimentParameters<RoundParameters>, IImageParameters
{
    public static string Name => "round";

    public static string Summary => "E(x) = |Wx + b|², one layer, trained by contrastive divergence.";

    public static IReadOnlyList<string> DataSets => ImageSets.Names;

    public static IReadOnlyList<MetricDeclaration> Metrics =>
        [.. TrainingMetrics.Contrastive, .. TrainingMetrics.Images];

    [Parameter("Number of features.", Unit = "units")]
    [Range(1, 4_096)]
    public int Features { get; init; } = 32;

    public EnergyObjectiveParameters Objective { get; init; } = new() { EnergyL2 = 0.1 };

    public ImageTrainingParameters Training { get; init; } = new() { GradientNorm = 1 };

    public SamplerParameters Sampler { get; init; } = new() { ValueClip = 0.03 };

    public InitialisationParameters Initialisation { get; init; } = new();

    public DetectorParameters Detector { get; init; } = new();

    int IExperimentParameters<RoundParameters>.Updates => Training.Updates;
}

/// <summary>Trains it.</summary>
public sealed class RoundExperiment : IExperiment<RoundParameters>
{
    public TrialEnd Run(RoundParameters parameters, ITrial trial)
    {
        var training = new ImageTraining(trial, parameters);
        var pixels = training.ImageShape.Aggregate(1L, (product, side) => product * side);
        using var model = new RoundModel(pixels, parameters.Features);
        return training.Run(new ContrastiveLoss(model, parameters.Objective));
    }

    private sealed class RoundModel(long pixels, int features) : IEnergyModel
    {
        private readonly Linear _layer = nn.Linear(pixels, features);

        public IReadOnlyList<Parameter> Parameters => [.. _layer.parameters()];

        public IReadOnlyList<Layer> Layers => [Layer.Of(_layer, [features])];

        public Tensor Energy(Tensor x) => _layer.forward(x.flatten(1)).square().mean([1]);

        public void Dispose() => _layer.Dispose();
    }
}
