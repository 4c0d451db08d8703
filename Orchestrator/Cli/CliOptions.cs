using System.CommandLine;
using System.CommandLine.Parsing;

namespace Orchestrator.Cli;

/// <summary>Options that several commands take.</summary>
public static class CliOptions
{
    private const int MostSlots = 1_024;

    /// <summary><c>--store</c>: where sweeps are kept.</summary>
    public static Option<string?> Store() => new("--store")
    {
        HelpName = "ADDRESS",
        Description = $"Where sweeps are kept; default $SWEEP_STORE or {Places.DefaultStore} in the clone",
    };

    /// <summary><c>--slots</c>: how many trials run at once.</summary>
    public static Option<int> Slots()
    {
        var slots = new Option<int>("--slots")
        {
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            Description = "How many trials run at once, each on one thread; the number of cores where not given",
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, out var count) && count is >= 1 and <= MostSlots)
                {
                    return count;
                }

                result.AddError(
                    $"--slots takes a whole number from 1 to {MostSlots}, not '{result.Tokens[0].Value}'");
                return 0;
            },
        };
        return slots;
    }

    /// <summary><c>--data</c>: where data are looked for.</summary>
    public static Option<string?> Data() => new("--data")
    {
        HelpName = "DIR",
        Description = "Folder that data are looked for in; default $SWEEP_DATA, then runs/data in the clone "
            + "(./sweep data pull), then Debian's",
    };

    /// <summary><c>-o</c>: in which form something is printed.</summary>
    /// <param name="usual">What is printed where nothing is said.</param>
    /// <param name="others">The other forms.</param>
    public static Option<string> Output(string usual, params string[] others)
    {
        string[] forms = [usual, .. others];
        var output = new Option<string>("--output", "-o")
        {
            HelpName = string.Join('|', forms),
            DefaultValueFactory = _ => usual,
            Description = usual == "table"
                ? $"table for people, {string.Join(" and ", others)} for machines"
                : "The format",
            CustomParser = result => result.Tokens is [{ Value: var form }] && forms.Contains(form)
                ? form
                : Refuse(result, $"-o takes one of {string.Join(", ", forms)}, not '{result.Tokens[0].Value}'"),
        };
        return output;
    }

    private static string Refuse(ArgumentResult result, string sentence)
    {
        result.AddError(sentence);
        return "";
    }

    /// <summary>The name of a sweep.</summary>
    public static Argument<string> Sweep() => new("sweep") { Description = "Name of a sweep, such as quickstart" };
}
