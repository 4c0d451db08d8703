using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Shared.Reports.Document;
using Shared.Reports.Plots;
using Shared.Sweeps;

namespace Shared.Reports.Sections;

/// <summary>The tables that a sweep file asks for, with a heat map where two numbers span one.</summary>
internal static class TableSection
{
    /// <summary>The section, or nothing without a table.</summary>
    public static Section? Of(ReportModel model) => model.Tables.IsEmpty
        ? null
        : new Section("tables", "Tables",
        [
            .. model.Tables.SelectMany((table, number) => Blocks(table, number + 1)),
            new Block.Paragraph(Reading(model.Tables), IsNote: true),
        ]);

    private static IEnumerable<Block> Blocks(PivotTable table, int number)
    {
        yield return new Block.Subheading(Title(table));
        yield return Table(table);
        if (Map(table, number) is { } map)
        {
            yield return new Block.Plots([map], []);
        }
    }

    private static Prose Title(PivotTable table)
    {
        var how = table.Asked.Aggregate switch
        {
            Aggregate.Median => "Median ",
            Aggregate.Iqm => "Interquartile mean ",
            Aggregate.Mean => "Mean ",
            var other => throw new UnreachableException($"{other}"),
        };
        var unit = table.Metric.Unit == "1" ? "" : $" ({table.Metric.Unit})";
        return how + ConfigurationSection.Head(table.Metric) + unit + " by "
            + Prose.Join(", ", table.Asked.Rows.Concat(table.Asked.Columns).Select(Prose.Code));
    }

    private static Block.Table Table(PivotTable table)
    {
        var ahead = table.Ahead();
        return new Block.Table(
            [
                .. table.Asked.Rows.Select(name => new Column(Prose.Code(name))),
                .. table.Columns.Select(values => new Column(Across(table, values), IsNumeric: true)),
            ],
            [
                .. table.Rows.Select((values, row) => ImmutableArray.CreateRange<Prose>(
                [
                    .. values.Select(value => (Prose)value),
                    .. Enumerable.Range(0, table.Columns.Length)
                        .Select(column => table[row, column])
                        .Select(cell => Cell(cell, cell == ahead)),
                ])),
            ]);
    }

    private static Prose Across(PivotTable table, ImmutableArray<string> values) => values.IsEmpty
        ? ConfigurationSection.Head(table.Metric)
        : Prose.Join(", ", table.Asked.Columns.Zip(values, (name, value) =>
            Prose.Code($"{name[(name.LastIndexOf('.') + 1)..]} {value}")));

    private static Prose Cell(PivotCell cell, bool isAhead)
    {
        if (cell.Trials.IsEmpty)
        {
            return "";
        }

        var notes = Notes(cell);
        if (cell.Value is not { } value)
        {
            return "—" + Prose.Small(notes);
        }

        var (number, deviation) = Spelling.Split(value, cell.Deviation);
        var spread = cell.Interval is { } interval
            ? $"[{Spelling.Rounded(interval.Lower)}, {Spelling.Rounded(interval.Upper)}] "
            : deviation.Length == 0 ? "" : $"± {deviation} ";
        return (isAhead ? Prose.Strong(number) : number) + Prose.Small(spread + notes);
    }

    private static string Notes(PivotCell cell) => string.Create(
        CultureInfo.InvariantCulture,
        $"({cell.Count}){(cell.Without > 0 ? $" none in {cell.Without}" : "")}"
            + $"{(cell.Diverged > 0 ? $" {cell.Diverged} diverged" : "")}");

    /// <summary>The table as colours, where one number stands down and one across.</summary>
    private static Block.Plot? Map(PivotTable table, int number)
    {
        if (table.Asked.Rows is not [var down] || table.Asked.Columns is not [var across]
            || HeatMapPlot.Draw(down, across, table) is not { } drawing)
        {
            return null;
        }

        var title = $"{table.Metric.Name} by {down} and {across}";
        return new Block.Plot(
            string.Create(CultureInfo.InvariantCulture, $"table-{number}"),
            PlotStyle.Inline(title, drawing),
            PlotStyle.Standalone(title, drawing, []),
            Prose.Code(table.Metric.Name) + $": the stronger the colour, the greater.{drawing.Note}");
    }

    private static Prose Reading(ImmutableArray<PivotTable> tables)
    {
        var means = tables.Any(t => t.Asked.Aggregate is Aggregate.Mean)
            ? "Beside a mean stands the sample standard deviation; a mean stands out where it is better than that of "
                + "the runner-up by a paired t interval at 95\u00a0% over the trials that share all else. "
            : "";
        var medians = tables.Any(t => t.Asked.Aggregate is Aggregate.Median)
            ? "With a median stand the quartiles in brackets. "
            : "";
        var middles = tables.Any(t => t.Asked.Aggregate is Aggregate.Iqm)
            ? "An interquartile mean is the mean of what is left when a quarter of the values, rounded down, is left "
                + "out at either end: of three values nothing is. With it stands a 95\u00a0% bootstrap interval, drawn "
                + "within configurations, from 20 values on: with fewer it would hold the truth too seldom. "
            : "";
        var together = tables.Any(t => t.Together > 1)
            ? " Where a parameter that was swept stands neither down nor across, a cell takes its values together."
            : "";
        return means + medians + middles + "In brackets is the number of completed trials with a value; diverged "
            + "ones have no share in it." + together;
    }
}
