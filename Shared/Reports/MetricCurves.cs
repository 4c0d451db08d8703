using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Shared.Metrics;
using Shared.Sweeps;

namespace Shared.Reports;

/// <summary>
/// The curves of one trial: the points of each metric in the order in which they were measured.
/// </summary>
/// <param name="ByMetric">Points by metric name.</param>
public sealed record MetricCurves(ImmutableSortedDictionary<string, ImmutableArray<CurvePoint>> ByMetric)
{
    /// <summary>The points of every attempt that stored some, in the order of measurement.</summary>
    public static ILookup<AttemptId, MetricPoint> ByAttempt(ImmutableArray<MetricBatch> batches) =>
        batches.OrderBy(b => b.Number)
            .SelectMany(b => b.Points.Select(p => (b.Attempt, Point: p)))
            .ToLookup(p => p.Attempt, p => p.Point);

    /// <summary>The curves of points in the order of measurement.</summary>
    public static MetricCurves Of(IEnumerable<MetricPoint> points) => new(
        points.GroupBy(p => p.Metric, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                g => g.Key, g => g.Select(p => new CurvePoint(p.Step, p.Value)).ToImmutableArray(),
                StringComparer.Ordinal));

    /// <summary>The points of a metric; none when it was never measured.</summary>
    public ImmutableArray<CurvePoint> Of(string metric) =>
        ByMetric.TryGetValue(metric, out var points) ? points : [];

    /// <summary>The metric's last value, or nothing when it was never measured.</summary>
    public double? Last(string metric) => Of(metric) is [.., var last] ? last.Value : null;
}

/// <summary>One value of a curve.</summary>
/// <param name="Step">Number of finished updates.</param>
/// <param name="Value">The value; may be infinite or not a number.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CurvePoint(int Step, double Value);
