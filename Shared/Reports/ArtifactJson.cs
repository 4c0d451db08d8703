using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Shared.Reports;

/// <summary>
/// How an artifact that a report draws is written as JSON, and read where a store may hold anything.
/// </summary>
internal static class ArtifactJson
{
    /// <summary>The bytes of one object.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan];
    }

    /// <summary>What an artifact holds, or nothing where its bytes are none of that kind.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> bytes, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(bytes.ToArray());
            return read(document.RootElement);
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Numbers in shortest form; one that is not finite becomes null.</summary>
    public static void Write(Utf8JsonWriter json, string name, ImmutableArray<float> values)
    {
        json.WriteStartArray(name);
        Write(json, values);
        json.WriteEndArray();
    }

    /// <summary>Rows of such numbers.</summary>
    public static void Write(Utf8JsonWriter json, string name, ImmutableArray<ImmutableArray<float>> rows) =>
        WriteRows(json, name, rows, Write);

    /// <summary>Whole numbers.</summary>
    public static void Write(Utf8JsonWriter json, string name, ImmutableArray<int> values)
    {
        json.WriteStartArray(name);
        Write(json, values);
        json.WriteEndArray();
    }

    /// <summary>Rows of whole numbers.</summary>
    public static void Write(Utf8JsonWriter json, string name, ImmutableArray<ImmutableArray<int>> rows) =>
        WriteRows(json, name, rows, Write);

    /// <summary>The numbers of an array; null is not a number.</summary>
    public static ImmutableArray<float> Floats(JsonElement array) =>
        [.. array.EnumerateArray().Select(v => v.ValueKind is JsonValueKind.Null ? float.NaN : v.GetSingle())];

    /// <summary>The numbers of an array of arrays.</summary>
    public static ImmutableArray<ImmutableArray<float>> Rows(JsonElement array) =>
        [.. array.EnumerateArray().Select(Floats)];

    /// <summary>The whole numbers of an array.</summary>
    public static ImmutableArray<int> Integers(JsonElement array) =>
        [.. array.EnumerateArray().Select(value => value.GetInt32())];

    private static void WriteRows<T>(
        Utf8JsonWriter json, string name, ImmutableArray<T> rows, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartArray();
            write(json, row);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ImmutableArray<int> values)
    {
        foreach (var value in values)
        {
            json.WriteNumberValue(value);
        }
    }

    private static void Write(Utf8JsonWriter json, ImmutableArray<float> values)
    {
        foreach (var value in values)
        {
            if (float.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue();
            }
        }
    }
}
