using System.CommandLine;
using System.CommandLine.Parsing;

namespace Orchestrator.Cli;

/// <summary>What is wrong with a command line, in one sentence.</summary>
public static class WrongArguments
{
    /// <summary>The sentence.</summary>
    /// <param name="parsed">A command line with at least one error.</param>
    public static string Sentence(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var token, ..])
        {
            return command.Subcommands.Count == 0
                ? $"unknown argument '{token}'"
                : $"unknown command '{token}': there are {string.Join(", ", command.Subcommands.Select(c => c.Name))}";
        }

        var error = parsed.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult { Tokens.Count: 0, Option: var option } =>
                $"{option.Name} needs a value: {option.Name} {option.HelpName}",
            not OptionResult when Missing(parsed) is { } argument =>
                $"{command.Name} needs a <{argument.Name}>: {Lower(argument.Description!)}",
            _ => error.Message,
        };
    }

    private static Argument? Missing(ParseResult parsed) => parsed.CommandResult.Command.Arguments.FirstOrDefault(
        a => a.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(a) is null or { Tokens.Count: 0 });

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
