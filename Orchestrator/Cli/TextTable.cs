using System.Text;
using Shared.Reports.Document;

namespace Orchestrator.Cli;

/// <summary>
/// A table without lines, as wide as its cells, one row a line: what a person reads and <c>grep</c> finds.
/// </summary>
public static class TextTable
{
    private const string Gap = "  ";

    /// <summary>The lines of the table, its header first.</summary>
    /// <param name="header">Names of the columns.</param>
    /// <param name="rows">As many cells each as the header.</param>
    /// <param name="width">The last column is shortened where a line is longer; nothing for any length.</param>
    public static IEnumerable<string> Lines(
        IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows, int? width = null)
    {
        // A cell is of a store: it neither begins a line nor moves the cursor.
        var all = rows.Prepend(header)
            .Select(row => (IReadOnlyList<string>)[.. row.Select(LogText.Line)]).ToList();
        var widths = header.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        return all.Select(row => Shorten(LineOf(row, widths), width));
    }

    /// <summary>Prints the table; on a terminal no line is wider than it.</summary>
    public static void Print(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int? width = Console.IsOutputRedirected || Console.WindowWidth <= 0 ? null : Console.WindowWidth;
        foreach (var line in Lines(header, rows, width))
        {
            Console.WriteLine(line);
        }
    }

    /// <summary>A text that is no longer than a limit.</summary>
    public static string Shorten(string text, int? limit) =>
        limit is { } most && text.Length > most ? $"{text.AsSpan(0, Math.Max(0, most - 1))}…" : text;

    private static string LineOf(IReadOnlyList<string> row, int[] widths)
    {
        var line = new StringBuilder();
        for (var column = 0; column < row.Count; column++)
        {
            line.Append(row[column].PadRight(widths[column])).Append(Gap);
        }

        return line.ToString().TrimEnd();
    }
}
