using System.Text.Json;
using Tests.Shared.Reports;

namespace Tests.Orchestrator;

/// <summary>The schemas of what commands print with <c>-o json</c>.</summary>
internal static class OutputSchemas
{
    /// <summary>The schema of a command's output.</summary>
    public static JsonElement Of(string command) =>
        JsonSerializer.Deserialize<JsonElement>(RepositoryFiles.Read($"docs/schemas/{command}.schema.json"));

    /// <summary>Checks output; what it holds comes back.</summary>
    public static JsonElement ShouldMatch(string command, string output)
    {
        var value = JsonElement.Parse(output);
        JsonSchema.Problems(Of(command), value).ShouldBeEmpty(output);
        return value;
    }
}
