using System.Collections.Immutable;
using System.Text;

namespace Shared.Reports.Plots;

/// <summary>Draws curves: a mean line per configuration, a thin one per replicate.</summary>
internal static class LinePlot
{
    /// <summary>Width of a plot in pixels.</summary>
    public const double Width = 520;

    /// <summary>Height of a plot in pixels.</summary>
    public const double Height = 300;

    private const double Left = 58;
    private const double Right = 14;
    private const double Top = 12;
    private const double Bottom = 42;

    /// <summary>A line with more points is thinned: half as many stretches keep their extremes.</summary>
    private const int PointLimit = 400;

    /// <summary>The same of a line among many, which has no colour of its own.</summary>
    private const int PointLimitAmongMany = 100;

    /// <summary>How many letters stand side by side below a plot.</summary>
    private const int LevelRoom = 56;

    /// <summary>The plot, or nothing when no value is finite.</summary>
    /// <param name="name">Kebab or snake case, unique on its page.</param>
    /// <param name="series">What to draw; the first series lies on top.</param>
    /// <param name="scale">What the lines are drawn over.</param>
    public static PlotDrawing? Draw(string name, ImmutableArray<PlotSeries> series, PlotScale scale)
    {
        // Where bands stand for replicates, their edges and the means are what must be seen.
        PlotLine[] lines = series.Any(s => !s.Replicates.IsEmpty)
            ? [.. series.SelectMany(s => s.Replicates)]
            : [.. series.SelectMany(Edges)];
        double[] all = [.. lines.SelectMany(Finite)];
        if (all.Length == 0)
        {
            return null;
        }

        var y = Axis.OfValues(InView(lines, all));
        var x = scale.Levels.IsEmpty
            ? Axis.OfSteps(lines.SelectMany(l => l.Points).Max(p => p.X))
            : Axis.OfLevels(scale.Levels.Length);
        var text = new StringBuilder();
        WriteAxes(text, x, y, scale);
        text.Append($"<clipPath id=\"clip-{name}\"><rect x=\"{Svg.Number(Left)}\" y=\"{Svg.Number(Top)}\" ");
        text.Append($"width=\"{Svg.Number(Width - Left - Right)}\" ");
        text.Append($"height=\"{Svg.Number(Height - Top - Bottom)}\"/>");
        text.Append($"</clipPath>\n<g clip-path=\"url(#clip-{name})\">\n");
        foreach (var one in series.Reverse())
        {
            WriteSeries(text, one, x, y);
        }

        text.Append("</g>\n");
        return new PlotDrawing(text.ToString(), Note(lines, y));
    }

    private static IEnumerable<PlotLine> Edges(PlotSeries series) => new[]
        {
            series.Mean,
            [.. series.Band.Select(b => new PlotPoint(b.X, b.Low))],
            [.. series.Band.Select(b => new PlotPoint(b.X, b.High))],
        }
        .Where(points => !points.IsEmpty)
        .Select(points => new PlotLine(points, IsCompleted: true, IsDiverged: false));

    private static IEnumerable<double> Finite(PlotLine line) =>
        line.Points.Select(p => p.Value).Where(double.IsFinite);

    /// <summary>
    /// The values that the axis makes room for: those of completed trials, and of others as far as they stay
    /// within half that range above or below; a trial that ran away must not flatten the rest.
    /// </summary>
    private static double[] InView(PlotLine[] lines, double[] all)
    {
        double[] completed = [.. lines.Where(l => l.IsCompleted).SelectMany(Finite)];
        if (completed.Length == 0)
        {
            return all;
        }

        var (low, high) = (completed.Min(), completed.Max());
        var room = (high - low) / 2;
        return [.. all.Where(v => v >= low - room && v <= high + room)];
    }

    private static string Note(PlotLine[] lines, Axis y)
    {
        var notes = new List<string>();
        if (y.LinearWithin is { } linear)
        {
            notes.Add($"Symmetric log scale, near linear within ±{Spelling.Rounded(linear)}.");
        }

        double[] outside = [.. lines
            .Select(l => Finite(l).Where(v => v > y.High || v < y.Low).OrderByDescending(Math.Abs).Take(1))
            .SelectMany(v => v)];
        if (outside.Length > 0)
        {
            notes.Add($"{Spelling.Count(outside.Length, "trial")} left the plot, as far as "
                + $"{Spelling.Rounded(outside.MaxBy(Math.Abs))}.");
        }

        return string.Join(' ', notes);
    }

    private static void WriteAxes(StringBuilder text, Axis x, Axis y, PlotScale scale)
    {
        foreach (var tick in y.Ticks)
        {
            var at = Svg.Number(Y(y, tick));
            var kind = tick == 0 ? "zero" : "grid";
            text.Append($"<line class=\"{kind}\" x1=\"{Svg.Number(Left)}\" ");
            text.Append($"x2=\"{Svg.Number(Width - Right)}\" y1=\"{at}\" y2=\"{at}\"/>");
            text.Append($"<text class=\"tick\" x=\"{Svg.Number(Left - 8)}\" y=\"{at}\" ");
            text.Append($"dy=\"0.35em\" text-anchor=\"end\">{Spelling.Tick(tick, y.TickStep)}</text>\n");
        }

        var bottom = Height - Bottom;
        foreach (var tick in x.Ticks)
        {
            var at = Svg.Number(X(x, tick));
            text.Append($"<line class=\"axis\" x1=\"{at}\" x2=\"{at}\" y1=\"{Svg.Number(bottom)}\" ");
            text.Append($"y2=\"{Svg.Number(bottom + 4)}\"/><text class=\"tick\" x=\"{at}\" ");
            text.Append($"y=\"{Svg.Number(bottom + 18)}\" text-anchor=\"middle\">");
            text.Append($"{(scale.Levels.IsEmpty ? Spelling.Tick(tick, x.TickStep) : Level(scale, tick))}</text>\n");
        }

        text.Append($"<line class=\"axis\" x1=\"{Svg.Number(Left)}\" x2=\"{Svg.Number(Width - Right)}\" ");
        text.Append($"y1=\"{Svg.Number(bottom)}\" y2=\"{Svg.Number(bottom)}\"/>");
        text.Append($"<text class=\"label\" x=\"{Svg.Number((Left + Width - Right) / 2)}\" ");
        text.Append($"y=\"{Svg.Number(Height - 6)}\" text-anchor=\"middle\">{Svg.Escape(scale.Name)}</text>\n");
    }

