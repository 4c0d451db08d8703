using Engine.Sql;
using Shared.Experiments;
using Shared.Sweeps;
using Spectre.Console;

namespace Orchestrator.Cli;

/// <summary>Runs a submitted sweep with a worker of its own, shows it, and writes its report.</summary>
/// <param name="engine">The store.</param>
/// <param name="store">Its address, absolute.</param>
/// <param name="sweep">Name of the sweep.</param>
/// <param name="slots">How many slots the worker gets.</param>
/// <param name="data">Folder that data are looked for in, where the command line gave one.</param>
public sealed class SweepRun(SqliteEngine engine, StoreAddress store, string sweep, int slots, string? data)
{
    private const int SignalBase = 128;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan HandBackLimit = TimeSpan.FromSeconds(15);

    /// <summary>Runs to the end, or until it is interrupted.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> GoAsync()
    {
        var folder = Places.Report(store, sweep);
        using var interrupts = new Interrupts();
        using var worker = WorkerProcess.Start(
            store, sweep, slots, data, Path.Combine(folder, "worker.log"));
        var state = (await engine.ReadAsync(sweep, CancellationToken.None))!;
        var progress = new SweepProgress(
            state.Plan!, ExperimentCatalog.Default.Find(state.Plan!.Experiment)!);
        await WatchAsync(worker, progress, interrupts);
        if (worker.IsRunning)
        {
            return await HandBackAsync(worker);
        }

        var (code, log) = await worker.EndAsync();
        state = (await engine.ReadAsync(sweep, CancellationToken.None))!;
        var isWritten = await ReportFiles.WriteAsync(engine, state, folder);
        return !state.IsCompleted ? SayWhatIsLeft(code, log)
            : isWritten ? CodeOf(state)
            : ExitCode.Failed;
    }

    private async Task WatchAsync(WorkerProcess worker, SweepProgress progress, Interrupts interrupts)
    {
        var canDraw = AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        if (canDraw)
        {
            await AnsiConsole.Live(new Text("starting …")).AutoClear(false).StartAsync(
                live => FollowAsync(worker, progress, new LiveTable(live, progress.Metrics), interrupts));
        }
        else
        {
            await FollowAsync(worker, progress, new PlainLines(Console.Out, progress.Metrics), interrupts);
        }
    }

    /// <summary>Shows the sweep until its worker has ended or the user interrupts.</summary>
    private async Task FollowAsync(
        WorkerProcess worker, SweepProgress progress, IProgressDisplay display, Interrupts interrupts)
    {
        var position = 0L;
        bool isLast;
        do
        {
            isLast = !worker.IsRunning || interrupts.HasCome;
            var state = (await engine.ReadAsync(sweep, CancellationToken.None))!;
            var stored = await engine.ReadBatchesAsync(sweep, position, CancellationToken.None);
            position = stored.Position;
            progress.Add(stored);
            foreach (var line in worker.NewLines())
            {
                display.Say(line);
            }

            display.Show(state, progress.Rows(state, TimeProvider.System.GetUtcNow()));
            if (!isLast)
            {
                await Task.Delay(Look);
            }
        }
        while (!isLast);
    }

    private async Task<int> HandBackAsync(WorkerProcess worker)
    {
        Console.WriteLine("interrupted: handing back what runs …");
        worker.AskToStop();
        await Task.WhenAny(worker.EndAsync(), Task.Delay(HandBackLimit));
        Console.WriteLine(worker.IsRunning
            ? $"the worker has not ended within {HandBackLimit.TotalSeconds} s; what it ran will run again"
            : "handed back");
        Console.WriteLine($"go on with: ./sweep resume {sweep}");
        return ExitCode.Interrupted;
    }

    private int SayWhatIsLeft(int code, string log)
    {
        Console.Error.WriteLine(code > SignalBase
            ? $"the worker was ended by signal {code - SignalBase} before the sweep was complete"
            : $"the worker ended with code {code} before the sweep was complete");
        if (log.Length > 0)
        {
            Console.Error.WriteLine(log);
        }

        Console.Error.WriteLine($"finished trials are kept; go on with: ./sweep resume {sweep}");
        return ExitCode.Failed;
    }

    private static int CodeOf(SweepState state) =>
        state.Trials.Any(t => t.Outcome == Outcome.Failed) ? ExitCode.Failed : ExitCode.Done;
}
