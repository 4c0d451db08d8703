using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using Shared.Execution;
using Shared.Metrics;
using Shared.Sweeps;

namespace Worker.Hosting;

/// <summary>A worker's process: carries out what <see cref="WorkerStep"/> decides.</summary>
internal sealed class WorkerHost : IDisposable
{
    private const int InputLimit = 8_192;
    // The chain of what concerns no slot in particular; slots count from 1.
    private const int ForAllSlots = 0;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly WorkerPlan _plan;
    private readonly WorkerSelf _self;
    private readonly WorkerStore _store;
    private readonly Func<int, CancellationToken, Task<SlotProcess>> _start;
    private readonly Action<string> _log;
    private readonly SlotWatch _watch;
    private readonly SlotChains _chains;
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<WorkerInput> _inputs = Channel.CreateBounded<WorkerInput>(InputLimit);
    private readonly Dictionary<int, SlotProcess> _processes = [];
    private readonly Dictionary<int, SlotOutbox> _outboxes;
    private ReportPace _pace = ReportPace.Initial;
    private Task _reporting = Task.CompletedTask;

    /// <summary>A worker that has not started yet.</summary>
    /// <param name="plan">What it is told at its start.</param>
    /// <param name="self">What it says of itself.</param>
    /// <param name="store">Its dealings with the store.</param>
    /// <param name="start">Starts the process of a slot, when its device is ready for it.</param>
    /// <param name="clock">The worker's clock.</param>
    /// <param name="log">Takes one line.</param>
    public WorkerHost(
        WorkerPlan plan,
        WorkerSelf self,
        WorkerStore store,
        Func<int, CancellationToken, Task<SlotProcess>> start,
        TimeProvider clock,
        Action<string> log)
    {
        _plan = plan;
        _self = self;
        _store = store;
        _start = start;
        _log = log;
        _watch = new SlotWatch(clock);
        _chains = new SlotChains(failure => _inputs.Writer.TryComplete(failure));
        _outboxes =
            Enumerable.Range(1, plan.Devices.Length).ToDictionary(slot => slot, _ => new SlotOutbox());
    }

    /// <summary>Works until it has nothing more to do or is told to stop.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        _ = TickAsync();
        _ = HearAsync();
        var (state, actions) = WorkerStep.Begin(WorkerState.Open(_plan, _store.LeaseTimes, _store.Now));
        var exit = CarryOut(actions);
        while (exit is null && await _inputs.Reader.WaitToReadAsync())
        {
            while (exit is null && _inputs.Reader.TryRead(out var input))
            {
                (state, actions) = WorkerStep.Step(state, input);
                exit = CarryOut(actions);
                if (input is WorkerInput.Tick)
                {
                    Watch(state);
                }
            }
        }

