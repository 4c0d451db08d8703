using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Orchestrator.Cli;

/// <summary>Options that several commands take.</summary>
public static class CliOptions
{
    private const int MostSlots = 1_024;
    private const int MostPriority = 1_000_000;

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

    /// <summary><c>-f</c>: go on with what comes.</summary>
    /// <param name="description">What comes, and when it ends.</param>
    public static Option<bool> Follow(string description) => new("--follow", "-f") { Description = description };

    /// <summary>Refuses <c>-f</c> with <c>-o json</c>: what has no end is no JSON.</summary>
    public static void RefuseFollowedJson(CommandResult result, Option<bool> follow, Option<string> output)
    {
        if (result.GetValue(follow) && result.GetValue(output) == "json")
        {
            result.AddError("-f prints lines as they come: leave -o json away");
        }
    }

    /// <summary><c>--new</c>: another sweep beside an unfinished one of the same name.</summary>
    public static Option<bool> New() => new("--new")
    {
        Description = "Submit even where a sweep of that name is unfinished",
    };

    /// <summary>The number of a trial.</summary>
    public static Argument<int> Trial() => new("trial")
    {
        Description = "Number of a trial, from 1, such as 3",
        CustomParser = ReadTrial,
    };

    /// <summary>The number of a trial as typed; which trials there are is the sweep's to say.</summary>
    public static int ReadTrial(ArgumentResult result) =>
        int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : RefuseNumber(result, "a trial is a whole number from 1");

    /// <summary>A priority.</summary>
    public static Argument<int> Priority() => new("number")
    {
        Description = "A whole number, such as 5 or -1",
        CustomParser = result => ReadPriority(result, "a priority is"),
    };

    /// <summary>A priority as a number from -1,000,000 to 1,000,000.</summary>
    /// <param name="result">What was given.</param>
    /// <param name="subject">Begins the sentence where it is something else.</param>
    public static int ReadPriority(ArgumentResult result, string subject) =>
        int.TryParse(
            result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && Math.Abs((long)number) <= MostPriority
            ? number
            : RefuseNumber(result, $"{subject} a whole number from -{MostPriority} to {MostPriority}");

    private static int RefuseNumber(ArgumentResult result, string expected)
    {
        result.AddError($"{expected}, not '{result.Tokens[0].Value}'");
        return 0;
    }

    /// <summary>The name of a sweep.</summary>
    public static Argument<string> Sweep() => new("sweep") { Description = "Name of a sweep, such as quickstart" };
}
