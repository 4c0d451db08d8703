using System.Text.Json;
using System.Text.Json.Serialization;
using Shared.Reports;

namespace Orchestrator.Cli;

/// <summary>How commands print for programs.</summary>
public static class Printed
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>JSON: keys camelCase, values of enumerations kebab-case.</summary>
    public static void Json(object value) => Console.WriteLine(JsonText(value));

    /// <summary>What <see cref="Json"/> prints.</summary>
    public static string JsonText(object value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Comma-separated values.</summary>
    public static void Csv(IEnumerable<IEnumerable<string>> lines)
    {
        foreach (var line in lines)
        {
            Console.Write(CsvLine.Of(line));
        }
    }
}
