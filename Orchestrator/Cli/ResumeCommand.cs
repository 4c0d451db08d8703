using System.Collections.Immutable;
using System.CommandLine;
using Engine.Sql;
using Shared;
using Shared.Engine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>resume</c>: goes on with an interrupted or paused sweep.</summary>
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
            "Goes on with an interrupted or paused sweep; finished trials are not run again. A store that is a "
            + "file is worked on here; of another one, the sweep is only made claimable for its workers.\n\n"
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

        var workers = (await Serving.ReadAsync(engine)).Of(state.Name);
        var isWorkedOn = Standing.Of(state with { IsPaused = false }, workers) is SweepStanding.Running;
        var isHere = store is StoreAddress.Sqlite && !isWorkedOn;
        if (await RefusalAsync(state, workers, isWorkedOn, isHere, setup) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return ExitCode.WrongInput;
        }

        await using var coordinator = isHere ? Clusters.StartLocal(store) : null;
        if (IsHeld(state))
        {
            var answered = await Asking.SendAsync(
                engine, state, (id, at) => new SweepCommand.ResumeSweep(id, at));
            if (answered is null)
            {
                return ExitCode.WrongInput;
            }

            state = answered.After;
        }

        SayHead(state, setup, isHere, view);
        if (isHere)
        {
            return await new SweepRun(engine, store, state.Name, setup, view).GoAsync();
        }

        Console.WriteLine(isWorkedOn
            ? $"workers that live: {string.Join(", ", workers)}; ./sweep watch {state.Name} follows it"
            : ControlText.NextStep(state, workers, store));
        return ExitCode.Done;
    }

    /// <summary>Why the sweep is not resumed, one sentence; nothing where it is. Nothing has changed yet.</summary>
    private static async Task<string?> RefusalAsync(
        SweepState state, ImmutableArray<string> workers, bool isWorkedOn, bool isHere, WorkerSetup setup)
    {
        if (state.IsCancelled)
        {
            return RefusalText.Of(Rejection.SweepEnded, state);
        }

        if (isWorkedOn && !IsHeld(state))
        {
            return $"sweep {state.Name} is running (live workers, each with its process id: "
                + $"{string.Join(", ", workers)}); see ./sweep status {state.Name}";
        }

        if (!isHere)
        {
            return null;   // each worker sees for itself whether it matches
        }

        if (state.Program != ProgramVersion.Current)
        {
            return RefusalText.OtherProgram(state);
        }

        return await WorkerProcess.CheckAsync(state.Plan!, setup.Data);
    }

    /// <summary>Whether somebody or something keeps workers from claiming.</summary>
    private static bool IsHeld(SweepState state) => state.IsPaused || !state.Excluded.IsEmpty;

    private static void SayHead(SweepState state, WorkerSetup setup, bool isHere, ProgressView view)
    {
        if (isHere && view.IsQuiet)
        {
            return;
        }

        var done = state.Trials.Count(t => t.Outcome is not null);
        var slots = isHere ? $", {ProgressText.Count(setup.Slots, "slot")}" : " and the rest may be claimed";
        Console.WriteLine(
            $"sweep {state.Name}: {done} of {ProgressText.Count(state.Trials.Length, "trial")} done{slots}");
    }
}
