using System.Globalization;
using System.Text;

namespace Shared.Reports.Plots;

/// <summary>Draws a table of numbers by numbers as coloured cells, the values written in them.</summary>
internal static class HeatMapPlot
{
    private const double Left = 72;
    private const double Right = 14;
    private const double Top = 30;
    private const double Bottom = 44;
    private const double Faintest = 0.06;
    private const double Strongest = 0.62;   // text stays readable on it, in light and in dark

    /// <summary>Positive values that are further apart than this are shaded by their logarithm.</summary>
    private const double WideRange = 10;

    /// <summary>The drawing, or nothing where the table is no plane: two numbers or more down and across.</summary>
    /// <param name="down">Name of the parameter that stands down.</param>
    /// <param name="across">Name of the parameter that stands across.</param>
    /// <param name="table">The table.</param>
    public static PlotDrawing? Draw(string down, string across, PivotTable table)
    {
        double[] found = [.. table.Cells.Select(c => c.Value).OfType<double>()];
        if (table.Rows.Length < 2 || table.Columns.Length < 2 || found.Length < 2
            || !table.Rows.Concat(table.Columns).All(values => IsNumber(values[0])))
        {
            return null;
        }

        var isWide = found.Min() > 0 && found.Max() > WideRange * found.Min();
        var (low, high) = (Bend(found.Min()), Bend(found.Max()));
        var text = new StringBuilder();
        text.Append($"<text class=\"label\" x=\"12\" y=\"18\">{Svg.Escape(down)} ↓</text>\n");
        text.Append($"<text class=\"label\" x=\"{Svg.Number((Left + LinePlot.Width - Right) / 2)}\" ");
        text.Append($"y=\"{Svg.Number(LinePlot.Height - 6)}\" text-anchor=\"middle\">{Svg.Escape(across)}</text>\n");
        for (var row = 0; row < table.Rows.Length; row++)
        {
            WriteRow(text, table, row, value => high > low ? (Bend(value) - low) / (high - low) : 0);
        }

        for (var column = 0; column < table.Columns.Length; column++)
        {
            text.Append($"<text class=\"tick\" x=\"{Svg.Number(X(table, column + 0.5))}\" ");
            text.Append($"y=\"{Svg.Number(LinePlot.Height - Bottom + 18)}\" text-anchor=\"middle\">");
            text.Append($"{Svg.Escape(table.Columns[column][0])}</text>\n");
        }

        return new PlotDrawing(text.ToString(), isWide ? " Shades are by logarithm." : "");

        double Bend(double value) => isWide ? Math.Log(value) : value;
    }

    private static void WriteRow(StringBuilder text, PivotTable table, int row, Func<double, double> shade)
    {
        var height = (LinePlot.Height - Top - Bottom) / table.Rows.Length;
        var top = Top + (height * row);
        text.Append($"<text class=\"tick\" x=\"{Svg.Number(Left - 8)}\" y=\"{Svg.Number(top + (height / 2))}\" ");
        text.Append($"dy=\"0.35em\" text-anchor=\"end\">{Svg.Escape(table.Rows[row][0])}</text>\n");
        for (var column = 0; column < table.Columns.Length; column++)
        {
            if (table[row, column].Value is not { } value)
            {
                continue;
            }

            var opacity = Faintest + ((Strongest - Faintest) * shade(value));
            text.Append($"<rect class=\"heat\" x=\"{Svg.Number(X(table, column) + 1)}\" y=\"{Svg.Number(top + 1)}\" ");
            text.Append($"width=\"{Svg.Number(X(table, 1) - X(table, 0) - 2)}\" height=\"{Svg.Number(height - 2)}\" ");
            text.Append(CultureInfo.InvariantCulture, $"opacity=\"{opacity:0.##}\"/>");
            text.Append($"<text class=\"value\" x=\"{Svg.Number(X(table, column + 0.5))}\" ");
            text.Append($"y=\"{Svg.Number(top + (height / 2))}\" dy=\"0.35em\" text-anchor=\"middle\">");
            text.Append($"{Spelling.Rounded(value)}</text>\n");
        }
    }

    private static double X(PivotTable table, double column) =>
        Left + ((LinePlot.Width - Left - Right) * column / table.Columns.Length);

    private static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number);
}
