using Shared.Metrics;

namespace Shared.Experiments;

/// <summary>What is measured of the models that the trials of another sweep left.</summary>
public sealed record ModelEvaluationParameters : IExperimentParameters<ModelEvaluationParameters>
{
    /// <inheritdoc/>
    public static string Name => "evaluation";

    /// <inheritdoc/>
    public static string Summary =>
        "Measures the models of another sweep, named by from, and trains nothing: one trial for each model.";

    /// <inheritdoc/>
    public static IReadOnlyList<string> DataSets => [];

    /// <inheritdoc/>
    public static IReadOnlyList<MetricDeclaration> Metrics => ModelMetrics.All;

    /// <inheritdoc/>
    public static bool IsEvaluation => true;

    /// <summary>How well other images are told from test images.</summary>
    public OodParameters Ood { get; init; } = new();

    /// <summary>How good the model's own samples are.</summary>
    public SampleQualityParameters Samples { get; init; } = new();

    /// <summary>How well classes hold against images that were changed to deceive them.</summary>
    public PgdParameters Pgd { get; init; } = new();

    /// <summary>How fast long chains forget where they were.</summary>
    public ChainDiagnosticsParameters Chains { get; init; } = new();

    /// <summary>How well the class that was held out of training is told from the others.</summary>
    public AnomalyParameters Anomaly { get; init; } = new();

    /// <summary>What log Z annealed importance sampling finds.</summary>
    public AisParameters Ais { get; init; } = new();

    /// <summary>What is measured, in the order in which it is.</summary>
    public IEnumerable<EvaluationPart> Parts => EvaluationPart.All.Where(part => part.IsOn(this));

    /// <inheritdoc/>
    int IExperimentParameters<ModelEvaluationParameters>.Updates => Parts.Count();

    /// <inheritdoc/>
    IReadOnlyList<ParameterConflict> IExperimentParameters<ModelEvaluationParameters>.Conflicts => Parts.Any()
        ? []
        : [new ParameterConflict(
            EvaluationPart.All[0].Switch,
            $"something to measure, here or by {string.Join(", ", EvaluationPart.All[1..].Select(p => p.Switch))}")];

    /// <inheritdoc/>
    IReadOnlyList<string> IExperimentParameters<ModelEvaluationParameters>.DataBeside(string? data) =>
        Ood.SetsBeside(data);

    /// <inheritdoc/>
    string? IExperimentParameters<ModelEvaluationParameters>.WhyNotOn(MeasuredSweep measured) =>
        Parts.Select(part => part.WhyNotOn(measured)).FirstOrDefault(reason => reason is not null);
}
