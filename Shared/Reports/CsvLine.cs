namespace Shared.Reports;

/// <summary>Lines of comma-separated values.</summary>
/// <remarks>
/// Source: RFC 4180, section 2, rules 5 to 7; lines end in LF as every text of a report.
/// </remarks>
public static class CsvLine
{
    /// <summary>A line with its end; a cell is quoted when it holds a quote, a comma or a line end.</summary>
    public static string Of(IEnumerable<string> cells) => $"{string.Join(',', cells.Select(Cell))}\n";

    private static string Cell(string value) =>
        value.AsSpan().ContainsAny("\",\r\n")
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : value;
}
