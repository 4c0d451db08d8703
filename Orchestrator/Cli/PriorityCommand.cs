using System.CommandLine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>priority</c>: which sweeps are served first.</summary>
public static class PriorityCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var number = CliOptions.Priority();
        var store = CliOptions.Store();
        var command = new Command(
            "priority",
            "Says which sweeps get free slots first: those with larger numbers; 0 unless it was set.\n\n"
            + "Example: ./sweep priority quickstart 5")
        {
            sweep, number, store,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(sweep), parsed.GetValue(store), parsed.GetRequiredValue(number)));
        return command;
    }

    private static Task<int> RunAsync(string sweep, string? store, int number) =>
        Stores.WithSweepAsync(store, sweep, async (engine, _, state) =>
        {
            var answered = await Asking.SendAsync(
                engine, state, (id, at) => new SweepCommand.ChangePriority(id, at, number));
            if (answered is null)
            {
                return ExitCode.WrongInput;
            }

            Console.WriteLine(ControlText.Prioritised(answered));
            return ExitCode.Done;
        });
}
