using System.Collections.Immutable;
using System.Text.Json;

namespace Shared.Search;

/// <summary>One assignment of the swept parameters, with everything that it fixes beside them.</summary>
/// <param name="Id">
/// The first 8 hex digits of SHA-256 over the canonical JSON of <paramref name="Swept"/>.
/// </param>
/// <param name="Swept">
/// The swept parameters that are switched on in this configuration, by dotted name.
/// </param>
/// <param name="Resolved">Every parameter that is switched on, defaults included, by dotted name.</param>
public sealed record Configuration(
    string Id,
    ImmutableSortedDictionary<string, ParameterValue> Swept,
    ImmutableSortedDictionary<string, ParameterValue> Resolved)
{
    /// <summary>A configuration with the id that its swept parameters give it.</summary>
    public static Configuration Of(
        IEnumerable<KeyValuePair<string, ParameterValue>> swept,
        IEnumerable<KeyValuePair<string, ParameterValue>> resolved)
    {
        var ordered = swept.ToImmutableSortedDictionary(StringComparer.Ordinal);
        return new Configuration(
            CanonicalJson.Sha256(JsonOf(ordered))[..8],
            ordered,
            resolved.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    /// <summary>Canonical JSON of a set of parameters, as one flat object with dotted names.</summary>
    public static string JsonOf(ImmutableSortedDictionary<string, ParameterValue> parameters) =>
        "{" + string.Join(",", parameters.Select(p => $"{JsonSerializer.Serialize(p.Key)}:{p.Value.Json}"))
            + "}";

    /// <summary>The parameters that <see cref="JsonOf"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not a JSON object.</exception>
    public static ImmutableSortedDictionary<string, ParameterValue> ParametersOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind is JsonValueKind.Object
            ? document.RootElement.EnumerateObject().ToImmutableSortedDictionary(
                property => property.Name,
                property => new ParameterValue(property.Value.GetRawText()),
                StringComparer.Ordinal)
            : throw new JsonException("parameters are not an object");
    }

    /// <summary>
    /// The swept parameters as one line: <c>start noise, step_size 10</c> (names without their group).
    /// </summary>
    public string Label =>
        string.Join(", ", Swept.Select(p => $"{p.Key[(p.Key.LastIndexOf('.') + 1)..]} {p.Value}"));
}
