using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shared.Experiments;

namespace Shared.Sweeps;

/// <summary>What a sweep file asks of its report.</summary>
/// <param name="Tables">At least one.</param>
public sealed record SweepReport(ImmutableArray<ReportTable> Tables)
{
    /// <summary>The value of the key <c>report</c> that says the same.</summary>
    [JsonIgnore]
    public string Json => $"[{string.Join(',', Tables.Select(table => table.Json))}]";
}

/// <summary>A table of one metric: values of some parameters down, of others across.</summary>
/// <param name="Rows">Dotted names, at least one; the last one varies fastest.</param>
/// <param name="Columns">Dotted names, none of them in <paramref name="Rows"/>; may be empty.</param>
/// <param name="Value">Name of a metric of kind result.</param>
/// <param name="Aggregate">How the trials of a cell become one number.</param>
public sealed record ReportTable(
    ImmutableArray<string> Rows, ImmutableArray<string> Columns, string Value, Aggregate Aggregate)
{
    /// <summary>The table as a sweep file writes it.</summary>
    [JsonIgnore]
    public string Json =>
        $$"""
        {"rows":{{JsonSerializer.Serialize(Rows)}},"columns":{{JsonSerializer.Serialize(Columns)}},
        "value":{{JsonSerializer.Serialize(Value)}},"aggregate":"{{Spelling.Kebab(Aggregate.ToString())}}"}
        """;
}

/// <summary>How several trials become one number.</summary>
public enum Aggregate
{
    /// <summary>The arithmetic mean.</summary>
    Mean,

    /// <summary>The middle value.</summary>
    Median,

    /// <summary>The interquartile mean: the mean of the middle half.</summary>
    Iqm,
}
