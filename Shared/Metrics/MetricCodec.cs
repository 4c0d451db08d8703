using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Shared.Metrics;

/// <summary>
/// Packs the points of a batch into columns: format (1 byte), count, table of names, index of each point's
/// name, difference of each point's step to the one before (zigzag), then each value's 64 bits,
/// little-endian. Whole numbers are varints: 7 bits a byte, least significant first.
/// </summary>
/// <remarks>Values come back bit for bit, not-a-number payloads and infinities included.</remarks>
public static class MetricCodec
{
    private const byte Format = 1;
    private const int ValueBytes = sizeof(double);

    /// <summary>Packed points.</summary>
    public static byte[] Pack(ImmutableArray<MetricPoint> points)
    {
        var packed = new ArrayBufferWriter<byte>(16 + (points.Length * (ValueBytes + 3)));
        var names = points.Select(p => p.Metric).Distinct(StringComparer.Ordinal).ToList();
        packed.Write([Format]);
        WriteNumber(packed, (ulong)points.Length);
        WriteNumber(packed, (ulong)names.Count);
        foreach (var name in names)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            WriteNumber(packed, (ulong)bytes.Length);
            packed.Write(bytes);
        }

        var indexes = names.Select((name, index) => (name, index))
            .ToDictionary(n => n.name, n => (ulong)n.index, StringComparer.Ordinal);
        foreach (var point in points)
        {
            WriteNumber(packed, indexes[point.Metric]);
        }

        var previous = 0L;
        foreach (var point in points)
        {
            var difference = point.Step - previous;
            WriteNumber(packed, (ulong)((difference << 1) ^ (difference >> 63)));
            previous = point.Step;
        }

        foreach (var point in points)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(packed.GetSpan(ValueBytes), point.Value);
            packed.Advance(ValueBytes);
        }

        return packed.WrittenSpan.ToArray();
    }

    /// <summary>The points that were packed.</summary>
    /// <exception cref="InvalidDataException">The bytes are not packed points.</exception>
    public static ImmutableArray<MetricPoint> Unpack(ReadOnlySpan<byte> packed)
    {
        var rest = packed;
        if (rest.IsEmpty || rest[0] != Format)
        {
            throw Damaged("its format is unknown");
        }

        rest = rest[1..];
        var count = ReadCount(ref rest);
        var names = new string[ReadCount(ref rest)];
        for (var i = 0; i < names.Length; i++)
        {
            var length = ReadCount(ref rest);
            names[i] = Encoding.UTF8.GetString(rest[..length]);
            rest = rest[length..];
        }

        return Columns(rest, count, names);
    }

    private static ImmutableArray<MetricPoint> Columns(ReadOnlySpan<byte> rest, int count, string[] names)
    {
        var metrics = new string[count];
        for (var i = 0; i < count; i++)
        {
            var index = ReadNumber(ref rest);
            metrics[i] = index < (ulong)names.Length ? names[index] : throw Damaged("a name is missing");
        }

        var steps = new int[count];
        var step = 0L;
        for (var i = 0; i < count; i++)
        {
            var zigzag = ReadNumber(ref rest);
            step += (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
            steps[i] = step is >= int.MinValue and <= int.MaxValue
                ? (int)step
                : throw Damaged("a step is out of range");
        }

        if (rest.Length != (long)count * ValueBytes)
        {
            throw Damaged("its length is wrong");
        }

        var points = ImmutableArray.CreateBuilder<MetricPoint>(count);
        for (var i = 0; i < count; i++)
        {
            var value = BinaryPrimitives.ReadDoubleLittleEndian(rest[(i * ValueBytes)..]);
            points.Add(new MetricPoint(steps[i], metrics[i], value));
        }

        return points.MoveToImmutable();
    }

    private static void WriteNumber(ArrayBufferWriter<byte> packed, ulong number)
    {
        while (number >= 0x80)
        {
            packed.Write([(byte)(number | 0x80)]);
            number >>= 7;
        }

        packed.Write([(byte)number]);
    }

    private static ulong ReadNumber(ref ReadOnlySpan<byte> rest)
    {
        var number = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (rest.IsEmpty)
            {
                throw Damaged("it ends early");
            }

            var next = rest[0];
            rest = rest[1..];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }

        throw Damaged("a number is too long");
    }

    /// <summary>A count of things that each take at least one of the bytes that are left.</summary>
    private static int ReadCount(ref ReadOnlySpan<byte> rest)
    {
        var count = ReadNumber(ref rest);
        return count <= (ulong)rest.Length ? (int)count : throw Damaged("it ends early");
    }

    private static InvalidDataException Damaged(string why) => new($"the metric batch is damaged: {why}");
}
