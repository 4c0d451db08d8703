using System.Collections.Immutable;

namespace Shared.Metrics;

/// <summary>The points of an attempt that went on from a checkpoint of an earlier one.</summary>
public static class ResumedPoints
{
    /// <summary>
    /// What the earlier attempt measured up to the checkpoint, then everything that the later one measured.
    /// </summary>
    /// <param name="earlier">Points of the attempt that made the checkpoint, in the order of measurement.</param>
    /// <param name="from">The last update that the checkpoint holds.</param>
    /// <param name="later">Points of the attempt that went on from it, in the order of measurement.</param>
    /// <remarks>
    /// After a checkpoint of the last update both measure the end of the trial: what the later one measured at the
    /// same step stands.
    /// </remarks>
    public static ImmutableArray<MetricPoint> Join(
        IEnumerable<MetricPoint> earlier, int from, IEnumerable<MetricPoint> later)
    {
        ImmutableArray<MetricPoint> measured = [.. later];
        if (from == 0)
        {
            return measured;
        }

        var again = measured.Where(point => point.Step <= from)
            .Select(point => (point.Step, point.Metric)).ToHashSet();
        return
        [
            .. earlier.Where(point => point.Step <= from && !again.Contains((point.Step, point.Metric))),
            .. measured,
        ];
    }
}
