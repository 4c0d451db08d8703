using System.Text;

namespace Shared.Reports.Plots;

/// <summary>Axes and margins of a plot of counts; it places values between them.</summary>
/// <param name="x">The horizontal axis.</param>
/// <param name="y">The vertical axis.</param>
internal sealed class PlotFrame(Axis x, Axis y)
{
    private const double Left = 58;
    private const double Right = 14;
    private const double Top = 12;
    private const double Bottom = 42;

    /// <summary>Where the horizontal axis lies.</summary>
    public static double Floor => LinePlot.Height - Bottom;

    /// <summary>Where a value of the horizontal axis lies, in pixels.</summary>
    public double X(double value) => Left + (x.Position(value) * (LinePlot.Width - Left - Right));

    /// <summary>Where a value of the vertical axis lies, in pixels.</summary>
    public double Y(double value) => Floor - (y.Position(value) * (LinePlot.Height - Top - Bottom));

    /// <summary>Grid, ticks and the name of the horizontal axis.</summary>
    /// <param name="text">Takes the drawing.</param>
    /// <param name="name">What the horizontal axis measures.</param>
    /// <param name="ticks">Value and text of each tick of the horizontal axis.</param>
    public void WriteAxes(StringBuilder text, string name, IEnumerable<(double At, string Text)> ticks)
    {
        foreach (var tick in y.Ticks)
        {
            var at = Svg.Number(Y(tick));
            text.Append($"<line class=\"{(tick == 0 ? "zero" : "grid")}\" x1=\"{Svg.Number(Left)}\" ");
            text.Append($"x2=\"{Svg.Number(LinePlot.Width - Right)}\" y1=\"{at}\" y2=\"{at}\"/>");
            text.Append($"<text class=\"tick\" x=\"{Svg.Number(Left - 8)}\" y=\"{at}\" dy=\"0.35em\" ");
            text.Append($"text-anchor=\"end\">{Spelling.Tick(tick, y.TickStep)}</text>\n");
        }

        foreach (var (value, label) in ticks)
        {
            var at = Svg.Number(X(value));
            text.Append($"<text class=\"tick\" x=\"{at}\" y=\"{Svg.Number(Floor + 18)}\" ");
            text.Append($"text-anchor=\"middle\">{Svg.Escape(label)}</text>\n");
        }

        text.Append($"<text class=\"label\" x=\"{Svg.Number((Left + LinePlot.Width - Right) / 2)}\" ");
        text.Append($"y=\"{Svg.Number(LinePlot.Height - 6)}\" text-anchor=\"middle\">");
        text.Append($"{Svg.Escape(name)}</text>\n");
    }
}
