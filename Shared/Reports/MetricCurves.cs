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
    /// <summary>The points of every attempt, in the order of measurement; none of one that stored none.</summary>
    public static Func<AttemptId, IEnumerable<MetricPoint>> ByAttempt(ImmutableArray<MetricBatch> batches)
    {
        var stored = batches.OrderBy(b => b.Number).ToLookup(b => b.Attempt);
        return attempt => stored[attempt].SelectMany(b => b.Points);
    }

    /// <summary>The curves of points in the order of measurement.</summary>
    public static MetricCurves Of(IEnumerable<MetricPoint> points)
    {
        var curves = new Dictionary<string, ImmutableArray<CurvePoint>.Builder>(StringComparer.Ordinal);
        foreach (var point in points)
        {
            if (!curves.TryGetValue(point.Metric, out var curve))
            {
                curves[point.Metric] = curve = ImmutableArray.CreateBuilder<CurvePoint>();
            }

            curve.Add(new CurvePoint(point.Step, point.Value));
        }

        return new MetricCurves(curves.ToImmutableSortedDictionary(
            c => c.Key, c => c.Value.ToImmutable(), StringComparer.Ordinal));
    }

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
