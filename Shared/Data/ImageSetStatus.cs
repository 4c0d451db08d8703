using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shared.Data;

/// <summary>Where a set is on a machine and whether its files are the published ones.</summary>
/// <param name="Name">Name of the set.</param>
/// <param name="State">What was found.</param>
/// <param name="Folder">Folder of its files; nothing when it is nowhere.</param>
/// <param name="Bytes">Length of its files as they lie there, together; 0 when it is nowhere.</param>
/// <param name="Wrong">What is wrong, one sentence; nothing when the files are verified.</param>
/// <param name="HowToGet">How the set comes onto this machine, such as a command.</param>
public sealed record ImageSetStatus(
    string Name, ImageSetState State, string? Folder, long Bytes, string? Wrong, string HowToGet);

/// <summary>What was found of a set.</summary>
public enum ImageSetState
{
    /// <summary>Every file is there and is the published one.</summary>
    Verified,

    /// <summary>A file is missing, damaged or another one.</summary>
    Damaged,

    /// <summary>No file is in any place.</summary>
    Missing,
}

/// <summary>JSON between programs, and of <c>-o json</c>: keys camelCase, words kebab-case.</summary>
public static class StatusJson
{
    /// <summary>The options of both sides.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>A list as JSON.</summary>
    public static string Write<T>(IEnumerable<T> list) => JsonSerializer.Serialize(list, Options);

    /// <summary>A list from JSON.</summary>
    /// <exception cref="JsonException">The text is no such list.</exception>
    public static IReadOnlyList<T> Read<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, Options)
        ?? throw new JsonException("null where a list is expected");
}
