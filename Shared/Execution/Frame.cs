using System.Buffers.Binary;
using System.Numerics;

namespace Shared.Execution;

/// <summary>
/// One message on a pipe: length (4 bytes), version (1), CRC-32C of the payload (4), payload.
/// </summary>
/// <remarks>All numbers little-endian. A frame that does not check is the end of the conversation.</remarks>
public static class Frame
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderLength = 9;

    /// <summary>Largest payload in bytes; blobs go through files instead.</summary>
    public const int MaximumLength = 4 * 1024 * 1024;

    /// <summary>Version of the frame and of the messages in it.</summary>
    public const byte Version = 1;

    /// <summary>A whole frame round a payload.</summary>
    /// <exception cref="ArgumentException">The payload is longer than a frame may be.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > MaximumLength)
        {
            throw new ArgumentException(
                $"a frame holds {MaximumLength} bytes, not {payload.Length}", nameof(payload));
        }

        var frame = new byte[HeaderLength + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
        frame[4] = Version;
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(5), Checksum(payload));
        payload.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>Length of the payload that follows a header.</summary>
    /// <param name="header">The first 9 bytes of a frame.</param>
    /// <exception cref="FrameDamagedException">Another version, or an impossible length.</exception>
    public static int PayloadLength(ReadOnlySpan<byte> header)
    {
        if (header[4] != Version)
        {
            throw new FrameDamagedException($"a frame has version {header[4]}, not {Version}");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        return length is >= 0 and <= MaximumLength
            ? length
            : throw new FrameDamagedException($"a frame of {length} bytes");
    }

    /// <summary>Checks a payload against its header.</summary>
    /// <exception cref="FrameDamagedException">The checksum differs.</exception>
    public static void Check(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[5..]) != Checksum(payload))
        {
            throw new FrameDamagedException("a frame's checksum is wrong");
        }
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}

/// <summary>Bytes on a pipe that are no frame of this version.</summary>
public sealed class FrameDamagedException(string message) : Exception(message);
