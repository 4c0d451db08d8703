namespace Shared.Metrics;

/// <summary>Every metric that an evaluation of stored models reports.</summary>
public static class ModelMetrics
{
    /// <summary>The metrics, part by part.</summary>
    public static IReadOnlyList<MetricDeclaration> All { get; } =
    [
        .. OodMetrics.All,
        .. SampleQualityMetrics.All,
        .. PgdMetrics.All,
        .. ChainMetrics.All,
        .. AnomalyMetrics.All,
        .. AisMetrics.All,
    ];
}
