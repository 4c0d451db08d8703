using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Shared.Reports.Plots;

/// <summary>Colours and dash patterns of plots, by class, for light and dark pages.</summary>
/// <remarks>
/// Colours: Okabe and Ito, "Color universal design" (2008), told apart with every common colour blindness;
/// without its yellow, which white paper swallows, and lightened for dark pages. The dash pattern says the
/// same again.
/// </remarks>
internal static class PlotStyle
{
    /// <summary>
    /// How many configurations have a colour of their own; the rest share a thin grey line.
    /// </summary>
    public const int Count = 8;

    private static readonly string[] Light =
        ["#0072b2", "#d55e00", "#009e73", "#b8528f", "#c98500", "#3f8fc4", "#4d4d4d", "#8c564b"];

    private static readonly string[] Dark =
        ["#56a8e6", "#ff8a45", "#33c79b", "#e79bc8", "#f2b83d", "#a5d8ff", "#c8c8c8", "#cf9a8e"];

    private static readonly string[] Dashes = ["none", "7 3", "2 3", "9 3 2 3"];

    /// <summary>The class of a series.</summary>
    public static string Class(int? style) =>
        style is { } number ? string.Create(CultureInfo.InvariantCulture, $"s{number}") : "rest";

    /// <summary>The rules of every plot.</summary>
    public static string Css { get; } = Rules();

    /// <summary>A short sample of a series' line.</summary>
    public static string Sample(int? style) =>
        "<svg class=\"sample\" viewBox=\"0 0 30 10\" width=\"30\" height=\"10\" aria-hidden=\"true\">"
        + $"<g class=\"{Class(style)}\"><path class=\"mean\" d=\"M1 5H29\"/></g></svg>";

    /// <summary>A plot inside a page that carries <see cref="Css"/>.</summary>
    public static string Inline(string title, PlotDrawing drawing) =>
        $"<svg class=\"plot\" viewBox=\"0 0 {Svg.Number(LinePlot.Width)} {Svg.Number(drawing.Height)}\" "
        + $"role=\"img\" aria-label=\"{Svg.Escape(title)}\">\n{drawing.Body}</svg>";

    /// <summary>A plot as a file of its own, with title and legend.</summary>
    public static string Standalone(string title, PlotDrawing drawing, ImmutableArray<PlotSeries> series)
    {
        const double Head = 28;
        const double Row = 18;
        PlotSeries[] named = [.. series.Where(s => s.Style is not null)];
        var height = Head + drawing.Height + (Row * named.Length) + 10;
        var text = new StringBuilder();
        text.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot page\" ");
        text.Append($"viewBox=\"0 0 {Svg.Number(LinePlot.Width)} {Svg.Number(height)}\" ");
        text.Append($"width=\"{Svg.Number(LinePlot.Width)}\" height=\"{Svg.Number(height)}\">\n");
        text.Append($"<style>\n{Css}</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
        text.Append($"<text class=\"title\" x=\"12\" y=\"20\">{Svg.Escape(title)}</text>\n");
        text.Append($"<g transform=\"translate(0 {Svg.Number(Head)})\">\n{drawing.Body}</g>\n");
        for (var i = 0; i < named.Length; i++)
        {
            var y = Head + drawing.Height + (Row * i) + 8;
            text.Append($"<g class=\"{Class(named[i].Style)}\">");
            text.Append($"<path class=\"mean\" d=\"M58 {Svg.Number(y)}h30\"/></g>");
            text.Append($"<text class=\"label\" x=\"96\" y=\"{Svg.Number(y)}\" dy=\"0.35em\">");
            text.Append($"{Svg.Escape(named[i].Label)}</text>\n");
        }

        return text.Append("</svg>\n").ToString();
    }

    private static string Rules()
    {
        var text = new StringBuilder();
        text.Append(
            ":root{color-scheme:light dark;--ink:#1c2128;--muted:#57606a;--line:#d9dee4;--paper:#fff");
        text.Append(Palette(Light)).Append("}\n");
        text.Append("@media (prefers-color-scheme:dark){:root{--ink:#e6e9ed;--muted:#9aa4af;--line:#333b45;");
        text.Append("--paper:#14181d").Append(Palette(Dark)).Append("}}\n");
        text.Append("@media print{:root{color-scheme:light;--ink:#1c2128;--muted:#57606a;");
        text.Append("--line:#d9dee4;--paper:#fff");
        text.Append(Palette(Light)).Append("}}\n");
        text.Append(
            ".plot text{font:13px system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;fill:var(--muted)}\n");
        text.Append(".plot .title{font-weight:600;fill:var(--ink)}.plot .paper{fill:var(--paper)}\n");
        text.Append(
            ".plot .grid{stroke:var(--line)}.plot .zero,.plot .axis{stroke:var(--muted);opacity:.7}\n");
        text.Append(".mean,.replicate,.cross{fill:none;stroke:var(--c);stroke-linejoin:round}\n");
        text.Append(
            ".mean{stroke-width:2.2;stroke-dasharray:var(--d)}.replicate{stroke-width:1;opacity:.4}\n");
        text.Append(".cross{stroke-width:2}circle.mean,circle.replicate{fill:var(--c);stroke:none}\n");
        text.Append(".area{fill:var(--c);opacity:.12}.column{fill:var(--c);opacity:.85}\n");
        text.Append(".heat{fill:var(--c0)}.plot .value{fill:var(--ink)}\n");
        text.Append(".rest{--c:var(--muted);--d:none}");
        text.Append(".rest .mean{stroke-width:1;opacity:.45}.rest .replicate{opacity:.15}\n");
        for (var i = 0; i < Count; i++)
        {
            text.Append($".s{i}{{--c:var(--c{i});--d:{Dashes[i % Dashes.Length]}}}");
        }

        return text.Append('\n').ToString();
    }

    private static string Palette(string[] colours) =>
        string.Concat(colours.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $";--c{i}:{c}")));
}
