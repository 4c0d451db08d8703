using System.Globalization;
using Shared.Metrics;
using Shared.Search;
using Shared.Sweeps;

namespace Shared.Reports;

/// <summary>
/// Metric points as CSV, one a line: <c>sweep, trial, configuration</c>, the swept parameters,
/// <c>replicate, outcome, metric, step, value</c>. A cell is empty where a parameter is switched off or a value
/// is not finite.
/// </summary>
/// <param name="state">The sweep.</param>
public sealed class CsvExport(SweepState state) : IMetricExport
{
    private readonly Dictionary<string, Configuration> _configurations =
        state.Plan!.Configurations.ToDictionary(c => c.Id, StringComparer.Ordinal);

    private int _trial;   // whose lines begin so; none yet
    private string _beginning = "";

    /// <inheritdoc/>
    public string Head => CsvLine.Of(
    [
        "sweep", "trial", "configuration", .. state.Plan!.Swept,
        "replicate", "outcome", "metric", "step", "value",
    ]);

    /// <inheritdoc/>
    public string Tail => "";

    /// <inheritdoc/>
    public string Line(TrialState trial, MetricPoint point, bool isFirst)
    {
        if (trial.Number != _trial)
        {
            (_trial, _beginning) = (trial.Number, BeginningOf(trial));
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_beginning},{point.Metric},{point.Step},{Spelling.Exact(point.Value)}\n");
    }

    /// <summary>What all lines of a trial begin with, without the comma after it.</summary>
    private string BeginningOf(TrialState trial)
    {
        var swept = _configurations[trial.Configuration].Swept;
        return CsvLine.Of(
        [
            state.Name,
            trial.Number.ToString(CultureInfo.InvariantCulture),
            trial.Configuration,
            .. state.Plan!.Swept.Select(name => swept.TryGetValue(name, out var value) ? value.Display : ""),
            trial.Replicate.ToString(CultureInfo.InvariantCulture),
            TrialStatus.Of(trial),
        ]).TrimEnd('\n');
    }
}
