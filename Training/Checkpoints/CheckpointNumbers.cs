using System.Runtime.InteropServices;

namespace Training.Checkpoints;

/// <summary>Many numbers of a section at once, little-endian.</summary>
public static class CheckpointNumbers
{
    /// <summary>Writes numbers without their count.</summary>
    public static void Write(this BinaryWriter to, ReadOnlySpan<float> values) =>
        to.Write(MemoryMarshal.AsBytes(values));

    /// <summary>Writes numbers without their count.</summary>
    public static void Write(this BinaryWriter to, ReadOnlySpan<int> values) =>
        to.Write(MemoryMarshal.AsBytes(values));

    /// <summary>Writes a short list: its count, then its numbers.</summary>
    public static void WriteList(this BinaryWriter to, IReadOnlyCollection<double> values)
    {
        to.Write(values.Count);
        foreach (var value in values)
        {
            to.Write(value);
        }
    }

    /// <summary>Reads as many numbers as there is room for.</summary>
    public static void ReadInto(this BinaryReader from, Span<float> values) =>
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));

    /// <summary>Reads as many numbers as there is room for.</summary>
    public static void ReadInto(this BinaryReader from, Span<int> values) =>
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));

    /// <summary>Reads what <see cref="WriteList"/> wrote.</summary>
    /// <param name="from">The section.</param>
    /// <param name="limit">The most numbers that there can be.</param>
    /// <exception cref="InvalidDataException">There are more.</exception>
    public static double[] ReadList(this BinaryReader from, int limit)
    {
        var count = from.ReadInt32();
        if (count < 0 || count > limit)
        {
            throw new InvalidDataException($"a list of {count} numbers, at most {limit} were expected");
        }

        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = from.ReadDouble();
        }

        return values;
    }
}
