using System.CommandLine;
using Engine.Sql;
using Shared;
using Shared.Engine;
using Shared.Search;
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
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Print the trials; store and run nothing",
        };
        var beside = new Option<bool>("--new")
        {
            Description = "Submit even where a sweep of that name is unfinished",
        };
        var command = new Command(
            "run",
            "Runs a sweep file on this machine and writes its report.\n\n"
            + "Example: ./sweep run sweeps/quickstart.yaml --slots 2 --set sampler.steps=20")
        {
            slots, store, data, dryRun, beside,
        };
        input.AddTo(command);
        command.SetAction(async (parsed, _) => await input.ReadAsync(parsed) is { } sweep
            ? await RunAsync(
                sweep,
                parsed.GetValue(store),
                parsed.GetValue(slots),
                parsed.GetValue(data),
                parsed.GetValue(dryRun),
                parsed.GetValue(beside))
            : ExitCode.WrongInput);
        return command;
    }

    private static async Task<int> RunAsync(
        SweepFileResult.Parsed parsed,
        string? store,
        int slots,
        string? data,
        bool dryRun,
        bool besideUnfinished)
    {
        if (dryRun)
        {
            var trials = TrialTable.Of(parsed.Plan);
            TextTable.Print(trials.Header, [.. trials.Rows]);
            return ExitCode.Done;
        }

        if (parsed.Spec.Data is { } set && await WorkerProcess.CheckAsync(set, data) is { } damage)
        {
            await Console.Error.WriteLineAsync(damage);
            return ExitCode.WrongInput;
        }

        return await Stores.WithAsync(
            store,
            StoreMode.Create,
            (engine, address) => SubmitAndRunAsync(engine, address, parsed, slots, data, besideUnfinished));
    }

    private static async Task<int> SubmitAndRunAsync(
        SqliteEngine engine,
        StoreAddress store,
        SweepFileResult.Parsed parsed,
        int slots,
        string? data,
        bool besideUnfinished)
    {
        var reply = await engine.SubmitAsync(
            new Submission(
                new CommandId(Guid.NewGuid()), TimeProvider.System.GetUtcNow(), parsed.Spec.Name, parsed.Plan,
                ProgramVersion.Current, besideUnfinished),
            CancellationToken.None);
        switch (reply)
        {
            case SubmitReply.Submitted submitted:
                Console.WriteLine(
                    $"sweep {submitted.Sweep}: {parsed.Plan.Trials.Length} trials, {slots} slots, "
                    + $"store {Places.Show(store.Path)}");
                return await new SweepRun(engine, store, submitted.Sweep, slots, data).GoAsync();
            case SubmitReply.Unfinished unfinished:
                var changed = unfinished.ChangedKeys.IsEmpty
                    ? "unfinished"
                    : $"unfinished and this one differs in {string.Join(", ", unfinished.ChangedKeys)}";
                await Console.Error.WriteLineAsync(
                    $"sweep {unfinished.Sweep} is {changed}; go on with ./sweep resume {unfinished.Sweep}, "
                    + "or submit another beside it with --new");
                return ExitCode.WrongInput;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
