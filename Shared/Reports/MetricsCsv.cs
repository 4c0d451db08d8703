using Shared.Metrics;

namespace Shared.Reports;

/// <summary>
/// <c>metrics.csv</c>: every point that counts, trial by trial and metric by metric, in the form of
/// <see cref="CsvExport"/>; line by line, because all of it may not fit in memory.
/// </summary>
public static class MetricsCsv
{
    /// <summary>Name of the file.</summary>
    public const string Name = "metrics.csv";

    /// <summary>The lines of a sweep, each with its end.</summary>
    public static IEnumerable<string> Lines(ReportModel model)
    {
        var export = new CsvExport(model.State);
        yield return export.Head;
        foreach (var trial in model.Trials)
        {
            foreach (var (metric, points) in trial.Curves.ByMetric)
            {
                foreach (var point in points)
                {
                    yield return export.Line(
                        trial.State, new MetricPoint(point.Step, metric, point.Value), isFirst: false);
                }
            }
        }
    }
}
