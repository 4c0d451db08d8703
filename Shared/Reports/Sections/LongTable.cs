using System.Collections.Immutable;
using System.Globalization;
using Shared.Reports.Document;

namespace Shared.Reports.Sections;

/// <summary>A table that a page can hold however many rows there are.</summary>
internal static class LongTable
{
    /// <summary>Most rows that are shown.</summary>
    public const int RowLimit = 1_000;

    /// <summary>The table, and where there are more rows than it shows, where to find them.</summary>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">All rows; those that are not shown are not made.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="file">The file that holds them all.</param>
    public static ImmutableArray<Block> Of(
        ImmutableArray<Column> columns, IEnumerable<ImmutableArray<Prose>> rows, int count, string file)
    {
        var table = new Block.Table(columns, [.. rows.Take(RowLimit)]);
        return count <= RowLimit
            ? [table]
            :
            [
                table,
                new Block.Paragraph(
                    string.Create(
                        CultureInfo.InvariantCulture, $"The first {RowLimit} of {count} rows; all of them are in ")
                        + Prose.Code(file) + ".",
                    IsNote: true),
            ];
    }
}
