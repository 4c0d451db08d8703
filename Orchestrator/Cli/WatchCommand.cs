using System.CommandLine;
using Engine.Sql;
using Shared.Engine;
using Shared.Experiments;
using Shared.Sweeps;
using Spectre.Console;

namespace Orchestrator.Cli;

/// <summary><c>watch</c>: follows a sweep that workers run elsewhere.</summary>
public static class WatchCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var store = CliOptions.Store();
        var verbose = new Option<bool>("--verbose", "-v")
        {
            Description = "Say every report of the headline metrics, as lines",
        };
        var command = new Command(
            "watch",
            "Follows a sweep until it ends, as ./sweep run shows it, from the store alone. Ctrl-C ends the "
            + "watching; the sweep goes on. Exit code 1 where a trial failed or the sweep was cancelled.\n\n"
            + "Example: ./sweep watch quickstart")
        {
            sweep, store, verbose,
        };
        command.SetAction((parsed, _) => Stores.WithSweepAsync(
            parsed.GetValue(store),
            parsed.GetRequiredValue(sweep),
            (engine, address, state) => RunAsync(engine, address, state, parsed.GetValue(verbose)),
            waits: true));
        return command;
    }

    private static async Task<int> RunAsync(
        IStore engine, StoreAddress store, SweepState state, bool isVerbose)
    {
        var progress = new SweepProgress(
            state.Plan!, ExperimentCatalog.Default.Find(state.Plan!.Experiment)!);
        var events = new AttemptEvents(state, progress.Metrics);
        var watch = new SweepWatch(engine, store, state.Name, progress);
        var code = isVerbose
            ? await watch.FollowAsync(new VerboseLines(Console.Out, events, progress.Metrics))
            : !Terminal.CanDraw
            ? await watch.FollowAsync(new PlainLines(Console.Out, events))
            : await AnsiConsole.Live(new Text("reading …")).AutoClear(false).StartAsync(live =>
                watch.FollowAsync(new LiveTable(live, progress.Metrics, SweepWatch.HowToLeave)));
        if (code == ExitCode.Interrupted)
        {
            Console.WriteLine($"watching ended, the sweep was left alone; see ./sweep status {state.Name}");
            return code;
        }

        Console.WriteLine(SweepWatch.EndOf(watch.State!));
        return SweepWatch.CodeOf(watch.State!);
    }
}
