using System.Globalization;
using System.Text.Json;
using Shared.Metrics;
using Shared.Search;
using Shared.Sweeps;

namespace Shared.Reports;

/// <summary>
/// Metric points as one JSON list, an object a line; <c>parameters</c> are the swept ones, and a value that is
/// not finite is <c>null</c>.
/// </summary>
/// <param name="state">The sweep.</param>
public sealed class JsonExport(SweepState state) : IMetricExport
{
    private readonly Dictionary<string, string> _parameters = state.Plan!.Configurations.ToDictionary(
        c => c.Id, c => Configuration.JsonOf(c.Swept), StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Head => "[";

    /// <inheritdoc/>
    public string Tail => "\n]\n";

    /// <inheritdoc/>
    public string Line(TrialState trial, MetricPoint point, bool isFirst) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {{(isFirst ? "\n" : ",\n")}}{"sweep":{{Text(state.Name)}},"trial":{{trial.Number}},
        """)
        + string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            "configuration":{{Text(trial.Configuration)}},"parameters":{{_parameters[trial.Configuration]}},
            """)
        + string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            "replicate":{{trial.Replicate}},"outcome":{{Text(TrialStatus.Of(trial))}},
            """)
        + string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            "metric":{{Text(point.Metric)}},"step":{{point.Step}},"value":{{Number(point.Value)}}}
            """);

    private static string Number(double value) =>
        double.IsFinite(value) ? CanonicalJson.Number(value) : "null";

    private static string Text(string text) => JsonSerializer.Serialize(text);
}
