using System.Text.Json;

namespace Shared.Search;

/// <summary>One value of a parameter, held as canonical JSON so that equal values are equal texts.</summary>
public readonly record struct ParameterValue
{
    private readonly string? _json;

    /// <summary>A value from JSON in any spelling.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public ParameterValue(string json) => _json = CanonicalJson.Of(json);

    /// <summary>The canonical JSON.</summary>
    public string Json => _json ?? "null";

    /// <summary>
    /// How tables, labels and CSV spell it: <c>10</c>, <c>noise</c>, <c>geometric(20..2)</c>.
    /// </summary>
    public string Display
    {
        get
        {
            using var document = JsonDocument.Parse(Json);
            return Show(document.RootElement);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Display;

    private static string Show(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Object when element.TryGetProperty("schedule", out var schedule) =>
            $"{schedule.GetString()}({Ends(element)})",
        _ => element.GetRawText(),
    };

    private static string Ends(JsonElement schedule)
    {
        var start = schedule.GetProperty("start").GetRawText();
        var end = schedule.GetProperty("end").GetRawText();
        var rest = schedule.EnumerateObject()
            .Where(p => p.Name is not ("schedule" or "start" or "end"))
            .Select(p => $", {p.Name} {Show(p.Value)}");
        return $"{start}..{end}{string.Concat(rest)}";
    }
}
