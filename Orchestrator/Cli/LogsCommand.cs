using System.CommandLine;
using Shared.Engine;
using Shared.Experiments;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>logs</c>: what the slots of a trial's attempts said.</summary>
public static class LogsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var trial = CliOptions.Trial();
        var store = CliOptions.Store();
        var output = CliOptions.Output("text", "json");
        var follow = CliOptions.Follow(
            "Print the trial's reports and lines as they come, until it has its outcome or Ctrl-C");
        var command = new Command(
            "logs",
            "Prints the log of each attempt of a trial. What is stored is the end of what its slot said: of a "
            + "running attempt the lines of its worker's last report, a few seconds old; of one that failed or "
            + "was lost at most 64 kB, of one with a result 4 kB. Where lines were left out, a line says how "
            + "many.\n\nExample: ./sweep logs quickstart 3 -f")
        {
            sweep, trial, follow, store, output,
        };
        command.Validators.Add(result => CliOptions.RefuseFollowedJson(result, follow, output));
        command.SetAction((parsed, _) => Stores.WithTrialAsync(
            parsed.GetValue(store),
            parsed.GetRequiredValue(sweep),
            parsed.GetRequiredValue(trial),
            (engine, state) => parsed.GetValue(follow)
                ? FollowAsync(engine, state, parsed.GetRequiredValue(trial))
                : PrintAsync(engine, state, parsed.GetRequiredValue(trial), parsed.GetValue(output) == "json"),
            waits: parsed.GetValue(follow)));
        return command;
    }

    private static async Task<int> PrintAsync(IStore engine, SweepState state, int trial, bool asJson)
    {
        var logs = LogsView.Of(state, trial, await engine.WorkersAsync(CancellationToken.None));
        if (asJson)
        {
            Printed.Json(logs);
            return ExitCode.Done;
        }

        Print(LogsView.Lines(logs));
        return ExitCode.Done;
    }

    private static Task<int> FollowAsync(IStore engine, SweepState begun, int trial)
    {
        var metrics = new SweepProgress(
            begun.Plan!, ExperimentCatalog.Default.Find(begun.Plan!.Experiment)!).Metrics;
        var lines = new VerboseLines(Console.Out, new AttemptEvents(begun, metrics), metrics);
        var position = 0L;
        var following = new LogFollowing();
        return Following.UntilOverAsync(engine.LeaseTimes, LookAsync, Console.Error.WriteLine);

        async Task<bool> LookAsync()
        {
            // The state first: what it says has ended has stored its last batch.
            var state = (await engine.ReadAsync(begun.Name, CancellationToken.None))!;
            var stored = await engine.ReadBatchesAsync(begun.Name, position, CancellationToken.None);
            position = stored.Position;
            lines.Measured(stored with
            {
                Batches = [.. stored.Batches.Where(batch => batch.Attempt.Trial == trial)],
            });
            Print(following.Next(
                LogsView.Of(state, trial, await engine.WorkersAsync(CancellationToken.None))));
            return state.Trial(trial).Outcome is not null;
        }
    }

    private static void Print(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Console.WriteLine(line);
        }
    }
}
