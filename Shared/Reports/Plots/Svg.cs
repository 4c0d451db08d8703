using System.Globalization;
using System.Text;
using Shared.Reports.Document;

namespace Shared.Reports.Plots;

/// <summary>How texts and numbers are written into SVG and HTML.</summary>
internal static class Svg
{
    /// <summary>Coordinates beyond this many pixels lie off every page and are cut to it.</summary>
    private const double FarAway = 9_999;

    /// <summary>A coordinate, to a tenth of a pixel.</summary>
    public static string Number(double value) =>
        (Math.Round(Math.Clamp(value, -FarAway, FarAway) * 10) / 10 + 0.0)
            .ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Text that stands for itself in elements and quoted attributes of HTML and XML.</summary>
    public static string Escape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        foreach (var character in LogText.Visible(raw))
        {
            text.Append(character switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ => character.ToString(),
            });
        }

        return text.ToString();
    }
}
