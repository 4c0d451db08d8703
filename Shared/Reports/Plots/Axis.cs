using System.Collections.Immutable;

namespace Shared.Reports.Plots;

/// <summary>A range of values with round ticks, linear or symmetric-logarithmic.</summary>
/// <param name="Low">Value at the low end.</param>
/// <param name="High">Value at the high end, above the low one.</param>
/// <param name="Ticks">Round values between both ends.</param>
/// <param name="TickStep">Distance of ticks; 0 on a logarithmic axis.</param>
/// <param name="LinearWithin">
/// Nothing when linear; otherwise the axis is asinh(v / c), near linear within ± c and logarithmic far
/// outside.
/// </param>
internal sealed record Axis(
    double Low, double High, ImmutableArray<double> Ticks, double TickStep, double? LinearWithin)
{
    /// <summary>A range this many times the width of its middle 90 % is not drawn on a linear axis.</summary>
    private const double HugeRange = 25;

    private const int TickLimit = 7;

    /// <summary>A linear axis from zero to the last update, or whatever grows with updates.</summary>
    public static Axis OfSteps(double last) => Linear(0, last > 0 ? last : 1, roundEnds: false);

    /// <summary>An axis of so many values that have names and no distances, at 0, 1, 2 …</summary>
    public static Axis OfLevels(int count)
    {
        const double Margin = 0.3;
        return new Axis(
            -Margin, count - 1 + Margin, [.. Enumerable.Range(0, count).Select(i => (double)i)], 1, null);
    }

    /// <summary>An axis that holds these values.</summary>
    /// <param name="values">Finite, at least one.</param>
    public static Axis OfValues(IReadOnlyList<double> values)
    {
        double[] ordered = [.. values.Order()];
        var (low, high) = (ordered[0], ordered[^1]);
        var middle =
            ordered[(int)(0.95 * (ordered.Length - 1))] - ordered[(int)(0.05 * (ordered.Length - 1))];
        return middle > 0 && high - low > HugeRange * middle
            ? SymmetricLog(low, high, middle)
            : Linear(low, high);
    }

    /// <summary>Where a value lies: 0 at the low end, 1 at the high end, outside of both beyond.</summary>
    public double Position(double value) => (Bend(value) - Bend(Low)) / (Bend(High) - Bend(Low));

    /// <summary>Round ticks at multiples of 1, 2 or 5 times a power of ten.</summary>
    /// <remarks>Source: Heckbert, "Nice numbers for graph labels", Graphics Gems (1990).</remarks>
    private static Axis Linear(double low, double high, bool roundEnds = true)
    {
        if (high - low <= Math.Abs(high) * 1e-12)
        {
            var room = high == 0 ? 1 : Math.Abs(high) * 0.1;
            (low, high) = (low - room, high + room);
        }

        var step = Nice((high - low) / (TickLimit - 2));
        var (first, last) = roundEnds
            ? (Math.Floor(low / step), Math.Ceiling(high / step))
            : (Math.Ceiling(low / step), Math.Floor(high / step));
        var count = (int)(last - first) + 1;
        ImmutableArray<double> ticks = [.. Enumerable.Range(0, count).Select(i => (first + i) * step)];
        return roundEnds
            ? new Axis(first * step, last * step, ticks, step, null)
            : new Axis(low, high, ticks, step, null);
    }

    private static Axis SymmetricLog(double low, double high, double middle)
    {
        var linear = Math.Pow(10, Math.Floor(Math.Log10(middle)));
        var decades = (int)Math.Ceiling(Math.Log10(Math.Max(Math.Abs(low), Math.Abs(high)) / linear));
        var stride = Math.Max(1, (decades + 2) / 4);
        var powers = Enumerable.Range(0, decades + 1).Where(d => d % stride == 0)
            .Select(d => linear * Math.Pow(10, d)).ToArray();
        ImmutableArray<double> ticks =
            [.. powers.Select(p => -p).Reverse().Append(0).Concat(powers).Where(t => t >= low && t <= high)];
        return new Axis(low, high, ticks, 0, linear);
    }

    private static double Nice(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }

    private double Bend(double value) => LinearWithin is { } linear ? Math.Asinh(value / linear) : value;
}
