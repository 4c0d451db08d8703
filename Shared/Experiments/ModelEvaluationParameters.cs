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
    string? IExperimentParameters<ModelEvaluationParameters>.WhyNotOn(string? data)
    {
        var isOfPoints = data is null;
        var unfit = Parts.FirstOrDefault(part => isOfPoints ? !part.MeasuresPoints : !part.MeasuresImages);
        return unfit is null ? null
            : isOfPoints ? $"of points in the plane, and {unfit.Name} measures images"
            : $"of images, and {unfit.Name} measures points in the plane: images have too many dimensions for it";
    }
}
