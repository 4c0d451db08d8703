using Shared.Data;
using Shared.Metrics;

namespace Shared.Experiments;

/// <summary>EnergyNet: an MLP whose class logits define the energy.</summary>
/// <remarks>
/// Settings of its README, fifteen epochs of MNIST. As published the energy has the wrong sign, which
/// <c>model.as_published</c> gives back.
/// </remarks>
public sealed record EnergyNetParameters : IExperimentParameters<EnergyNetParameters>, IImageParameters
{
    /// <inheritdoc/>
    public static string Name => "energy-net";

    /// <inheritdoc/>
    public static string Summary =>
        "MLP 784-512-512-512-10 whose class logits define the energy: EnergyNet, its sign corrected.";

    /// <inheritdoc/>
    public static IReadOnlyList<string> DataSets => ImageSets.Names;

    /// <inheritdoc/>
    public static IReadOnlyList<MetricDeclaration> Metrics =>
        [.. TrainingMetrics.Contrastive, .. TrainingMetrics.Classes, .. TrainingMetrics.Images];

    /// <summary>The network.</summary>
    public EnergyNetModelParameters Model { get; init; } = new();

    /// <summary>What is minimised.</summary>
    public JointObjectiveParameters Objective { get; init; } = new();

    /// <summary>How it is trained.</summary>
    public ImageTrainingParameters Training { get; init; } = new() { Updates = 14_055, Beta1 = 0.9 };

    /// <summary>The chain that makes negatives.</summary>
    public SamplerParameters Sampler { get; init; } = new()
    {
        Steps = 50,
        StepSize = new Schedule.Constant(0.1),
        Noise = new Schedule.Constant(0.01),
        Boundary = BoundaryRule.AtEnd,
    };

    /// <summary>Where chains start.</summary>
    public InitialisationParameters Initialisation { get; init; } = new() { Start = ChainStart.Noise };

    /// <summary>What is measured.</summary>
    public EvaluationParameters Evaluation { get; init; } = new();

    /// <summary>When a trial counts as diverged.</summary>
    public DetectorParameters Detector { get; init; } = new();

    /// <inheritdoc/>
    int IExperimentParameters<EnergyNetParameters>.Updates => Training.Updates;

    /// <inheritdoc/>
    IReadOnlyList<ParameterConflict> IExperimentParameters<EnergyNetParameters>.Conflicts =>
        [.. Training.Conflicts(), .. Sampler.Conflicts, .. Initialisation.ConflictsWith(Training)];
}

/// <summary>The network of EnergyNet.</summary>
public sealed record EnergyNetModelParameters
{
    /// <summary>Width of the three hidden layers.</summary>
    [Parameter("Width of the three hidden layers.", Unit = "units")]
    [Range(1, 8_192)]
    public int Hidden { get; init; } = 512;

    /// <summary>The function between the layers.</summary>
    [Parameter("The function between the layers; elu has α = 1, leaky-relu the slope 0.2.")]
    public Activation Activation { get; init; } = Activation.Elu;

    /// <summary>Whether the energy has the published sign.</summary>
    [Parameter("Gives the energy the published sign, E = +log Σ exp(logits), beside an unchanged "
        + "cross-entropy: every score is then inverted.")]
    public bool AsPublished { get; init; }
}
