using Shared.Data;
using Shared.Metrics;

namespace Shared.Experiments;

/// <summary>The convolutional energy of the tutorial's first part, without classes.</summary>
/// <remarks>
/// Optimiser, penalty and five epochs of MNIST are the tutorial's. Its sampler, step 10 with noise √10, ends
/// on the walls of the box whatever the energy is; the one here is Du and Mordatch's.
/// </remarks>
public sealed record ConvEnergyParameters : IExperimentParameters<ConvEnergyParameters>, IImageParameters
{
    /// <inheritdoc/>
    public static string Name => "conv-energy";

    /// <inheritdoc/>
    public static string Summary =>
        "CNN with a scalar energy and no classes, trained by contrastive divergence.";

    /// <inheritdoc/>
    public static IReadOnlyList<string> DataSets => ImageSets.Names;

    /// <inheritdoc/>
    public static IReadOnlyList<MetricDeclaration> Metrics =>
        [.. TrainingMetrics.Contrastive, .. TrainingMetrics.Images];

    /// <summary>The network.</summary>
    public ConvEnergyModelParameters Model { get; init; } = new();

    /// <summary>What is minimised.</summary>
    public EnergyObjectiveParameters Objective { get; init; } = new() { EnergyL2 = 0.001 };

    /// <summary>How it is trained.</summary>
    public ImageTrainingParameters Training { get; init; } =
        new() { Updates = 4_685, LearningRate = 1e-4, Beta1 = 0.9 };

    /// <summary>The chain that makes negatives.</summary>
    public SamplerParameters Sampler { get; init; } = new() { Steps = 60, ValueClip = 0.03 };

    /// <summary>Where chains start.</summary>
    public InitialisationParameters Initialisation { get; init; } = new() { Start = ChainStart.Noise };

    /// <summary>What moves the evaluation's chains.</summary>
    public SampleEvaluationParameters Evaluation { get; init; } = new();

    /// <inheritdoc/>
    ChainEvaluationParameters IImageParameters.ChainEvaluation => Evaluation;

    /// <summary>When a trial counts as diverged.</summary>
    public DetectorParameters Detector { get; init; } = new();

    /// <inheritdoc/>
    int IExperimentParameters<ConvEnergyParameters>.Updates => Training.Updates;

    /// <inheritdoc/>
    IReadOnlyList<ParameterConflict> IExperimentParameters<ConvEnergyParameters>.Conflicts =>
        [.. Training.Conflicts(), .. Sampler.Conflicts, .. Initialisation.ConflictsWith(Training)];
}

/// <summary>The network of the convolutional energy.</summary>
public sealed record ConvEnergyModelParameters
{
    /// <summary>The function between the layers.</summary>
    [Parameter("The function between the layers; elu has α = 1, leaky-relu the slope 0.2.")]
    public Activation Activation { get; init; } = Activation.LeakyRelu;
}
