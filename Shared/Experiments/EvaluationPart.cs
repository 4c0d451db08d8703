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
    /// <summary>Whether it measures only models that tell classes apart.</summary>
    public bool NeedsClasses { get; init; }

    /// <summary>Whether it measures only models whose data have a feature network.</summary>
    public bool NeedsFeatures { get; init; }

    /// <summary>Whether it measures only models that were trained without a class of their data.</summary>
    public bool NeedsHeldOutClass { get; init; }

    /// <summary>Whether it measures densities of points in the plane, and no images.</summary>
    public bool MeasuresPoints { get; init; }

    /// <summary>Every part, in the order in which they are measured.</summary>
    public static ImmutableArray<EvaluationPart> All { get; } =
    [
        new(
            "ood", "ood.set", "others", parameters => parameters.Ood.Set is not OodSet.None,
            (parameters, data) => OodMetrics.Auroc(
                OodMetrics.Scores[0], parameters.Ood.SetsBeside(data).FirstOrDefault(OodMetrics.Noise))),
        new(
            "samples", "samples.chains", "fresh",
            parameters => parameters.Samples.Chains is not SampledChains.None,
            (_, _) => SampleQualityMetrics.Of("samples", "kid"))
        {
            NeedsFeatures = true,
        },
        new(
            "pgd", "pgd.attack", "linf", parameters => parameters.Pgd.Attack is not PgdAttack.None,
            (_, _) => PgdMetrics.Attacked)
        {
            NeedsClasses = true,
        },
        new(
            "chains", "chains.start", "noise", parameters => parameters.Chains.Start is not DiagnosedChains.None,
            (_, _) => ChainMetrics.EnergyRhat),
        new(
            "anomaly", "anomaly.score", "f", parameters => parameters.Anomaly.Score is not AnomalyScore.None,
            (_, _) => AnomalyMetrics.Auroc)
        {
            NeedsHeldOutClass = true,
        },
        new(
            "ais", "ais.start", "uniform", parameters => parameters.Ais.Start is not AnnealedChains.None,
            (_, _) => AisMetrics.Error)
        {
            MeasuresPoints = true,
        },
    ];

    /// <summary>Why it cannot measure the models of a sweep, ends a sentence; nothing where it can.</summary>
    /// <param name="measured">The sweep.</param>
    public string? WhyNotOn(MeasuredSweep measured) => measured switch
    {
        { Data: null } when !MeasuresPoints => $"of points in the plane, and {Name} measures images",
        { Data: not null } when MeasuresPoints => $"of images, and {Name} measures points in the plane",
        { HasClasses: false } when NeedsClasses => $"whose models tell no classes apart, and {Name} attacks classes",
        { HoldsClassOut: false } when NeedsHeldOutClass =>
            $"whose models did not all train without a class, and {Name} needs training.held_out_class",
        { HasFeatures: false } when NeedsFeatures =>
            $"whose data are named by path, and {Name} needs a feature network of its data set",
        _ => null,
    };
}
