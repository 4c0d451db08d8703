using Shared.Metrics;
using Shared.Statistics;

namespace Shared.Reports.Plots;

/// <summary>
/// Draws a mean difference and its interval as a bar beside zero, small enough for a table's cell.
/// </summary>
internal static class IntervalPlot
{
    private const double Width = 120;
    private const double Height = 16;
    private const double Margin = 5;

    /// <summary>
    /// The drawing; its class says whether the second level is clearly better, worse or neither.
    /// </summary>
    /// <param name="pairs">What is drawn.</param>
    /// <param name="better">Which end of the metric is the better one.</param>
    /// <param name="scale">The difference at the edge of the drawing; drawings of a metric share it.</param>
    public static string Draw(PairedComparison pairs, Direction better, double scale)
    {
        double X(double difference) =>
            (Width / 2) + (scale > 0 ? difference / scale * ((Width / 2) - Margin) : 0);
        var isBetter = pairs.MeanDifference < 0 == (better is Direction.Lower);
        var verdict = !pairs.IsClear ? "open" : isBetter ? "better" : "worse";
        var bar = pairs.Interval is { } interval
            ? $"<line class=\"bar\" x1=\"{Svg.Number(X(interval.Lower))}\" "
                + $"x2=\"{Svg.Number(X(interval.Upper))}\" "
                + $"y1=\"{Svg.Number(Height / 2)}\" y2=\"{Svg.Number(Height / 2)}\"/>"
            : "";
        return $"<svg class=\"interval {verdict}\" viewBox=\"0 0 {Svg.Number(Width)} {Svg.Number(Height)}\" "
            + $"width=\"{Svg.Number(Width)}\" height=\"{Svg.Number(Height)}\" aria-hidden=\"true\">"
            + $"<line class=\"zero\" x1=\"{Svg.Number(Width / 2)}\" x2=\"{Svg.Number(Width / 2)}\" y1=\"0\" "
            + $"y2=\"{Svg.Number(Height)}\"/>{bar}<circle cx=\"{Svg.Number(X(pairs.MeanDifference))}\" "
            + $"cy=\"{Svg.Number(Height / 2)}\" r=\"3.5\"/></svg>";
    }
}
