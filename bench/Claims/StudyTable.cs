using System.Text;

namespace Bench.Claims;

/// <summary>A study as people read it.</summary>
internal static class StudyTable
{
    private const int Width = 30;

    /// <summary>Medians with smallest and largest value, what was published, and the claims.</summary>
    public static string Of(Study study, IReadOnlyList<Row> rows, IReadOnlyList<Claim> claims)
    {
        var text = new StringBuilder();
        text.AppendLine($"{Machine.Now()}; median (smallest…largest) [published]");
        text.AppendLine(Line("", study.Columns));
        foreach (var row in rows)
        {
            var cells = study.Columns.Select(column => Cell(row, column, study.Published(row.Name, column)));
            text.AppendLine(Line(row.Name, cells) + (row.Diverged > 0 ? $"  {row.Diverged} diverged" : ""));
        }

        text.AppendLine();
        text.AppendJoin("", claims.Select(claim => $"{claim}\n"));
        text.AppendJoin("", study.LeftOut.Select(left => $"left out: {left}\n"));

        return text.ToString();
    }

    private static string Line(string name, IEnumerable<string> cells) =>
        $"{name,-24}{string.Concat(cells.Select(cell => $"{cell,-Width}"))}".TrimEnd();

    private static string Cell(Row row, string column, string published)
    {
        var values = row.Values(column);
        if (values.Count == 0)
        {
            return "–";
        }

        var shown = $"{row.Median(column):0.###} ({values[0]:0.###}…{values[^1]:0.###})";
        return published.Length == 0 ? shown : $"{shown} [{published}]";
    }
}
