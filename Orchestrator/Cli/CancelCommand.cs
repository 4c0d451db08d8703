using System.CommandLine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>cancel</c>: ends a sweep, or one trial of it, for good.</summary>
public static class CancelCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var store = CliOptions.Store();
        var trial = new Option<int?>("--trial")
        {
            HelpName = "N",
            Description = "Only this trial; ./sweep retry runs it again",
            CustomParser = result => CliOptions.ReadTrial(result),
        };
        var command = new Command(
            "cancel",
            "Ends a sweep for good, at once and without asking; what has an outcome keeps it.\n\n"
            + "Example: ./sweep cancel quickstart --trial 3")
        {
            sweep, trial, store,
        };
        command.SetAction((parsed, _) => Stores.WithSweepAsync(
            parsed.GetValue(store),
            parsed.GetRequiredValue(sweep),
            async (engine, _, state) => parsed.GetValue(trial) is { } number
                ? Say(
                    await Asking.SendAsync(
                        engine, state, (id, at) => new SweepCommand.CancelTrial(id, at, number), number),
                    answered => ControlText.TrialCancelled(answered, number))
                : Say(
                    await Asking.SendAsync(
                        engine, state, (id, at) => new SweepCommand.CancelSweep(id, at)),
                    ControlText.Cancelled)));
        return command;
    }

    private static int Say(Answered? answered, Func<Answered, string> sentence)
    {
        if (answered is null)
        {
            return ExitCode.WrongInput;
        }

        Console.WriteLine(sentence(answered));
        return ExitCode.Done;
    }
}
