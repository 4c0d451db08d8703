using System.CommandLine;

namespace Orchestrator.Cli;

/// <summary>How a run is shown and where it is logged.</summary>
/// <param name="Detail">How much is said.</param>
/// <param name="LogFile">The log that was asked for; nothing for the one beside the report.</param>
public sealed record ProgressView(ProgressDetail Detail, string? LogFile)
{
    /// <summary>Whether more is said than errors and the last line.</summary>
    public bool IsQuiet => Detail is ProgressDetail.Quiet;
}

/// <summary>How much is said while a sweep runs.</summary>
public enum ProgressDetail
{
    /// <summary>The live table on a terminal, plain lines elsewhere.</summary>
    Normal,

    /// <summary>Errors and the last line.</summary>
    Quiet,

    /// <summary>Lines, with every report of the headline metrics.</summary>
    Verbose,
}

/// <summary><c>--quiet</c>, <c>--verbose</c> and <c>--log-file</c>.</summary>
public sealed class ProgressOptions
{
    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "Say nothing but errors and the last line",
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description = "Say every report of the headline metrics, and what a slot said before it failed",
    };

    private readonly Option<string?> _logFile = new("--log-file")
    {
        HelpName = "FILE",
        Description = "File that the run is logged to, after what it holds; default: sweep.log beside the report",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_quiet);
        command.Add(_verbose);
        command.Add(_logFile);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_quiet) && result.GetValue(_verbose))
            {
                result.AddError("--quiet and --verbose contradict each other: give one of them");
            }
        });
    }

    /// <summary>
    /// What was asked for, or nothing where the log cannot be written; then the error stream has one sentence.
    /// </summary>
    public async Task<ProgressView?> ReadAsync(ParseResult arguments)
    {
        var file = arguments.GetValue(_logFile);
        if (file is not null && RunLogFile.WhyUnwritable(file) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return null;
        }

        var detail = arguments.GetValue(_quiet) ? ProgressDetail.Quiet
            : arguments.GetValue(_verbose) ? ProgressDetail.Verbose
            : ProgressDetail.Normal;
        return new ProgressView(detail, file is null ? null : Path.GetFullPath(file));
    }
}
