using System.CommandLine;
using Engine.Sql;
using Shared.Engine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>run</c>: submits a sweep file and runs it on this machine.</summary>
public static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var input = new SweepFileInput();
        var slots = CliOptions.Slots();
        var store = CliOptions.Store();
        var data = CliOptions.Data();
        var progress = new ProgressOptions();
        var rehearsal = new RehearsalOptions();
        var beside = CliOptions.New();
        var command = new Command(
            "run",
            "Runs a sweep file on this machine and writes its report.\n\n"
            + "Example: ./sweep run sweeps/quickstart.yaml --slots 2 --set sampler.steps=20")
        {
            slots, store, data, beside,
        };
        input.AddTo(command);
        rehearsal.AddTo(command);
        progress.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var setup = new WorkerSetup(parsed.GetValue(slots), parsed.GetValue(data));
            if (await input.ReadAsync(parsed) is not { } sweep || await progress.ReadAsync(parsed) is not { } view)
            {
                return ExitCode.WrongInput;
            }

            if (rehearsal.IsAsked(parsed) && sweep.Plan.IsEvaluation)
            {
                await Console.Error.WriteLineAsync(
                    "--test-mode and --dry-run rehearse training, and an evaluation trains nothing: leave them away");
                return ExitCode.WrongInput;
            }

            return rehearsal.IsAsked(parsed)
                ? await rehearsal.RunAsync(parsed, sweep, setup)
                : await RunAsync(sweep, parsed.GetValue(store), setup, parsed.GetValue(beside), view);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        SweepFileResult.Parsed parsed,
        string? store,
        WorkerSetup setup,
        bool besideUnfinished,
        ProgressView view)
    {
        if (parsed.Spec.Data is { } set && await WorkerProcess.CheckAsync(set, setup.Data) is { } damage)
        {
            await Console.Error.WriteLineAsync(damage);
            return ExitCode.WrongInput;
        }

        return await Stores.WithAsync(
            store,
            Submitting.ModeFor(parsed),
            (engine, address) => SubmitAndRunAsync(engine, address, parsed, setup, besideUnfinished, view));
    }

    /// <summary>Submits a sweep file and runs it here; writes its report.</summary>
    /// <param name="engine">The store.</param>
    /// <param name="store">Its address, absolute.</param>
    /// <param name="parsed">The sweep file.</param>
    /// <param name="setup">The worker that runs it.</param>
    /// <param name="besideUnfinished">Submit even where a sweep of that name is unfinished.</param>
    /// <param name="view">How it is shown and logged.</param>
    /// <returns>The exit code.</returns>
    internal static async Task<int> SubmitAndRunAsync(
        IStore engine,
        StoreAddress store,
        SweepFileResult.Parsed parsed,
        WorkerSetup setup,
        bool besideUnfinished,
        ProgressView view)
    {
        await using var coordinator = Clusters.StartLocal(store);
        var trials = 0;
        var sweep = await Submitting.SubmitAsync(engine, parsed, besideUnfinished, whyNot: async plan =>
        {
            trials = plan.Trials.Length;
            return plan.IsEvaluation ? await WorkerProcess.CheckAsync(plan, setup.Data) : null;
        });
        if (sweep is null)
        {
            return ExitCode.WrongInput;
        }

        if (!view.IsQuiet)
        {
            Console.WriteLine(
                $"sweep {sweep}: {ProgressText.Count(trials, "trial")}, "
                + $"{ProgressText.Count(setup.Slots, "slot")}, store {Places.Show(store)}");
        }

        return await new SweepRun(engine, store, sweep, setup, view).GoAsync();
    }
}
