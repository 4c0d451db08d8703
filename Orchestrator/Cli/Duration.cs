using System.Globalization;

namespace Orchestrator.Cli;

/// <summary>A length of time as a person types it: a number and its unit, such as <c>90m</c>.</summary>
public static class Duration
{
    /// <summary>What a duration looks like, for sentences.</summary>
    public const string Forms = "a time such as 30s, 90m, 1.5h or 2d";

    private const double MostDays = 10_000;

    /// <summary>The duration, from zero to 10,000 days, or nothing where the text is none.</summary>
    public static TimeSpan? Read(string text)
    {
        if (text.Length < 2
            || !double.TryParse(
                text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var number))
        {
            return null;
        }

        double? ticks = text[^1] switch
        {
            's' => number * TimeSpan.TicksPerSecond,
            'm' => number * TimeSpan.TicksPerMinute,
            'h' => number * TimeSpan.TicksPerHour,
            'd' => number * TimeSpan.TicksPerDay,
            _ => null,
        };
        return ticks is >= 0 and <= MostDays * TimeSpan.TicksPerDay
            ? TimeSpan.FromTicks((long)Math.Round(ticks.Value))
            : null;
    }
}
