using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Training.Models;

/// <summary>
/// Files of named float32 tensors: the header's length as 8 little-endian bytes, the header as JSON, padded
/// by spaces to a multiple of 8, then the numbers, little-endian, each tensor after the other.
/// </summary>
/// <param name="Metadata">Texts by name.</param>
/// <param name="Tensors">The tensors, in the file's order.</param>
/// <remarks>
/// Source: https://github.com/huggingface/safetensors, section "Format"; readable from Python.
/// </remarks>
public sealed record SafeTensors(
    ImmutableSortedDictionary<string, string> Metadata, ImmutableArray<NamedTensor> Tensors)
{
    /// <summary>Media type of <see cref="ToBytes"/>.</summary>
    public const string MediaType = "application/octet-stream";

    private const int LengthBytes = 8;
    private const int LongestHeader = 100_000_000;
    private const string MetadataKey = "__metadata__";
    private const string Float32 = "F32";

    /// <summary>The file's bytes: equal contents give equal bytes.</summary>
    public byte[] ToBytes()
    {
        var header = Header();
        var numbers = Tensors.Sum(tensor => (long)tensor.Values.Length * sizeof(float));
        var file = new byte[checked(LengthBytes + header.Length + numbers)];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file.AsSpan(LengthBytes));
        var rest = file.AsSpan(LengthBytes + header.Length);
        foreach (var tensor in Tensors)
        {
            MemoryMarshal.AsBytes(tensor.Values.AsSpan()).CopyTo(rest);
            rest = rest[(tensor.Values.Length * sizeof(float))..];
        }

        return file;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">No such file, cut off, or of other numbers.</exception>
    public static SafeTensors Read(ReadOnlySpan<byte> file)
    {
        var length = file.Length < LengthBytes ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (length is 0 or > LongestHeader || (int)length > file.Length - LengthBytes)
        {
            throw new InvalidDataException("this is no safetensors file, or it is cut off");
        }

        try
        {
            using var header = JsonDocument.Parse(file.Slice(LengthBytes, (int)length).ToArray());
            var numbers = file[(LengthBytes + (int)length)..];
            var tensors = ImmutableArray.CreateBuilder<NamedTensor>();
            var metadata = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
            foreach (var entry in header.RootElement.EnumerateObject())
            {
                if (entry.Name == MetadataKey)
                {
                    metadata = metadata.AddRange(entry.Value.EnumerateObject().Select(
                        text => KeyValuePair.Create(text.Name, text.Value.GetString()!)));
                }
                else
                {
                    tensors.Add(ReadTensor(entry, numbers));
                }
            }

            return new SafeTensors(metadata, tensors.ToImmutable());
        }
        catch (Exception damage) when (
            damage is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"the header is damaged: {damage.Message}", damage);
        }
    }

    private static NamedTensor ReadTensor(JsonProperty entry, ReadOnlySpan<byte> numbers)
    {
        var type = entry.Value.GetProperty("dtype").GetString();
        long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64())];
        var places = entry.Value.GetProperty("data_offsets").EnumerateArray();
        long[] offsets = [.. places.Select(place => place.GetInt64())];
        var count = shape.Aggregate(1L, (product, side) => product * side);
        if (type != Float32 || offsets is not [var first, var end] || first < 0 || end > numbers.Length
            || end - first != count * sizeof(float))
        {
            throw new InvalidDataException($"tensor {entry.Name} is not float32, or is cut off");
        }

        var values = MemoryMarshal.Cast<byte, float>(numbers[(int)first..(int)end]);
        return new NamedTensor(entry.Name, [.. shape], [.. values]);
    }

    private byte[] Header()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach (var (name, text) in Metadata)
            {
                json.WriteString(name, text);
            }

            json.WriteEndObject();
            var offset = 0L;
            foreach (var tensor in Tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", Float32);
                WriteNumbers(json, "shape", tensor.Shape);
                var end = offset + ((long)tensor.Values.Length * sizeof(float));
                WriteNumbers(json, "data_offsets", [offset, end]);
                offset = end;
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        var padded = new byte[(buffer.WrittenCount + LengthBytes - 1) / LengthBytes * LengthBytes];
        padded.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(padded);
        return padded;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}

/// <summary>A tensor on its way to or from a file.</summary>
/// <param name="Name">Its name, once a file.</param>
/// <param name="Shape">Its sides.</param>
/// <param name="Values">As many numbers as the product of the sides, row-major.</param>
public sealed record NamedTensor(string Name, ImmutableArray<long> Shape, ImmutableArray<float> Values);
