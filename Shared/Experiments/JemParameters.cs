using Shared.Data;
using Shared.Metrics;

namespace Shared.Experiments;

/// <summary>The one-head joint energy-based model, whose logits define the energy.</summary>
/// <remarks>Source: Grathwohl et al. 2020; settings of small digit CNNs, as of the two-head model.</remarks>
public sealed record JemParameters : IExperimentParameters<JemParameters>, IImageParameters
{
    /// <inheritdoc/>
    public static string Name => "jem";

    /// <inheritdoc/>
    public static string Summary =>
        "CNN whose class logits define the energy, E = −log Σ exp(logits): the joint energy-based model.";

    /// <inheritdoc/>
    public static IReadOnlyList<string> DataSets => ImageSets.Names;

    /// <inheritdoc/>
    public static IReadOnlyList<MetricDeclaration> Metrics =>
        [.. TrainingMetrics.Contrastive, .. TrainingMetrics.Classes, .. TrainingMetrics.Images];

    /// <summary>The network.</summary>
    public JemModelParameters Model { get; init; } = new();

    /// <summary>What is minimised.</summary>
    public JointObjectiveParameters Objective { get; init; } = new() { EnergyL2 = 0.1 };

    /// <summary>How it is trained.</summary>
    public ImageTrainingParameters Training { get; init; } = new() { GradientNorm = 1, DataNoise = 0.03 };

    /// <summary>The chain that makes negatives.</summary>
    public SamplerParameters Sampler { get; init; } = new() { ValueClip = 0.03 };

    /// <summary>Where chains start.</summary>
    public InitialisationParameters Initialisation { get; init; } = new();

    /// <summary>What is measured.</summary>
    public EvaluationParameters Evaluation { get; init; } = new();

    /// <summary>When a trial counts as diverged.</summary>
    public DetectorParameters Detector { get; init; } = new();

    /// <inheritdoc/>
    int IExperimentParameters<JemParameters>.Updates => Training.Updates;

    /// <inheritdoc/>
    IReadOnlyList<ParameterConflict> IExperimentParameters<JemParameters>.Conflicts =>
        [.. Training.Conflicts(), .. Sampler.Conflicts, .. Initialisation.ConflictsWith(Training)];
}

/// <summary>The network of the joint energy-based model.</summary>
public sealed record JemModelParameters : ConvolutionalModelParameters
{
    /// <summary>What the energy is read from.</summary>
    [Parameter(
        "What the energy is read from: the class logits, E = −log Σ exp(logits) (log-sum-exp), or a scalar head "
        + "of its own as in two-head (head), for comparisons within one sweep.")]
    public EnergySource Energy { get; init; } = EnergySource.LogSumExp;
}

/// <summary>What an energy is read from.</summary>
public enum EnergySource
{
    /// <summary>E = −log Σ exp of the class logits.</summary>
    LogSumExp,

    /// <summary>A scalar head beside the class head.</summary>
    Head,
}
