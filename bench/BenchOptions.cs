using System.CommandLine;

namespace Bench;

/// <summary>Options that several benchmarks take.</summary>
internal static class BenchOptions
{
    /// <summary><c>-o</c>: table for people, JSON for machines.</summary>
    public static Option<string> Output()
    {
        var output = new Option<string>("--output", "-o")
        {
            DefaultValueFactory = _ => "table",
            Description = "table for people, json for machines",
        };
        output.AcceptOnlyFromAmong("table", "json");
        return output;
    }

    /// <summary>Whether machines are to read the output.</summary>
    public static bool IsJson(ParseResult parsed, Option<string> output) => parsed.GetValue(output) == "json";
}
