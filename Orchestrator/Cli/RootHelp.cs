using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Orchestrator.Cli;

/// <summary>Help of the program: its commands by what they are for. A command's own help is the usual one.</summary>
/// <param name="groups">Every command of the program, by what it is for.</param>
/// <param name="usual">Help of a command.</param>
public sealed class RootHelp(IReadOnlyList<CommandGroup> groups, HelpAction usual)
    : SynchronousCommandLineAction
{
    private const string Indent = "  ";

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.CommandResult != parseResult.RootCommandResult)
        {
            return usual.Invoke(parseResult);
        }

        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(parseResult.RootCommandResult.Command.Description);
        var width = groups.SelectMany(group => group.Commands).Max(command => command.Name.Length);
        foreach (var group in groups)
        {
            output.WriteLine();
            output.WriteLine($"{group.Title}:");
            foreach (var command in group.Commands)
            {
                output.WriteLine($"{Indent}{command.Name.PadRight(width)}{Indent}{FirstSentence(command)}");
            }
        }

        output.WriteLine();
        output.WriteLine("./sweep COMMAND --help shows its options and an example.");
        return ExitCode.Done;
    }

    /// <summary>What a command does, without the rest of its description.</summary>
    private static string FirstSentence(Command command)
    {
        var text = command.Description!.Split("\n\n")[0];
        var end = text.IndexOfAny([':', ';']);
        var stop = text.IndexOf(". ", StringComparison.Ordinal);
        var cut = (end, stop) switch
        {
            ( < 0, < 0) => text.Length,
            ( < 0, _) => stop,
            (_, < 0) => end,
            _ => Math.Min(end, stop),
        };
        return text[..cut].TrimEnd('.');
    }
}

/// <summary>Commands that are for the same thing.</summary>
/// <param name="Title">What they are for.</param>
/// <param name="Commands">The commands, the usual ones first.</param>
public sealed record CommandGroup(string Title, IReadOnlyList<Command> Commands);
