using Shared.Metrics;
using Shared.Reports.Plots;

namespace Shared.Reports.Sections;

/// <summary>What learning curves are drawn over.</summary>
/// <param name="Scale">What its axis is called.</param>
/// <param name="Suffix">What tells the names of its plots from those over updates.</param>
/// <param name="Of">Where an update of a trial lies; nothing where that was not measured.</param>
internal sealed record CurveAxis(PlotScale Scale, string Suffix, Func<TrialResult, Func<int, double?>> Of)
{
    /// <summary>Finished updates.</summary>
    public static CurveAxis Updates { get; } = new(PlotScale.Updates, "", _ => step => step);

    /// <summary>What the trials of a sweep measured of their cost: gradient evaluations, and seconds.</summary>
    public static IEnumerable<CurveAxis> CostsOf(ReportModel model) => new[]
        {
            Cost(model, "gradient evaluations", SamplingMetrics.GradientEvaluations, CostScale.Evaluations),
            Cost(model, "seconds", TrainingMetrics.UpdatesPerSecond, CostScale.Seconds),
        }.OfType<CurveAxis>();

    private static CurveAxis? Cost(
        ReportModel model, string name, MetricDeclaration measured, Func<TrialResult, CostScale> scaleOf)
    {
        if (model.Trials.All(t => t.Curves.Of(measured.Name).IsEmpty))
        {
            return null;
        }

        var scales = model.Trials.ToDictionary(t => t.State.Number, scaleOf);
        return new CurveAxis(
            new PlotScale(name, []), $"-over-{name.Replace(' ', '-')}", trial => scales[trial.State.Number].At);
    }
}