    /// <summary>The name of a value, cut where its neighbour's begins.</summary>
    private static string Level(PlotScale scale, double tick)
    {
        var name = scale.Levels[(int)tick];
        var most = LevelRoom / scale.Levels.Length;
        return Svg.Escape(name.Length <= most ? name : name[..(most - 1)] + "…");
    }

    private static void WriteSeries(StringBuilder text, PlotSeries series, Axis x, Axis y)
    {
        var limit = series.Style is null ? PointLimitAmongMany : PointLimit;
        text.Append($"<g class=\"{PlotStyle.Class(series.Style)}\">");
        foreach (var line in series.Replicates)
        {
            WriteLine(text, "replicate", Thin(line.Points, limit), x, y);
            if (line.IsDiverged && EndInView(line, y) is { } end)
            {
                var (cx, cy) = (X(x, end.X), Math.Clamp(Y(y, end.Value), Top + 5, Height - Bottom - 5));
                text.Append($"<path class=\"cross\" d=\"M{Svg.Number(cx - 4)} {Svg.Number(cy - 4)}");
                text.Append("l8 8m0 -8l-8 8\"/>");
            }
        }

        WriteBand(text, series.Band, x, y);
        WriteLine(text, "mean", Thin(series.Mean, limit), x, y);
        text.Append("</g>\n");
    }

    /// <summary>A line's last point, or its first one outside after which it never returns.</summary>
    private static PlotPoint? EndInView(PlotLine line, Axis y)
    {
        PlotPoint[] points = [.. line.Points.Where(p => double.IsFinite(p.Value))];
        var last = Array.FindLastIndex(points, p => p.Value >= y.Low && p.Value <= y.High);
        return points.Length == 0 ? null : points[Math.Min(last + 1, points.Length - 1)];
    }

    /// <summary>The area between both edges, thinned so that neither loses a spike.</summary>
    private static void WriteBand(StringBuilder text, ImmutableArray<BandPoint> band, Axis x, Axis y)
    {
        if (band.Length < 2)
        {
            return;
        }

        var low = Thin([.. band.Select(b => new PlotPoint(b.X, b.Low))], PointLimit);
        var high = Thin([.. band.Select(b => new PlotPoint(b.X, b.High))], PointLimit);
        var path = string.Join('L', low.Concat(high.Reverse())
            .Select(p => $"{Svg.Number(X(x, p.X))} {Svg.Number(Y(y, p.Value))}"));
        text.Append($"<path class=\"area\" d=\"M{path}Z\"/>");
    }

    private static void WriteLine(
        StringBuilder text, string kind, ImmutableArray<PlotPoint> thinned, Axis x, Axis y)
    {
        var path = new StringBuilder();
        var run = 0;
        for (var i = 0; i <= thinned.Length; i++)
        {
            if (i < thinned.Length && double.IsFinite(thinned[i].Value))
            {
                path.Append(run++ == 0 ? 'M' : 'L');
                path.Append($"{Svg.Number(X(x, thinned[i].X))} {Svg.Number(Y(y, thinned[i].Value))}");
                continue;
            }

            if (run == 1)
            {
                text.Append($"<circle class=\"{kind}\" cx=\"{Svg.Number(X(x, thinned[i - 1].X))}\" ");
                text.Append($"cy=\"{Svg.Number(Y(y, thinned[i - 1].Value))}\" r=\"3\"/>");
            }

            run = 0;
        }

        if (path.Length > 0)
        {
            text.Append($"<path class=\"{kind}\" d=\"{path}\"/>");
        }
    }

    private static ImmutableArray<PlotPoint> Thin(ImmutableArray<PlotPoint> points, int limit)
    {
        if (points.Length <= limit)
        {
            return points;
        }

        var stretch = (points.Length + (limit / 2) - 1) / (limit / 2);
        return [.. points.Chunk(stretch).SelectMany(Extremes)];
    }

    /// <summary>
    /// The lowest and the highest point of a stretch, in their order, so that no spike is lost.
    /// </summary>
    private static IEnumerable<PlotPoint> Extremes(PlotPoint[] stretch)
    {
        if (stretch.Any(p => !double.IsFinite(p.Value)))
        {
            return stretch;
        }

        var (low, high) = (stretch.MinBy(p => p.Value), stretch.MaxBy(p => p.Value));
        return low == high ? [low] : low.X < high.X ? [low, high] : [high, low];
    }

    private static double X(Axis axis, double value) =>
        Left + (axis.Position(value) * (Width - Left - Right));

    private static double Y(Axis axis, double value) =>
        Height - Bottom - (axis.Position(value) * (Height - Top - Bottom));
}
