using System.CommandLine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>retry</c>: runs a failed or cancelled trial again.</summary>
public static class RetryCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var trial = CliOptions.Trial();
        var store = CliOptions.Store();
        var command = new Command(
            "retry",
            "Opens a failed or cancelled trial again, from update 0 and with all its retries; a completed sweep "
            + "runs again with it.\n\nExample: ./sweep retry quickstart 3")
        {
            sweep, trial, store,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(sweep), parsed.GetValue(store), parsed.GetRequiredValue(trial)));
        return command;
    }

    private static Task<int> RunAsync(string sweep, string? store, int trial) =>
        Stores.WithSweepAsync(store, sweep, async (engine, address, state) =>
        {
            var answered = await Asking.SendAsync(
                engine, state, (id, at) => new SweepCommand.RetryTrial(id, at, trial), trial);
            if (answered is null)
            {
                return ExitCode.WrongInput;
            }

            Console.WriteLine(ControlText.Retried(answered.After, trial));
            await Asking.SayNextStepAsync(engine, address, answered.After);
            return ExitCode.Done;
        });
}
