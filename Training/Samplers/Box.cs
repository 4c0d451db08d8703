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
}
