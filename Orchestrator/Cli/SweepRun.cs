using Engine.Sql;
using Shared.Engine;
using Shared.Experiments;
using Shared.Sweeps;
using Spectre.Console;

namespace Orchestrator.Cli;

/// <summary>Runs a submitted sweep with a worker of its own, shows it, and writes its report.</summary>
/// <param name="engine">The store.</param>
/// <param name="store">Its address, absolute.</param>
/// <param name="sweep">Name of the sweep.</param>
/// <param name="setup">The worker that runs it.</param>
/// <param name="view">How it is shown and logged.</param>
public sealed class SweepRun(
    IStore engine, StoreAddress store, string sweep, WorkerSetup setup, ProgressView view)
{
    private const int SignalBase = 128;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan HandBackLimit = TimeSpan.FromSeconds(15);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Runs to the end, or until it is interrupted.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> GoAsync()
    {
        var folder = Places.Report(store, sweep);
        using var interrupts = new Interrupts();
        var state = (await engine.ReadAsync(sweep, CancellationToken.None))!;
        var progress = new SweepProgress(
            state.Plan!, ExperimentCatalog.Default.Find(state.Plan!.Experiment)!);
        using var file = new RunLogFile(
            view.LogFile ?? Path.Combine(folder, "sweep.log"), Console.Error.WriteLine);
        var log = new RunLog(file, engine, new AttemptEvents(state, progress.Metrics));
        log.Begin(state, setup.Slots, Now);
        using var worker = WorkerProcess.Start(
            store, sweep, setup.Slots, setup.Data, Path.Combine(folder, "worker.log"));
        await WatchAsync(worker, state, progress, log, interrupts);
        if (worker.IsRunning)
        {
            return await HandBackAsync(worker, progress, log);
        }

        var (code, said) = await worker.EndAsync();
        state = (await engine.ReadAsync(sweep, CancellationToken.None))!;
        var end = Sentence(state, code);
        await log.FollowAsync(progress.Rows(state, Now), Now);
        log.End(end, Now);
        var isWritten = await ReportFiles.WriteAsync(engine, state, folder);
        return !state.IsEnded ? SayWhatIsLeft(end, said)
            : isWritten ? SweepWatch.CodeOf(state)
            : ExitCode.Failed;
    }

    private async Task WatchAsync(
        WorkerProcess worker, SweepState state, SweepProgress progress, RunLog log, Interrupts interrupts)
    {
        var events = new AttemptEvents(state, progress.Metrics);
        if (Terminal.CanDraw && view.Detail is ProgressDetail.Normal)
        {
            await AnsiConsole.Live(new Text("starting …")).AutoClear(false).StartAsync(
                live => FollowAsync(
                    worker,
                    progress,
                    new LiveTable(live, progress.Metrics, LiveTable.HandsBack),
                    log,
                    interrupts));
            return;
        }

        IProgressDisplay lines = view.Detail switch
        {
            ProgressDetail.Quiet => new QuietLines(Console.Error, events),
            ProgressDetail.Verbose => new VerboseLines(Console.Out, events, progress.Metrics),
            _ => new PlainLines(Console.Out, events),
        };
        await FollowAsync(worker, progress, lines, log, interrupts);
    }

    /// <summary>Shows the sweep until its worker has ended or the user interrupts.</summary>
    private async Task FollowAsync(
        WorkerProcess worker,
        SweepProgress progress,
        IProgressDisplay display,
        RunLog log,
        Interrupts interrupts)
    {
        var position = 0L;
        var isSilent = false;
        bool isLast;
        do
        {
            isLast = !worker.IsRunning || interrupts.HasCome;
            foreach (var line in worker.NewLines())
            {
                display.Say(line);
            }

            try
            {
                position = await LookAsync(position, progress, display, log);
                isSilent = false;
            }
            catch (StoreUnreachableException silent) when (!isLast)
            {
                // The worker trains on for as long as its leases allow; it ends where that is too long.
                if (!isSilent)
                {
                    display.Say($"the store does not answer, waiting for it: {silent.Message}");
                }

                isSilent = true;
            }

            if (!isLast)
            {
                await Task.Delay(Look);
            }
        }
        while (!isLast);
    }

    /// <summary>Shows what is new, and gives the position that it has read to.</summary>
    private async Task<long> LookAsync(
        long position, SweepProgress progress, IProgressDisplay display, RunLog log)
    {
        var state = (await engine.ReadAsync(sweep, CancellationToken.None))!;
        var stored = await engine.ReadBatchesAsync(sweep, position, CancellationToken.None);
        progress.Add(stored);
        display.Measured(stored);
        var now = Now;
        var rows = progress.Rows(state, now);
        display.Show(state, rows, now);
        await log.FollowAsync(rows, now);
        return stored.Position;
    }

    private async Task<int> HandBackAsync(WorkerProcess worker, SweepProgress progress, RunLog log)
    {
        Say("interrupted: handing back what runs …");
        worker.AskToStop();
        await Task.WhenAny(worker.EndAsync(), Task.Delay(HandBackLimit));
        if (worker.IsRunning)
        {
            // A worker that is stopped holds its lock, and nobody can resume while it does.
            await Console.Error.WriteLineAsync(
                $"the worker (process {worker.Id}) has not ended within {HandBackLimit.TotalSeconds} s: "
                + $"end it with kill -9 {worker.Id}; what it ran will run again");
        }
        else
        {
            Say("handed back");
        }

        var state = (await engine.ReadAsync(sweep, CancellationToken.None))!;
        await log.FollowAsync(progress.Rows(state, Now), Now);
        log.End("interrupted", Now);
        Console.WriteLine($"go on with: ./sweep resume {sweep}");
        return ExitCode.Interrupted;
    }

    private void Say(string sentence)
    {
        if (!view.IsQuiet)
        {
            Console.WriteLine(sentence);
        }
    }

    private static string Sentence(SweepState state, int code) => state.IsCancelled
        ? "the sweep was cancelled"
        : state.IsCompleted
        ? "every trial has its outcome"
        : code > SignalBase
            ? $"the worker was ended by signal {code - SignalBase} before the sweep was complete"
            : $"the worker ended with code {code} before the sweep was complete";

    private int SayWhatIsLeft(string end, string said)
    {
        Console.Error.WriteLine(end);
        if (said.Length > 0)
        {
            Console.Error.WriteLine(said);
        }

        Console.Error.WriteLine($"finished trials are kept; go on with: ./sweep resume {sweep}");
        return ExitCode.Failed;
    }
}
