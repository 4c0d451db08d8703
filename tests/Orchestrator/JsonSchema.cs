using System.Text.Json;

namespace Tests.Orchestrator;

/// <summary>
/// Compares JSON with the part of JSON Schema 2020-12 that <c>docs/schemas</c> uses: <c>type</c> (one or several),
/// <c>enum</c>, <c>required</c>, <c>properties</c>, <c>additionalProperties</c> (false or a schema) and <c>items</c>.
/// Any other keyword is an error: it would look as if it were checked.
/// </summary>
internal static class JsonSchema
{
    private static readonly string[] Annotations = ["$schema", "title", "description"];

    /// <summary>What is wrong, each with its place; empty when the value is as the schema says.</summary>
    public static IEnumerable<string> Problems(JsonElement schema, JsonElement value, string place = "$") =>
        schema.EnumerateObject().SelectMany(keyword => keyword.Name switch
        {
            _ when Annotations.Contains(keyword.Name) => [],
            "type" => OfType(keyword.Value, value, place),
            "enum" => keyword.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value))
                ? []
                : [$"{place}: {value.GetRawText()} is none of {keyword.Value.GetRawText()}"],
            "required" => Missing(keyword.Value, value, place),
            "properties" => OfProperties(keyword.Value, value, place),
            "additionalProperties" => OfOthers(keyword.Value, schema, value, place),
            "items" => OfItems(keyword.Value, value, place),
            _ => [$"{place}: the schema has the unknown keyword {keyword.Name}"],
        });

    private static IEnumerable<string> OfType(JsonElement type, JsonElement value, string place)
    {
        var names = type.ValueKind is JsonValueKind.Array
            ? type.EnumerateArray().Select(name => name.GetString()).ToArray()
            : [type.GetString()];
        return names.Any(name => IsOf(name!, value))
            ? []
            : [$"{place}: {value.ValueKind} is not {string.Join(" or ", names)}"];
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind is JsonValueKind.Null,
        "number" => value.ValueKind is JsonValueKind.Number,
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
        _ => false,
    };

    private static IEnumerable<string> Missing(JsonElement required, JsonElement value, string place) =>
        value.ValueKind is not JsonValueKind.Object
            ? []
            : required.EnumerateArray()
                .Where(name => !value.TryGetProperty(name.GetString()!, out _))
                .Select(name => $"{place}.{name.GetString()}: is missing");

    private static IEnumerable<string> OfProperties(JsonElement properties, JsonElement value, string place) =>
        value.ValueKind is not JsonValueKind.Object
            ? []
            : properties.EnumerateObject().SelectMany(property => value.TryGetProperty(property.Name, out var inner)
                ? Problems(property.Value, inner, $"{place}.{property.Name}")
                : []);

    private static IEnumerable<string> OfOthers(
        JsonElement others, JsonElement schema, JsonElement value, string place)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            return [];
        }

        var known = schema.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().Select(property => property.Name).ToHashSet(StringComparer.Ordinal)
            : [];
        return value.EnumerateObject()
            .Where(property => !known.Contains(property.Name))
            .SelectMany(property => others.ValueKind is JsonValueKind.False
                ? [$"{place}.{property.Name}: is unknown"]
                : Problems(others, property.Value, $"{place}.{property.Name}"));
    }

    private static IEnumerable<string> OfItems(JsonElement items, JsonElement value, string place) =>
        value.ValueKind is not JsonValueKind.Array
            ? []
            : value.EnumerateArray().SelectMany((item, index) => Problems(items, item, $"{place}[{index}]"));
}
