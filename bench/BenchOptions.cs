using System.CommandLine;
using System.Globalization;

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

    /// <summary>A whole number from 1 on.</summary>
    /// <param name="name">The option, with its hyphens.</param>
    /// <param name="usual">What it is where it is not given.</param>
    /// <param name="description">What the number is.</param>
    /// <param name="most">The largest that is taken.</param>
    public static Option<int> Number(string name, int usual, string description, int most = int.MaxValue)
    {
        var option = new Option<int>(name)
        {
            HelpName = "N",
            DefaultValueFactory = _ => usual,
            Description = string.Create(
                CultureInfo.InvariantCulture, $"{description}; {usual} where not given"),
        };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) < 1 || result.GetValue(option) > most)
            {
                result.AddError(most == int.MaxValue
                    ? $"{name} takes a whole number from 1 on"
                    : string.Create(CultureInfo.InvariantCulture, $"{name} takes a whole number from 1 to {most}"));
            }
        });
        return option;
    }

    /// <summary>Whole numbers from 1 to 4096 with commas between.</summary>
    /// <param name="name">The option, with its hyphens.</param>
    /// <param name="description">What the numbers are.</param>
    /// <param name="standard">What it is where it is not given; nothing for null.</param>
    public static Option<int[]?> Numbers(string name, string description, string? standard = null) => new(name)
    {
        HelpName = "N,N",
        DefaultValueFactory = _ => standard is null ? null : Parse(standard),
        Description = standard is null ? description : $"{description}; {standard} where not given",
        CustomParser = result =>
        {
            var numbers = Parse(result.Tokens[0].Value);
            if (numbers is null)
            {
                result.AddError(
                    $"{name} takes whole numbers from 1 to 4096 with commas between, "
                    + $"not '{result.Tokens[0].Value}'");
            }

            return numbers;
        },
    };

    private static int[]? Parse(string text)
    {
        var numbers = Array.ConvertAll(text.Split(','), Number);
        return numbers.All(number => number is >= 1 and <= 4_096) ? numbers : null;

        static int Number(string part) =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
