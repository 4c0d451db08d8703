using System.Globalization;

namespace Shared;

/// <summary>Lengths of time as people write them: <c>500ms</c>, <c>30s</c>, <c>10m</c>, <c>2h</c>.</summary>
public static class DurationText
{
    /// <summary>What a text must look like; ends a sentence.</summary>
    public const string Form = "a number and its unit: 500ms, 30s, 10m or 2h";

    private const int LongestDays = 366;

    /// <summary>
    /// A length in words, in the largest unit that leaves at most two decimals: <c>20 s</c>, <c>1.5 h</c>.
    /// </summary>
    public static string Words(TimeSpan length)
    {
        (double Length, string Name)[] units =
            [(length.TotalHours, "h"), (length.TotalMinutes, "min"), (length.TotalSeconds, "s")];
        foreach (var (count, name) in units)
        {
            if (count >= 1 && Math.Abs((count * 100) - Math.Round(count * 100)) < 1e-6)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{count:0.##} {name}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{length.TotalMilliseconds:0.##} ms");
    }

    /// <summary>The length that a text says, or nothing where it says none or more than a year.</summary>
    public static TimeSpan? Parse(string text)
    {
        var unit = text.AsSpan().TrimStart("0123456789.");
        double? seconds = unit switch
        {
            "ms" => 0.001,
            "s" => 1,
            "m" => 60,
            "h" => 3600,
            _ => null,
        };
        var number = text.AsSpan()[..^unit.Length];
        return seconds is { } each
            && double.TryParse(
                number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count * each <= TimeSpan.FromDays(LongestDays).TotalSeconds
                ? TimeSpan.FromSeconds(count * each)
                : null;
    }
}
