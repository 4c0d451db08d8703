using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Orchestrator.Cli;

/// <summary>The program <c>./sweep</c>: every command there is.</summary>
public static class SweepProgram
{
    private const string WorkerName = "worker";

    /// <summary>The command that holds all others.</summary>
    public static Command Create()
    {
        var groups = Groups();
        var root = new Command(
            "./sweep",
            "Runs sweeps of energy-based models and compares them.\n\nExample: ./sweep run sweeps/quickstart.yaml");
        foreach (var command in groups.SelectMany(group => group.Commands).Where(c => c.Name != WorkerName))
        {
            root.Add(command);
        }

        var help = new HelpOption { Recursive = true };
        help.Action = new RootHelp(groups, (HelpAction)help.Action!);
        root.Add(help);
        return root;
    }

    /// <summary>Every command, by what it is for.</summary>
    private static IReadOnlyList<CommandGroup> Groups() =>
    [
        new(
            "Run",
            [
                RunCommand.Create(), SubmitCommand.Create(), EvaluateCommand.Create(), Worker(),
                WatchCommand.Create(),
            ]),
        new(
            "Change",
            [
                PauseCommand.Create(), ResumeCommand.Create(), CancelCommand.Create(), RetryCommand.Create(),
                PriorityCommand.Create(), LimitsCommand.Create(), ExtendCommand.Create(),
            ]),
        new(
            "Look",
            [
                ListCommand.Create(), StatusCommand.Create(), WorkersCommand.Create(), EventsCommand.Create(),
                TrialCommand.Create(), LogsCommand.Create(),
            ]),
        new("Results", [ReportCommand.Create(), ExportCommand.Create(), SampleCommand.Create()]),
        new(
            "This machine and the store",
            [
                DoctorCommand.Create(), DataCommand.Create(), VerifyResumeCommand.Create(), GcCommand.Create(),
                MigrateCommand.Create(),
            ]),
        .. Clusters.Groups(),
    ];

    /// <summary>Named in the help; the script <c>./sweep</c> hands it to the worker program.</summary>
    private static Command Worker() => new(WorkerName, "Works on the sweeps of a store, here, until it is told to stop");

    /// <summary>A command as it is typed: <c>./sweep data pull</c>.</summary>
    public static string PathOf(CommandResult command) => command.Parent is CommandResult outer
        ? $"{PathOf(outer)} {command.Command.Name}"
        : command.Command.Name;
}
