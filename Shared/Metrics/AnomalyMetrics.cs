namespace Shared.Metrics;

/// <summary>How well a model tells a class that it never saw from those that it was trained on.</summary>
public static class AnomalyMetrics
{
    private const string Cadence = "by an evaluation whose anomaly.score is f";

    private const string Halves =
        "every other test image of the other classes, from the first on, sets the threshold, and the rest is measured on";

    /// <summary>Area under the ROC curve.</summary>
    public static readonly MetricDeclaration Auroc = new(
        "auroc_anomaly",
        "How well the score f tells the rest of the test images of the trained classes, of which every other one sets the "
        + "threshold, from those of the class that was held out: the probability that one of the former scores above one of the latter, ties counting half.",
        "(Σ ranks of trained classes − n(n + 1)/2) / (n·m), tied ranks by their mean", "1",
        Direction.Higher, MetricKind.Result, Cadence, "Hanley and McNeil 1982");

    /// <summary>Share of the held-out class below the threshold.</summary>
    public static readonly MetricDeclaration Recall = new(
        "recall_anomaly",
        $"Share of the test images of the class that was held out that score below the threshold; {Halves}.",
        "mean [f(x) < t], t the quantile anomaly.quantile of f", "1",
        Direction.Higher, MetricKind.Result, Cadence, "definition");

    /// <summary>Share of the trained classes below the threshold.</summary>
    public static readonly MetricDeclaration FalseAlarms = new(
        "false_alarms_anomaly",
        "Share of the rest of the test images of the trained classes that score below the threshold: near "
        + "anomaly.quantile, as both halves are alike.",
        "as recall_anomaly", "1",
        Direction.Lower, MetricKind.Result, Cadence, "definition");

    /// <summary>The threshold.</summary>
    public static readonly MetricDeclaration Threshold = new(
        "threshold_anomaly", "The threshold of recall_anomaly; of different models it says nothing.",
        "quantile anomaly.quantile of f by linear interpolation", "1",
        Direction.None, MetricKind.Result, Cadence, "Hyndman and Fan 1996, definition 7")
    {
        IsHeadline = false,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricDeclaration> All { get; } = [Auroc, Recall, FalseAlarms, Threshold];
}
