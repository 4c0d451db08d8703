using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace Shared.Reports;

/// <summary>
/// The score f of every image of an evaluation's sets, stored as <c>ood_scores.json</c>; a report averages them over
/// replicates, whose images are the same in the same order.
/// </summary>
/// <param name="Test">Of the test images of the model's own data.</param>
/// <param name="Others">Of each set that they are told from, by its name.</param>
/// <remarks>Scores are float32, little-endian, in base64.</remarks>
public sealed record OodScoreFile(
    ImmutableArray<float> Test, ImmutableSortedDictionary<string, ImmutableArray<float>> Others)
{
    /// <summary>Name of the artifact.</summary>
    public const string FileName = "ood_scores.json";

    /// <summary>Its media type.</summary>
    public const string MediaType = "application/json";

    private const string KeyOfTest = "test";
    private const string KeyOfOthers = "others";

    /// <summary>The artifact's bytes.</summary>
    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("score", "f");
            json.WriteBase64String(KeyOfTest, Packed(Test));
            json.WriteStartObject(KeyOfOthers);
            foreach (var (set, scores) in Others)
            {
                json.WriteBase64String(set, Packed(scores));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan];
    }

    /// <summary>The scores of an artifact, or nothing where its bytes are none.</summary>
    public static OodScoreFile? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes.ToArray());
            return new OodScoreFile(
                Unpacked(document.RootElement.GetProperty(KeyOfTest)),
                document.RootElement.GetProperty(KeyOfOthers).EnumerateObject().ToImmutableSortedDictionary(
                    set => set.Name, set => Unpacked(set.Value), StringComparer.Ordinal));
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static byte[] Packed(ImmutableArray<float> scores)
    {
        var bytes = new byte[scores.Length * sizeof(float)];
        for (var i = 0; i < scores.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), scores[i]);
        }

        return bytes;
    }

    private static ImmutableArray<float> Unpacked(JsonElement packed)
    {
        var bytes = packed.GetBytesFromBase64();
        var scores = ImmutableArray.CreateBuilder<float>(bytes.Length / sizeof(float));
        for (var i = 0; i + sizeof(float) <= bytes.Length; i += sizeof(float))
        {
            scores.Add(BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i)));
        }

        return scores.MoveToImmutable();
    }
}
