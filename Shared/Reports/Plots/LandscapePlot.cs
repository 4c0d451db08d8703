using System.Globalization;
using System.Text;
using Shared.Statistics;

namespace Shared.Reports.Plots;

/// <summary>Draws an energy of the plane: filled contours, the field −∇E as arrows, and the true modes.</summary>
internal static class LandscapePlot
{
    private const double Left = 46;
    private const double Top = 12;
    private const double Side = 380;
    private const double Bottom = 42;
    private const double Bar = 442;   // left end of the scale
    private const double BarWidth = 22;
    private const double Height = Top + Side + Bottom;

    /// <summary>An arrow of full length stands for this quantile of |∇E| and everything above it.</summary>
    private const double FullShare = 0.9;

    private const string Frame = "class=\"frame\" style=\"fill:none;stroke:var(--muted)\"";
    private const string Arrow = "class=\"arrow\" style=\"fill:none;stroke:var(--ink);opacity:.7\"";
    private const string Mark = "class=\"mark\" style=\"fill:var(--paper);stroke:var(--c1);stroke-width:2\"";
    /// <summary>Above the lowest energy: close where most of the density lies.</summary>
    private static readonly double[] Levels = [0.5, 1, 2, 3, 4, 6, 8, 12, 16, 24];

    private const double Faintest = 0.06;
    private const double Strongest = 0.78;
    private const double ShortestArrow = 1.5;   // pixels; a shorter one is left out
    private const double HeadLength = 5;
    private const double HeadAngle = 0.45;   // radians

    /// <summary>The drawing, or nothing where no two energies are finite and differ.</summary>
    public static PlotDrawing? Draw(EnergyLandscape landscape)
    {
        double[] energies = [.. landscape.Energies.Where(float.IsFinite).Select(e => (double)e)];
        if (energies.Length == 0 || energies.Min() >= energies.Max())
        {
            return null;
        }

        var (unit, low) = (UnitOf(energies), energies.Min());
        var text = new StringBuilder();
        WriteFilled(text, landscape, [.. Levels.Select(level => low + (unit * level))]);
        WriteAxes(text, landscape);
        var full = WriteArrows(text, landscape);
        foreach (var centre in landscape.Centres)
        {
            text.Append($"<circle {Mark} cx=\"{Svg.Number(X(landscape, centre[0]))}\" ");
            text.Append($"cy=\"{Svg.Number(Y(landscape, centre[1]))}\" r=\"4\"/>");
        }

        WriteScale(text, unit);
        var note = full > 0 ? $"A full arrow is |∇E| = {Spelling.Rounded(full)} or more." : "";
        return new PlotDrawing(text.ToString(), note) { Height = Height };
    }

    /// <summary>
    /// What the levels are multiples of: 1, so that plots have one scale, or a power of ten where half of the plane
    /// lies nearer to the lowest energy than 1, or farther than 100.
    /// </summary>
    private static double UnitOf(double[] energies)
    {
        var spread = OrderStatistics.Median(energies) - energies.Min();
        spread = spread > 0 ? spread : energies.Max() - energies.Min();
        return spread is >= 1 and <= 100 ? 1 : Math.Pow(10, Math.Floor(Math.Log10(spread)));
    }

    /// <summary>How dark what lies below a level is, the lowest level first.</summary>
    private static double Shade(int level) =>
        Strongest - ((Strongest - Faintest) * level / (Levels.Length - 1));

    /// <summary>
    /// What lies below each level, the highest first: each layer adds as much as its shade needs over those
    /// beneath.
    /// </summary>
    private static void WriteFilled(StringBuilder text, EnergyLandscape landscape, double[] levels)
    {
        var (beneath, cell) = (0.0, Side / (landscape.Side - 1));
        for (var level = levels.Length - 1; level >= 0; level--)
        {
            var shade = Shade(level);
            var opacity = (shade - beneath) / (1 - beneath);
            beneath = shade;
            var path = new StringBuilder();
            foreach (var line in Contours.Of(landscape.Energies, landscape.Side, levels[level]))
            {
                var points = line.Select(point => $"{Svg.Number(Left + (point.X * cell))} "
                    + Svg.Number(Top + Side - (point.Y * cell)));
                path.Append('M').AppendJoin(' ', points).Append('Z');
            }

            text.Append("<path class=\"heat\" fill-rule=\"evenodd\" ");
            text.Append(CultureInfo.InvariantCulture, $"opacity=\"{opacity:0.###}\" d=\"{path}\"/>\n");
        }
    }

    private static void WriteAxes(StringBuilder text, EnergyLandscape landscape)
    {
        text.Append($"<rect {Frame} x=\"{Svg.Number(Left)}\" y=\"{Svg.Number(Top)}\" ");
        text.Append($"width=\"{Svg.Number(Side)}\" height=\"{Svg.Number(Side)}\"/>\n");
        var axis = Axis.OfValues([landscape.Low, landscape.High]);
        foreach (var tick in axis.Ticks.Where(t => t >= landscape.Low && t <= landscape.High))
        {
            var label = Spelling.Tick(tick, axis.TickStep);
            text.Append($"<text class=\"tick\" x=\"{Svg.Number(X(landscape, tick))}\" ");
            text.Append($"y=\"{Svg.Number(Top + Side + 18)}\" text-anchor=\"middle\">{label}</text>");
            text.Append($"<text class=\"tick\" x=\"{Svg.Number(Left - 8)}\" y=\"{Svg.Number(Y(landscape, tick))}\" ");
            text.Append($"dy=\"0.35em\" text-anchor=\"end\">{label}</text>\n");
        }

        text.Append($"<text class=\"label\" x=\"{Svg.Number(Left + (Side / 2))}\" y=\"{Svg.Number(Height - 6)}\" ");
        text.Append("text-anchor=\"middle\">x₁</text>");
        text.Append($"<text class=\"label\" x=\"8\" y=\"{Svg.Number(Top + (Side / 2))}\" dy=\"0.35em\">x₂</text>\n");
    }

