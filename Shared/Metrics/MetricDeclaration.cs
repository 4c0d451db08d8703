namespace Shared.Metrics;

/// <summary>A metric, defined once; <c>docs/METRICS.md</c> is generated from these.</summary>
/// <param name="Name">Snake-case name, the same in files, tables, CSV and code.</param>
/// <param name="Meaning">What it measures, one or two sentences.</param>
/// <param name="Formula">How it is computed, in the symbols of the reference.</param>
/// <param name="Unit">Unit, or <c>1</c> for a pure number.</param>
/// <param name="Direction">Which end is the better one.</param>
/// <param name="Kind">Whether equal sweeps must report equal values.</param>
/// <param name="Cadence">When it is reported, such as <c>every 10 updates</c>.</param>
/// <param name="Source">Paper and equation, or where the definition comes from.</param>
public sealed record MetricDeclaration(
    string Name,
    string Meaning,
    string Formula,
    string Unit,
    Direction Direction,
    MetricKind Kind,
    string Cadence,
    string Source)
{
    /// <summary>
    /// Whether tables and answers of a report show it where it has a direction; every metric stands in
    /// <c>report.json</c> and <c>trials.csv</c>, and the one that a sweep ranks by is always shown.
    /// </summary>
    public bool IsHeadline { get; init; } = true;
}

/// <summary>Which end of a metric is the better one.</summary>
public enum Direction
{
    /// <summary>Neither: the metric describes.</summary>
    None,

    /// <summary>Small values are better.</summary>
    Lower,

    /// <summary>Large values are better.</summary>
    Higher,
}

/// <summary>Whether a metric belongs to the results or to how long they took.</summary>
public enum MetricKind
{
    /// <summary>Equal for equal sweeps on equal hardware.</summary>
    Result,

    /// <summary>Depends on the machine and on what else it does; never compared for equality.</summary>
    Timing,
}
