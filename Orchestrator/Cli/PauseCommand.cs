using System.CommandLine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>pause</c>: stops claims, and on request what runs.</summary>
public static class PauseCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var store = CliOptions.Store();
        var now = new Option<bool>("--now")
        {
            Description = "Hand back what runs; without it, running trials run to their end",
        };
        var command = new Command(
            "pause",
            "Lets no more trials of a sweep start, until it is resumed.\n\n"
            + "Example: ./sweep pause quickstart --now")
        {
            sweep, now, store,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(sweep), parsed.GetValue(store), parsed.GetValue(now)));
        return command;
    }

    private static Task<int> RunAsync(string sweep, string? store, bool now) =>
        Stores.WithSweepAsync(store, sweep, async (engine, _, state) =>
        {
            var answered = await Asking.SendAsync(
                engine, state, (id, at) => new SweepCommand.PauseSweep(id, at, now));
            if (answered is null)
            {
                return ExitCode.WrongInput;
            }

            Console.WriteLine(ControlText.Paused(answered.After));
            return ExitCode.Done;
        });
}
