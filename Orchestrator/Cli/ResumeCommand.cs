using System.CommandLine;
using Engine.Sql;
using Shared;
using Shared.Engine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>resume</c>: goes on with an interrupted sweep.</summary>
public static class ResumeCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var slots = CliOptions.Slots();
        var store = CliOptions.Store();
        var data = CliOptions.Data();
        var command = new Command(
            "resume",
            "Goes on with an interrupted sweep; finished trials are not run again.\n\n"
            + "Example: ./sweep resume quickstart")
        {
            sweep, slots, store, data,
        };
        var progress = new ProgressOptions();
        progress.AddTo(command);
        command.SetAction(async (parsed, _) => await progress.ReadAsync(parsed) is { } view
            ? await RunAsync(
                parsed.GetRequiredValue(sweep),
                parsed.GetValue(store),
                new WorkerSetup(parsed.GetValue(slots), parsed.GetValue(data)),
                view)
            : ExitCode.WrongInput);
        return command;
    }

    private static Task<int> RunAsync(string sweep, string? store, WorkerSetup setup, ProgressView view) =>
        Stores.WithSweepAsync(
            store, sweep, (engine, address, state) => ResumeAsync(engine, address, state, setup, view));

    private static async Task<int> ResumeAsync(
        IStore engine, StoreAddress store, SweepState state, WorkerSetup setup, ProgressView view)
    {
        if (state.IsCompleted)
        {
            Console.WriteLine($"sweep {state.Name} is completed; see ./sweep report {state.Name}");
            return ExitCode.Done;
        }

        var workers = await engine.LiveWorkersAsync(CancellationToken.None);
        var refusal = Standing.Of(state, workers) switch
        {
            SweepStanding.Running => $"sweep {state.Name} is running (live workers, each with its process id: "
                + $"{string.Join(", ", workers)}); see ./sweep status {state.Name}",
            _ when state.Program != ProgramVersion.Current =>
                $"sweep {state.Name} was submitted by another version of this program ({state.Program}; "
                + $"this one is {ProgramVersion.Current}): its trials would not compare. Check that version out, "
                + "or run the sweep file again with --new",
            _ => null,
        };
        if (refusal is not null)
        {
            await Console.Error.WriteLineAsync(refusal);
            return ExitCode.WrongInput;
        }

        if (state.Plan!.Data is { } set && await WorkerProcess.CheckAsync(set, setup.Data) is { } damage)
        {
            await Console.Error.WriteLineAsync(damage);
            return ExitCode.WrongInput;
        }

        var done = state.Trials.Count(t => t.Outcome is not null);
        if (!view.IsQuiet)
        {
            Console.WriteLine(
                $"sweep {state.Name}: {done} of {ProgressText.Count(state.Trials.Length, "trial")} done, "
                + ProgressText.Count(setup.Slots, "slot"));
        }

        return await new SweepRun(engine, store, state.Name, setup, view).GoAsync();
    }
}
