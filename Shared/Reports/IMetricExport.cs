using Shared.Metrics;
using Shared.Sweeps;

namespace Shared.Reports;

/// <summary>Writes metric points one by one, so that no export has to fit in memory.</summary>
public interface IMetricExport
{
    /// <summary>What comes before the first point.</summary>
    string Head { get; }

    /// <summary>What comes after the last point.</summary>
    string Tail { get; }

    /// <summary>One point.</summary>
    /// <param name="trial">The trial that measured it.</param>
    /// <param name="point">The point.</param>
    /// <param name="isFirst">Whether it is the first of the export.</param>
    string Line(TrialState trial, MetricPoint point, bool isFirst);
}
