using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Training.Experiments;

namespace Training.Data;

/// <summary>An array of bytes from an IDX file, the format of MNIST and its relatives.</summary>
/// <param name="Dimensions">Shape, slowest dimension first.</param>
/// <param name="Values">The bytes, row-major; as many as the product of the dimensions.</param>
public sealed record IdxArray(IReadOnlyList<int> Dimensions, byte[] Values)
{
    private const int UnsignedByte = 0x08;
    private const long LargestArray = 1L << 30;

    /// <summary>Reads a file, compressed by gzip or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="repair">
    /// What to do when it is missing or damaged; ends the sentence of the exception.
    /// </param>
    /// <exception cref="DataSetException">
    /// The file is missing, unreadable, truncated or not an IDX file.
    /// </exception>
    public static IdxArray Read(string path, string repair)
    {
        try
        {
            return Parse(Unpack(File.ReadAllBytes(path)));
        }
        catch (InvalidDataException damage)
        {
            throw new DataSetException($"{path} is damaged ({damage.Message.TrimEnd('.')}); {repair}.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataSetException($"{path} is missing; {repair}.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            var reason = unreadable.Message.TrimEnd('.');
            throw new DataSetException($"{path} cannot be read ({reason}); {repair}.");
        }
    }

    /// <summary>SHA-256 of the file when it is not compressed, 64 lower-case hex digits.</summary>
    public string Sha256()
    {
        var header = new byte[4 + (4 * Dimensions.Count)];
        header[2] = UnsignedByte;
        header[3] = (byte)Dimensions.Count;
        for (var i = 0; i < Dimensions.Count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), Dimensions[i]);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(Values);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] Unpack(byte[] bytes)
    {
        if (bytes is not [0x1F, 0x8B, ..])
        {
            return bytes;
        }

        using var unpacked = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private static IdxArray Parse(byte[] bytes)
    {
        if (bytes is not [0, 0, UnsignedByte, var rank and >= 1 and <= 4, ..]
            || bytes.Length < 4 + (4 * rank))
        {
            throw new InvalidDataException("it does not begin with the header of an IDX file of bytes");
        }

        var dimensions = new int[rank];
        var count = 1L;
        for (var i = 0; i < rank; i++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4 + (4 * i)));
            count = size > LargestArray ? LargestArray + 1 : count * size;
            if (count > LargestArray)
            {
                throw new InvalidDataException("its header promises more than a gigabyte");
            }

            dimensions[i] = (int)size;
        }

        var values = bytes[(4 + (4 * rank))..];
        return values.Length == count
            ? new IdxArray(dimensions, values)
            : throw new InvalidDataException($"its header promises {count} bytes and {values.Length} follow");
    }
}
