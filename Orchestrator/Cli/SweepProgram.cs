using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Orchestrator.Cli;

/// <summary>The program <c>./sweep</c>: every command there is.</summary>
public static class SweepProgram
{
    /// <summary>The command that holds all others.</summary>
    public static Command Create() => new(
        "./sweep",
        "Runs sweeps of energy-based models and compares them.\n\nExample: ./sweep run sweeps/quickstart.yaml")
    {
        RunCommand.Create(),
        SubmitCommand.Create(),
        WatchCommand.Create(),
        PauseCommand.Create(),
        ResumeCommand.Create(),
        CancelCommand.Create(),
        RetryCommand.Create(),
        PriorityCommand.Create(),
        LimitsCommand.Create(),
        ExtendCommand.Create(),
        ListCommand.Create(),
        StatusCommand.Create(),
        WorkersCommand.Create(),
        EventsCommand.Create(),
        TrialCommand.Create(),
        LogsCommand.Create(),
        ReportCommand.Create(),
        ExportCommand.Create(),
        SampleCommand.Create(),
        VerifyResumeCommand.Create(),
        DataCommand.Create(),
        DoctorCommand.Create(),
        GcCommand.Create(),
        MigrateCommand.Create(),
        new HelpOption { Recursive = true },
    };

    /// <summary>A command as it is typed: <c>./sweep data pull</c>.</summary>
    public static string PathOf(CommandResult command) => command.Parent is CommandResult outer
        ? $"{PathOf(outer)} {command.Command.Name}"
        : command.Command.Name;
}
