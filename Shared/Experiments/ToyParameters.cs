using Shared.Metrics;

namespace Shared.Experiments;

/// <summary>
/// An MLP energy on eight Gaussians in the plane, where everything can be checked by quadrature.
/// </summary>
public sealed record ToyParameters : IExperimentParameters<ToyParameters>
{
    /// <inheritdoc/>
    public static string Name => "toy";

    /// <inheritdoc/>
    public static string Summary =>
        "MLP energy 2-64-64-1 on eight Gaussians on a ring, with exact log Z and KL by quadrature.";

    /// <inheritdoc/>
    public static IReadOnlyList<string> DataSets => [];

    /// <inheritdoc/>
    public static IReadOnlyList<MetricDeclaration> Metrics =>
    [
        .. TrainingMetrics.Contrastive,
        TrainingMetrics.Kl,
        TrainingMetrics.LogZ,
        SamplingMetrics.Acceptance,
        TrainingMetrics.UpdatesPerSecond,
    ];

    /// <summary>The network.</summary>
    public ToyModelParameters Model { get; init; } = new();

    /// <summary>What is minimised.</summary>
    public EnergyObjectiveParameters Objective { get; init; } = new();

    /// <summary>How it is trained.</summary>
    public PointTrainingParameters Training { get; init; } =
        new() { Updates = 500, BatchSize = 256, LearningRate = 1e-3, Beta1 = 0.9 };

    /// <summary>The chain that makes negatives.</summary>
    public SamplerParameters Sampler { get; init; } =
        new() { Form = LangevinForm.Textbook, Steps = 20, StepSize = new Schedule.Constant(0.1) };

    /// <summary>Where chains start.</summary>
    public InitialisationParameters Initialisation { get; init; } = new();

    /// <summary>What moves the chains that are shown.</summary>
    public SampleEvaluationParameters Evaluation { get; init; } = new();

    /// <summary>When a trial counts as diverged.</summary>
    public DetectorParameters Detector { get; init; } = new();

    /// <inheritdoc/>
    int IExperimentParameters<ToyParameters>.Updates => Training.Updates;

    /// <inheritdoc/>
    IReadOnlyList<ParameterConflict> IExperimentParameters<ToyParameters>.Conflicts =>
        [.. Sampler.Conflicts, .. Initialisation.ConflictsWith(Training)];
}

/// <summary>The network of the toy.</summary>
public sealed record ToyModelParameters
{
    /// <summary>Width of both hidden layers.</summary>
    [Parameter("Width of both hidden layers.", Unit = "units")]
    [Range(1, 4_096)]
    public int Hidden { get; init; } = 64;

    /// <summary>The function between the layers.</summary>
    [Parameter("The function between the layers; elu has α = 1, leaky-relu the slope 0.2.")]
    public Activation Activation { get; init; } = Activation.Silu;
}
