using Shared.Data;
using Shared.Metrics;

namespace Shared.Experiments;

/// <summary>The two-head joint energy-based model of the JEM exercise.</summary>
public sealed record TwoHeadParameters : IExperimentParameters<TwoHeadParameters>, IImageParameters
{
    /// <inheritdoc/>
    public static string Name => "two-head";

    /// <inheritdoc/>
    public static string Summary =>
        "CNN with an energy head and a class head, trained by contrastive divergence and cross-entropy.";

    /// <inheritdoc/>
    public static IReadOnlyList<string> DataSets => ImageSets.Names;

    /// <inheritdoc/>
    public static IReadOnlyList<MetricDeclaration> Metrics =>
    [
        .. TrainingMetrics.Contrastive,
        .. TrainingMetrics.Classes,
        .. TrainingMetrics.Images,
    ];

    /// <summary>The network.</summary>
    public TwoHeadModelParameters Model { get; init; } = new();

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
    int IExperimentParameters<TwoHeadParameters>.Updates => Training.Updates;

    /// <inheritdoc/>
    IReadOnlyList<ParameterConflict> IExperimentParameters<TwoHeadParameters>.Conflicts =>
        [.. Training.Conflicts(), .. Sampler.Conflicts, .. Initialisation.ConflictsWith(Training)];
}

/// <summary>The network of the two-head model.</summary>
public sealed record TwoHeadModelParameters : ConvolutionalModelParameters;

/// <summary>The CNN of the JEM exercise, whatever stands on it.</summary>
public abstract record ConvolutionalModelParameters
{
    /// <summary>h: the convolutions have h/2, h, 2h and 2h channels.</summary>
    [Parameter("h: the convolutions have h/2, h, 2h and 2h channels.", Unit = "channels")]
    [Range(2, 512)]
    public int Hidden { get; init; } = 32;

    /// <summary>The function between the layers.</summary>
    [Parameter("The function between the layers; elu has α = 1, leaky-relu the slope 0.2.")]
    public Activation Activation { get; init; } = Activation.Silu;
}
