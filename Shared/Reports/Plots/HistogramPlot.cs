using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Shared.Statistics;

namespace Shared.Reports.Plots;

/// <summary>Draws histograms: outlines over common bins, and columns of classes side by side.</summary>
internal static class HistogramPlot
{
    /// <summary>Shares of histograms that have the same bins; the first one lies on top.</summary>
    /// <param name="histograms">At least one; an empty one is left out.</param>
    public static PlotDrawing Outlines(ImmutableArray<Histogram> histograms)
    {
        var shares = histograms.Select(SharesOf).ToArray();
        var (low, high) = (histograms[0].Low, histograms[0].High);
        var x = Axis.OfValues([low, high]);
        var frame = new PlotFrame(x, Axis.OfValues([0, .. shares.SelectMany(one => one)]));
        var text = new StringBuilder();
        frame.WriteAxes(text, "energy", x.Ticks.Select(tick => (tick, Spelling.Tick(tick, x.TickStep))));
        for (var i = histograms.Length - 1; i >= 0; i--)
        {
            var path = new StringBuilder();
            path.Append($"M{Svg.Number(frame.X(low))} {Svg.Number(PlotFrame.Floor)}");
            for (var bin = 0; bin < shares[i].Length; bin++)
            {
                var end = low + ((high - low) * (bin + 1) / shares[i].Length);
                path.Append($"V{Svg.Number(frame.Y(shares[i][bin]))}H{Svg.Number(frame.X(end))}");
            }

            path.Append($"V{Svg.Number(PlotFrame.Floor)}");
            text.Append($"<g class=\"{PlotStyle.Class(i)}\"><path class=\"area\" d=\"{path}\"/>");
            text.Append($"<path class=\"mean\" d=\"{path}\"/></g>\n");
        }

        return new PlotDrawing(text.ToString(), "");
    }

    /// <summary>Shares of each class, one column a series side by side.</summary>
    /// <param name="series">At least one; each has a count for every class.</param>
    public static PlotDrawing Columns(ImmutableArray<ImmutableArray<long>> series)
    {
        const double Group = 0.8;
        var classes = series[0].Length;
        var shares = series.Select(counts => SharesOf(new Histogram(0, classes, counts))).ToArray();
        var frame = new PlotFrame(
            new Axis(-0.5, classes - 0.5, [], 1, null), Axis.OfValues([0, .. shares.SelectMany(one => one)]));
        var text = new StringBuilder();
        frame.WriteAxes(text, "class", Enumerable.Range(0, classes).Select(
            i => ((double)i, i.ToString(CultureInfo.InvariantCulture))));
        for (var i = 0; i < shares.Length; i++)
        {
            text.Append($"<g class=\"{PlotStyle.Class(i)}\">");
            for (var at = 0; at < classes; at++)
            {
                var left = frame.X(at - (Group / 2) + (Group * i / shares.Length));
                var right = frame.X(at - (Group / 2) + (Group * (i + 1) / shares.Length));
                var top = frame.Y(shares[i][at]);
                text.Append($"<rect class=\"column\" x=\"{Svg.Number(left)}\" y=\"{Svg.Number(top)}\" ");
                text.Append($"width=\"{Svg.Number(right - left - 1)}\" ");
                text.Append($"height=\"{Svg.Number(PlotFrame.Floor - top)}\"/>");
            }

            text.Append("</g>\n");
        }

        return new PlotDrawing(text.ToString(), "");
    }

    private static double[] SharesOf(Histogram histogram)
    {
        var total = (double)Math.Max(1, histogram.Total);
        return [.. histogram.Counts.Select(count => count / total)];
    }
}
