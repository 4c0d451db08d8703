using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using Shared.Execution;

namespace Worker.Hosting;

/// <summary>A worker's process: carries out what <see cref="WorkerStep"/> decides.</summary>
public sealed class WorkerHost : IDisposable
{
    private const int InputLimit = 8_192;
    // The chain of what concerns no slot in particular; slots count from 1.
    private const int ForAllSlots = 0;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly WorkerStore _store;
    private readonly string _spool;
    private readonly string? _set;
    private readonly string? _data;
    private readonly Action<string> _log;
    private readonly Channel<WorkerInput> _inputs = Channel.CreateBounded<WorkerInput>(InputLimit);
    private readonly Dictionary<int, SlotProcess> _processes = [];
    private readonly Dictionary<int, Task> _chains = [];

    /// <summary>A worker that has not started yet.</summary>
    /// <param name="store">The sweep's store.</param>
    /// <param name="spool">Folder for artifacts on their way from slots.</param>
    /// <param name="set">Name of the data set that the sweep needs, if any.</param>
    /// <param name="data">Folder that data are looked for in, where the command line gave one.</param>
    /// <param name="log">Takes one line.</param>
    public WorkerHost(WorkerStore store, string spool, string? set, string? data, Action<string> log)
    {
        _store = store;
        _spool = spool;
        _set = set;
        _data = data;
        _log = log;
    }

    /// <summary>Works until the sweep is over or the worker is told to stop.</summary>
    /// <param name="name">The worker's name.</param>
    /// <param name="slots">How many slots, at least 1.</param>
    /// <param name="stopAsked">Completes when the worker is to hand back and stop.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string name, int slots, Task stopAsked)
    {
        _ = TickAsync();
        _ = PassOnAsync(stopAsked);
        var state = WorkerState.Open(name, slots, _store.LeaseTimes, _store.Now);
        var exit = CarryOut(WorkerStep.Begin(state));
        while (exit is null && await _inputs.Reader.WaitToReadAsync())
        {
            while (exit is null && _inputs.Reader.TryRead(out var input))
            {
                (state, var actions) = WorkerStep.Step(state, input);
                exit = CarryOut(actions);
            }
        }

        await EndAsync(state);
        _log(exit!.Reason);
        return exit.Code;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }
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
                    StartSlot(start.Slot);
                    break;
                case WorkerAction.Tell tell:
                    var process = _processes[tell.Slot];
                    Chain(tell.Slot, () => process.TellAsync(tell.Message));
                    break;
                default:
                    Chain(SlotOf(action), () => _store.CarryOutAsync(action, _inputs.Writer));
                    break;
            }
        }

        return null;
    }

    private static int SlotOf(WorkerAction action) => action switch
    {
        WorkerAction.Claim a => a.Slot,
        WorkerAction.StoreBatch a => a.Slot,
        WorkerAction.StoreArtifact a => a.Slot,
        WorkerAction.Finish a => a.Slot,
        WorkerAction.Lose a => a.Slot,
        WorkerAction.HandBack a => a.Slot,
        WorkerAction.Renew or WorkerAction.LoseAbandoned => ForAllSlots,
        _ => throw new UnreachableException($"action {action.GetType().Name}"),
    };

    /// <summary>What concerns one slot is carried out in order; slots do not wait for each other.</summary>
    private void Chain(int slot, Func<Task> work)
    {
        _chains[slot] = After(_chains.GetValueOrDefault(slot, Task.CompletedTask));

        async Task After(Task earlier)
        {
            await earlier;
            try
            {
                await work();
            }
            catch (Exception failure)
            {
                // A boundary: the loop ends with it, and so does the worker.
                _inputs.Writer.TryComplete(failure);
                throw;
            }
        }
    }

    private void StartSlot(int slot)
    {
        var process = SlotProcess.Start(_spool, _set, _data);
        if (_processes.TryGetValue(slot, out var earlier))
        {
            earlier.Dispose();
        }

        _processes[slot] = process;
        _ = ListenAsync(slot, process);
    }

    private async Task ListenAsync(int slot, SlotProcess process)
    {
        await foreach (var message in process.ListenAsync())
        {
            var log = message is FromSlot.Ended ? process.Log : "";
            await _inputs.Writer.WriteAsync(new WorkerInput.SlotSaid(slot, message, log));
        }

        var reason = await process.EndAsync();
        await _inputs.Writer.WriteAsync(new WorkerInput.SlotExited(slot, reason, process.Log));
    }

    /// <summary>
    /// Slots are ended, what is under way is carried out, and a late claim is handed back; a store that does not
    /// answer is not waited for.
    /// </summary>
    private async Task EndAsync(WorkerState state)
    {
        foreach (var process in _processes.Values)
        {
            process.Kill();
        }

        var limit = Task.Delay(EndLimit);
        await Task.WhenAny(Task.WhenAll(_chains.Values), limit);
        while (_inputs.Reader.TryRead(out var input))
        {
            CarryOut(WorkerStep.Step(state, input).Actions);
        }

        await Task.WhenAny(Task.WhenAll(_chains.Values), limit);
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(Look);
        while (await timer.WaitForNextTickAsync())
        {
            _inputs.Writer.TryWrite(new WorkerInput.Tick(_store.Now));
        }
    }

    private async Task PassOnAsync(Task stopAsked)
    {
        await stopAsked;
        await _inputs.Writer.WriteAsync(new WorkerInput.StopAsked());
    }
}