        await EndAsync(state);
        _log(exit!.Reason);
        return exit.Code;
    }

    /// <summary>Asks it to hand back and stop; asked again, at once.</summary>
    public void Stop() => _ = _inputs.Writer.WriteAsync(new WorkerInput.StopAsked()).AsTask();

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Dispose();
        ForEachProcess(process => process.Dispose());
    }

    private WorkerAction.Exit? CarryOut(ImmutableArray<WorkerAction> actions)
    {
        foreach (var action in actions)
        {
            switch (action)
            {
                case WorkerAction.Exit exit:
                    return exit;
                case WorkerAction.StartSlot start:
                    _chains.Add([ProcessOf(start.Slot)], () => StartSlotAsync(start.Slot));
                    break;
                case WorkerAction.EndSlot end:
                    Process(end.Slot).Kill();
                    break;
                case WorkerAction.Tell tell:
                    var process = Process(tell.Slot);
                    _chains.Add([tell.Slot], () => process.TellAsync(tell.Message));
                    break;
                case WorkerAction.Begin begin:
                    var beginning = Process(begin.Slot);
                    _chains.Add([begin.Slot], () => BeginAsync(begin, beginning));
                    break;
                case WorkerAction.DropSpooled drop:
                    _chains.Add([drop.Slot], () => Drop(drop.Path));
                    break;
                case WorkerAction.StoreBatch store:
                    Send(store);
                    break;
                default:
                    _chains.Add(SlotsOf(action), () => _store.CarryOutAsync(action, _inputs.Writer));
                    break;
            }
        }

        return null;
    }

    private static IEnumerable<int> SlotsOf(WorkerAction action) => action switch
    {
        WorkerAction.Claim a => a.Places.Select(place => place.Slot),
        WorkerAction.StoreArtifact a => [a.Slot],
        WorkerAction.StoreCheckpoint a => [a.Slot],
        WorkerAction.Finish a => [a.Slot],
        WorkerAction.Lose a => [a.Slot],
        WorkerAction.HandBack a => [a.Slot],
        WorkerAction.Renew or WorkerAction.Look => [ForAllSlots],
        _ => throw new UnreachableException($"action {action.GetType().Name}"),
    };

    private void Send(WorkerAction.StoreBatch store)
    {
        var (slot, measured) = (store.Slot, store.Batch);
        _watch.Measured(slot, measured);
        var outbox = _outboxes[slot];
        if (outbox.Add(new MetricBatch(measured.Attempt, measured.Batch, measured.Points)))
        {
            _chains.Add([slot], () =>
                outbox.EmptyAsync(batches => _store.StoreAsync(batches, _inputs.Writer)));
        }
    }

    private async Task BeginAsync(WorkerAction.Begin begin, SlotProcess process)
    {
        var (start, problem) = await _store.PrepareAsync(begin, _inputs.Writer);
        if (start is not null)
        {
            process.Begin(start.Attempt);
            await process.TellAsync(start);
            return;
        }

        _log($"{begin.Start.Attempt}: {problem}");
        var failed = new FromSlot.Ended(
            begin.Start.Attempt, AttemptOutcome.Failed, problem, LastBatch: 0, begin.From?.Update ?? 0)
        {
            IsSourceUnreadable = true,
        };
        await _inputs.Writer.WriteAsync(new WorkerInput.SlotSaid(begin.Slot, failed, ""));
    }

    private static Task Drop(string path)
    {
        File.Delete(path);
        return Task.CompletedTask;
    }

    /// <summary>The chain of a slot's processes: the store is not waited for before one starts.</summary>
    private static int ProcessOf(int slot) => -slot;

    private SlotProcess Process(int slot)
    {
        lock (_processes)
        {
            return _processes[slot];
        }
    }

    private async Task StartSlotAsync(int slot)
    {
        try
        {
            var process = await _start(slot, _end.Token);
            lock (_processes)
            {
                if (_end.IsCancellationRequested)
                {
                    process.Kill();
                }

                _processes.GetValueOrDefault(slot)?.Dispose();
                _processes[slot] = process;
            }

            _watch.Started(slot, process.Id);
            _ = ListenAsync(slot, process);
        }
        catch (OperationCanceledException)
        {
            // The worker ends.
        }
    }

    private void ForEachProcess(Action<SlotProcess> act)
    {
        lock (_processes)
        {
            foreach (var process in _processes.Values)
            {
                act(process);
            }
        }
    }

    private async Task ListenAsync(int slot, SlotProcess process)
    {
        await foreach (var message in process.ListenAsync())
        {
            await _inputs.Writer.WriteAsync(message switch
            {
                FromSlot.Ended ended => new WorkerInput.SlotSaid(
                    slot, ended with { Reason = MemoryDeath.Explain(ended.Reason) }, process.Log)
                {
                    ResidentBytes = process.ResidentBytes,
                },
                FromSlot.Ready => new WorkerInput.SlotSaid(slot, message, "")
                {
                    ResidentBytes = process.ResidentBytes,
                },
                _ => new WorkerInput.SlotSaid(slot, message, ""),
            });
            await _outboxes[slot].RoomAsync();
        }

        var reason = await process.EndAsync();
        await _inputs.Writer.WriteAsync(new WorkerInput.SlotExited(slot, reason, process.Log));
    }

    /// <summary>People see what changed at the next tick, and at every beat that the worker lives.</summary>
    private void Watch(WorkerState state)
    {
        ForEachProcess(process => _ = process.ResidentBytes);   // a death for memory tells what was last seen

        var report = WorkerReporting.Of(state, _self, _store.Idle, Sights());
        if (_reporting.IsCompleted && _pace.IsDue(report, state.Now, state.Leases.Times.Beat))
        {
            _pace = ReportPace.After(report, state.Now);
            _reporting = _store.ReportAsync(report);
        }
    }

    private Dictionary<int, SlotSight> Sights()
    {
        var sights = _watch.Sights.ToDictionary();
        lock (_processes)
        {
            foreach (var (slot, process) in _processes.Where(p => sights.ContainsKey(p.Key)))
            {
                sights[slot] = sights[slot] with { Said = process.Said };
            }
        }

        return sights;
    }

    /// <summary>
    /// Slots are ended, what is under way is carried out, and a late claim is handed back; a store that does
    /// not answer is not waited for.
    /// </summary>
    private async Task EndAsync(WorkerState state)
    {
        await _end.CancelAsync();
        ForEachProcess(process => process.Kill());

        var limit = Task.Delay(EndLimit);
        await Task.WhenAny(_chains.AllAsync(), limit);
        while (_inputs.Reader.TryRead(out var input))
        {
            CarryOut(WorkerStep.Step(state, input).Actions);
        }

        await Task.WhenAny(_chains.AllAsync(), limit);
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(Look);
        while (await timer.WaitForNextTickAsync())
        {
            _inputs.Writer.TryWrite(new WorkerInput.Tick(_store.Now));
        }
    }

    /// <summary>Hints wake idle slots; whatever a hint misses the next tick finds.</summary>
    private async Task HearAsync()
    {
        try
        {
            while (!_end.IsCancellationRequested)
            {
                if (await _store.HearsNewsAsync(TimeSpan.FromSeconds(10), _end.Token))
                {
                    _inputs.Writer.TryWrite(new WorkerInput.NewsCame());
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The worker ends.
        }
    }
}