    /// <summary>Arrows in the middles of their cells, as one path.</summary>
    /// <returns>|∇E| of an arrow of full length; 0 where there is no field.</returns>
    private static double WriteArrows(StringBuilder text, EnergyLandscape landscape)
    {
        var field = landscape.Downhill;
        var cells = Enumerable.Range(0, field.Length / 2);
        double[] lengths = [.. cells.Select(i => Length(field[2 * i], field[(2 * i) + 1]))];
        double[] finite = [.. lengths.Where(double.IsFinite)];
        var full = finite.Length == 0 ? 0 : OrderStatistics.Quantile(finite, FullShare);
        if (full <= 0)
        {
            return 0;
        }

        var room = 0.9 * Side / landscape.ArrowSide;
        var path = new StringBuilder();
        for (var i = 0; i < lengths.Length; i++)
        {
            var drawn = room * Math.Min(1, lengths[i] / full);
            if (drawn >= ShortestArrow)
            {
                WriteArrow(path, Middle(landscape, i), drawn, Math.Atan2(-field[(2 * i) + 1], field[2 * i]));
            }
        }

        text.Append($"<path {Arrow} d=\"{path}\"/>\n");
        return full;
    }

    /// <summary>An arrow round its middle; the angle is of the page, where down is positive.</summary>
    private static void WriteArrow(StringBuilder path, (double X, double Y) middle, double length, double angle)
    {
        var (sine, cosine) = Math.SinCos(angle);
        var (x, y) = (middle.X + (cosine * length / 2), middle.Y + (sine * length / 2));
        var head = Math.Min(HeadLength, length * 0.45);
        string Barb(double turn) =>
            $"{Svg.Number(x - (head * Math.Cos(angle + turn)))} {Svg.Number(y - (head * Math.Sin(angle + turn)))}";
        path.Append($"M{Svg.Number(x - (cosine * length))} {Svg.Number(y - (sine * length))}");
        path.Append($"L{Svg.Number(x)} {Svg.Number(y)}M{Barb(HeadAngle)}L{Svg.Number(x)} {Svg.Number(y)}");
        path.Append($"L{Barb(-HeadAngle)}");
    }

    /// <summary>Shades from the lowest energies at the foot, each level's value beside the line that it is.</summary>
    private static void WriteScale(StringBuilder text, double unit)
    {
        var height = (Side - 76) / (Levels.Length + 1);
        var foot = Top + Side - 50;
        for (var i = 0; i <= Levels.Length; i++)
        {
            var top = foot - ((i + 1) * height);
            text.Append($"<rect class=\"heat\" x=\"{Svg.Number(Bar)}\" y=\"{Svg.Number(top)}\" ");
            text.Append($"width=\"{Svg.Number(BarWidth)}\" height=\"{Svg.Number(height)}\" ");
            var shade = i < Levels.Length ? Shade(i) : 0;
            text.Append(CultureInfo.InvariantCulture, $"opacity=\"{shade:0.###}\"/>");
            if (i < Levels.Length)
            {
                text.Append($"<text class=\"tick\" x=\"{Svg.Number(Bar + BarWidth + 6)}\" y=\"{Svg.Number(top)}\" ");
                text.Append($"dy=\"0.35em\">{Spelling.Tick(unit * Levels[i], unit * Levels[0])}</text>\n");
            }
        }

        text.Append($"<rect {Frame} x=\"{Svg.Number(Bar)}\" ");
        text.Append($"y=\"{Svg.Number(foot - (height * (Levels.Length + 1)))}\" width=\"{Svg.Number(BarWidth)}\" ");
        text.Append($"height=\"{Svg.Number(height * (Levels.Length + 1))}\"/>");
        text.Append($"<text class=\"label\" x=\"{Svg.Number(Bar)}\" y=\"{Svg.Number(Top + 14)}\">E − min E</text>\n");
        text.Append($"<circle {Mark} cx=\"{Svg.Number(Bar + 6)}\" cy=\"{Svg.Number(foot + 22)}\" r=\"4\"/>");
        text.Append($"<text class=\"label\" x=\"{Svg.Number(Bar + 16)}\" y=\"{Svg.Number(foot + 22)}\" ");
        text.Append("dy=\"0.35em\">true</text>");
        text.Append($"<text class=\"label\" x=\"{Svg.Number(Bar + 16)}\" y=\"{Svg.Number(foot + 38)}\" ");
        text.Append("dy=\"0.35em\">modes</text>\n");
    }

    private static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));

    private static (double X, double Y) Middle(EnergyLandscape landscape, int arrow)
    {
        var cell = Side / landscape.ArrowSide;
        var (column, row) = (arrow % landscape.ArrowSide, arrow / landscape.ArrowSide);
        return (Left + ((column + 0.5) * cell), Top + Side - ((row + 0.5) * cell));
    }

    private static double X(EnergyLandscape landscape, double value) =>
        Left + (Side * (value - landscape.Low) / (landscape.High - landscape.Low));

    private static double Y(EnergyLandscape landscape, double value) =>
        Top + Side - (Side * (value - landscape.Low) / (landscape.High - landscape.Low));
}
