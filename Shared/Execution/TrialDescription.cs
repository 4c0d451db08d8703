using System.Collections.Immutable;
using System.Text.Json;

namespace Shared.Execution;

/// <summary>What a trial says of itself before its first update; stored as <see cref="FileName"/>.</summary>
/// <param name="Data">What it trains on, or nothing where that has no size.</param>
/// <param name="Layers">Its model's layers, one text a layer, in the order in which they are applied.</param>
/// <param name="Parameters">How many numbers training changes.</param>
public sealed record TrialDescription(TrialData? Data, ImmutableArray<string> Layers, long Parameters)
{
    /// <summary>Name of the artifact.</summary>
    public const string FileName = "description.json";

    /// <summary>Media type of the artifact.</summary>
    public const string MediaType = "application/json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The description that bytes hold, or nothing where they hold none.</summary>
    public static TrialDescription? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var read = JsonSerializer.Deserialize<TrialDescription>(bytes, Options);
            return read is null || read.Layers.IsDefault || read.Data is { Shape.IsDefault: true }
                ? null
                : read;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Its bytes as an artifact.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Options);
}

/// <summary>A data set as a trial uses it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Train">How many samples it trains on; nothing where they are made as they are needed.</param>
/// <param name="Test">How many samples it is measured on; nothing where there are none.</param>
/// <param name="Shape">Shape of one sample, such as [1, 28, 28].</param>
public sealed record TrialData(string Name, long? Train, long? Test, ImmutableArray<long> Shape);
