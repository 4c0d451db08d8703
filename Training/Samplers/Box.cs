using System.Runtime.InteropServices;

namespace Training.Samplers;

/// <summary>The interval that every coordinate of a sample is kept in.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Box(double Low, double High)
{
    /// <summary>The box of images: [−1, 1].</summary>
    public static Box Images { get; } = new(-1, 1);

    /// <summary>No box.</summary>
    public static Box Unbounded { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Puts numbers that lie outside onto the nearer end; what is not a number stays so.</summary>
    public void Clamp(Span<float> values)
    {
        var (low, high) = ((float)Low, (float)High);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Math.Min(Math.Max(values[i], low), high);
        }
    }

    /// <summary>How many numbers lie on an end or beyond it.</summary>
    public int CountSaturated(ReadOnlySpan<float> values)
    {
        var (low, high, count) = ((float)Low, (float)High, 0);
        foreach (var value in values)
        {
            count += value <= low || value >= high ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whether a number lies outside; what is not a number does not.</summary>
    public bool IsLeftBy(ReadOnlySpan<float> values)
    {
        var (low, high) = ((float)Low, (float)High);
        foreach (var value in values)
        {
            if (value < low || value > high)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Where a point comes to lie that bounces off the ends, and whether it moves the other way there.
    /// </summary>
    /// <remarks>What is not finite stays so.</remarks>
    public (float Value, bool IsTurned) Reflect(float value)
    {
        var (low, high) = ((float)Low, (float)High);
        if (!float.IsFinite(value) || (value >= low && value <= high))
        {
            return (value, false);
        }

        // Unfolded, the way repeats after two widths: there, and back again.
        var width = High - Low;
        if (!double.IsFinite(width))
        {
            return value < low ? ((2 * low) - value, true) : ((2 * high) - value, true);
        }

        var way = (value - Low) % (2 * width);
        way = way < 0 ? way + (2 * width) : way;
        var isBack = way > width;
        var place = (float)(Low + (isBack ? (2 * width) - way : way));
        return (Math.Clamp(place, low, high), isBack);
    }
}
