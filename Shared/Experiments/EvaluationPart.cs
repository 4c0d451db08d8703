using System.Collections.Immutable;
using Shared.Metrics;

namespace Shared.Experiments;

/// <summary>One thing that an evaluation measures, as <c>./sweep evaluate --with</c> names it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Switch">The parameter that switches it on.</param>
/// <param name="On">The value that does.</param>
/// <param name="IsOn">Whether parameters ask for it.</param>
/// <param name="Ranking">The metric by which such an evaluation of models of a data set ranks them.</param>
public sealed record EvaluationPart(
    string Name,
    string Switch,
    string On,
    Func<ModelEvaluationParameters, bool> IsOn,
    Func<ModelEvaluationParameters, string?, MetricDeclaration> Ranking)
{
    /// <summary>Whether it measures models of images.</summary>
    public bool MeasuresImages { get; init; } = true;

    /// <summary>Whether it measures models of points in the plane.</summary>
    public bool MeasuresPoints { get; init; }

    /// <summary>Every part, in the order in which they are measured.</summary>
    public static ImmutableArray<EvaluationPart> All { get; } =
    [
        new(
            "ood", "ood.set", "others", parameters => parameters.Ood.Set is not OodSet.None,
            (parameters, data) => OodMetrics.Auroc(
                OodMetrics.Scores[0], parameters.Ood.SetsBeside(data).FirstOrDefault(OodMetrics.Noise))),
    ];
}
