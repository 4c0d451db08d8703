using System.Diagnostics;
using Engine.Sql;
using Shared;
using Shared.Engine;
using Shared.Execution;
using Shared.Sweeps;
using Training.Data;
using Worker.Devices;

namespace Worker.Hosting;

/// <summary>The worker's process, from its arguments to its exit code.</summary>
public static class WorkerProgram
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    /// <summary>Works until it has nothing more to do, or is told to stop.</summary>
    /// <param name="setup">What the command line says.</param>
    /// <returns>0 done or handed back, 1 failed, 2 a wrong argument.</returns>
    public static async Task<int> RunAsync(WorkerSetup setup)
    {
        switch (StorePlace.Of(setup.Store))
        {
            case StoreAddressReply.Parsed parsed:
                return await RunAsync(setup, parsed.Address);
            case StoreAddressReply.Refused refused:
                await Console.Error.WriteLineAsync(refused.Sentence);
                return 2;
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> RunAsync(WorkerSetup setup, StoreAddress address)
    {
        try
        {
            await using var store = await OpenAsync(setup, address);
            if (store is null)
            {
                Log("told to stop before the store answered");
                return 0;
            }

            if (setup.Sweep is { } sweep && await store.ReadAsync(sweep, CancellationToken.None) is null)
            {
                await Console.Error.WriteLineAsync($"the store holds no sweep {sweep}");
                return 2;
            }

            var name = setup.Name ?? WorkerName.Of(Environment.MachineName, Environment.ProcessId);
            return await JoinAsync(store, setup, address, name);
        }
        catch (StoreUnusableException unusable)
        {
            await Console.Error.WriteLineAsync(unusable.Message);
            return 2;
        }
        catch (StoreUnreachableException unreachable)
        {
            await Console.Error.WriteLineAsync(unreachable.Message);
            return 1;
        }
    }

    /// <summary>
    /// Opens the store; a worker that a person started waits for one that is away. That of a run does not: the
    /// run has just opened it.
    /// </summary>
    private static async Task<IStore?> OpenAsync(WorkerSetup setup, StoreAddress address)
    {
        if (setup.EndsWithInput)
        {
            return await Engines.OpenAsync(address, StoreMode.Existing, isWorker: true);
        }

        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop.Cancel, isInFront: true);
        return await new StoreWait(TimeProvider.System, Log).OpenAsync(
            () => Engines.OpenAsync(address, StoreMode.Existing, isWorker: true), stop.Token);
    }

    private static async Task<int> JoinAsync(
        IStore store, WorkerSetup setup, StoreAddress address, string name)
    {
        try
        {
            await using var joined = await store.JoinAsync(name, CancellationToken.None);
            return await WorkAsync(store, setup, address is StoreAddress.Sqlite, name);
        }
        catch (WorkerNameTakenException)
        {
            var first = (await store.WorkersAsync(CancellationToken.None))
                .FirstOrDefault(worker => worker.Worker == name)?.Report;
            var where = first is null ? "" : $": process {first.ProcessId} on {first.Box}";
            await Console.Error.WriteLineAsync($"worker {name} is running already{where}");
            return 2;
        }
    }

    private static async Task<int> WorkAsync(IStore store, WorkerSetup setup, bool isEmbedded, string name)
    {
        using var driver = setup.SlotsPerGpu is null ? new NoGpuDriver() : NvmlDriver.Open();
        if (DevicesOf(setup, driver) is not { } devices)
        {
            await Console.Error.WriteLineAsync(
                $"no GPU of this machine can be used (driver library {NvmlDriver.Library}, "
                + $"{VisibleGpus.Variable}='{Environment.GetEnvironmentVariable(VisibleGpus.Variable)}'): "
                + "say --slots N for its cores");
            return 2;
        }

        var gpus = devices.Devices.Select(device => device.Uuid).OfType<string>().ToList();
        var (locks, problem) = await DeviceLocks.TakeAsync(gpus, Environment.ProcessId, Log);
        if (locks is null)
        {
            await Console.Error.WriteLineAsync(problem);
            return 2;
        }

        using (locks)
        {
            return await WorkAsync(
                store,
                setup,
                isEmbedded,
                name,
                devices,
                new DeviceMemory(driver, devices, TimeProvider.System, Log));
        }
    }

    private static WorkerDevices? DevicesOf(WorkerSetup setup, IGpuDriver driver)
    {
        if (setup.SlotsPerGpu is { } slots)
        {
            var gpus = VisibleGpus.Of(driver, Environment.GetEnvironmentVariable(VisibleGpus.Variable));
            return gpus.Count == 0 ? null : WorkerDevices.OnGpus(gpus, slots);
        }

        var cores = Environment.ProcessorCount;
        return WorkerDevices.OnCores(
            setup.Slots ?? cores, cores, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }

    private static async Task<int> WorkAsync(
        IStore store,
        WorkerSetup setup,
        bool isEmbedded,
        string name,
        WorkerDevices devices,
        DeviceMemory memory)
    {
        var clock = TimeProvider.System;
        using var spool = SpoolFolder.Create(
            Path.GetTempPath(), Environment.ProcessId, process => Directory.Exists($"/proc/{process}"));
        using var http = new HttpClient { Timeout = AnswerLimit };
        var download = new ImageSetDownload(http, Log);
        var data = new WorkerData(
            DataPlaces.Of(setup.Data),
            (set, folder) => download.FetchAsync(set, folder, CancellationToken.None),
            clock,
            Log);
        var plan = new WorkerPlan(
            name,
            devices.OfSlots,
            IsForOneSweep: setup.Sweep is not null,
            setup.Drain,
            setup.UntilIdle,
            UploadsAtOnce: isEmbedded);
        var dealings = new WorkerStore(
            store,
            setup.Sweep,
            data,
            WorkerOffer.Nothing with { Labels = setup.Labels, MemoryBytes = devices.MemoryBytes },
            spool.Path,
            clock,
            Log);
        using var host = new WorkerHost(
            plan,
            SelfOf(setup, devices, clock),
            dealings,
            async (slot, cancellation) =>
            {
                await memory.WaitAsync(slot, cancellation);
                return SlotProcess.Start(spool.Path, setup.Data, devices.VariablesOf(slot));
            },
            clock,
            Log);
        using var signals = new StopSignals(host.Stop, isInFront: !setup.EndsWithInput);
        if (setup.EndsWithInput)
        {
            _ = EndOfInputAsync(host, signals);
        }
        else
        {
            Log($"worker {name}: {plan.Devices.Length} slots, store {Shown(setup)}");
        }

        using var end = new CancellationTokenSource();
        var upkeep = isEmbedded ? new StoreUpkeep(store, Log).RunAsync(clock, end.Token) : Task.CompletedTask;
        var code = await host.RunAsync();
        await end.CancelAsync();
        await upkeep;
        return code;
    }

    private static WorkerSelf SelfOf(WorkerSetup setup, WorkerDevices devices, TimeProvider clock) => new(
        Environment.MachineName,
        Environment.ProcessId,
        clock.GetUtcNow(),
        [.. devices.Devices.Select(device => device.Name)],
        setup.Labels,
        ProgramVersion.Current);

    private static string Shown(WorkerSetup setup) =>
        StorePlace.Of(setup.Store) is StoreAddressReply.Parsed parsed ? $"{parsed.Address}" : "";

    /// <remarks>
    /// Where the process group was told to stop, this worker was too, and whoever started it says so again:
    /// that is no haste.
    /// </remarks>
    private static async Task EndOfInputAsync(WorkerHost host, StopSignals signals)
    {
        await using var input = Console.OpenStandardInput();
        var ignored = new byte[256];
        while (await input.ReadAsync(ignored) > 0)
        {
        }

        if (!signals.HaveCome)
        {
            host.Stop();
        }
    }

    private static void Log(string line) => Console.Error.WriteLine(line);
}
