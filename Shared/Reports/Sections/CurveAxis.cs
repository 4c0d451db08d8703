using Shared.Metrics;
using Shared.Reports.Plots;

namespace Shared.Reports.Sections;

/// <summary>What learning curves are drawn over.</summary>
/// <param name="Scale">What its axis is called.</param>
/// <param name="Suffix">What tells the names of its plots from those over updates.</param>
/// <param name="Of">Where an update of a trial lies; nothing where that was not measured.</param>
/// <param name="IsMeasured">Whether a trial says where its updates lie.</param>
internal sealed record CurveAxis(
    PlotScale Scale,
    string Suffix,
    Func<TrialResult, Func<int, double?>> Of,
    Func<TrialResult, bool> IsMeasured)
{
    /// <summary>Finished updates.</summary>
    public static CurveAxis Updates { get; } = new(PlotScale.Updates, "", _ => step => step, _ => true);

    /// <summary>Gradients of the energy that the chains have taken.</summary>
    public static CurveAxis Evaluations { get; } = new(
        new PlotScale("gradient evaluations", []),
        "-over-gradient-evaluations",
        trial => CostScale.Evaluations(trial).At,
        trial => !trial.Curves.Of(SamplingMetrics.GradientEvaluations.Name).IsEmpty);

    /// <summary>Seconds of training.</summary>
    public static CurveAxis Seconds { get; } = new(
        new PlotScale("seconds of updates", []),
        "-over-seconds",
        trial => CostScale.Seconds(trial).At,
        trial => !trial.Curves.Of(TrainingMetrics.UpdatesPerSecond.Name).IsEmpty);
}
