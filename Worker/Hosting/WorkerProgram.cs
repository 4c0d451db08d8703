using System.Diagnostics;
using System.Runtime.InteropServices;
using Engine.Sql;
using Shared.Engine;

namespace Worker.Hosting;

/// <summary>The worker's process, from its arguments to its exit code.</summary>
public static class WorkerProgram
{
    /// <summary>Works on a sweep until it is over, or until standard input ends.</summary>
    /// <param name="store">Address of the store.</param>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="slots">How many slots, at least 1.</param>
    /// <param name="data">Folder that data are looked for in, where the command line gave one.</param>
    /// <returns>0 done or handed back, 1 failed, 2 a wrong argument.</returns>
    public static async Task<int> RunAsync(string store, string sweep, int slots, string? data)
    {
        switch (StoreAddress.Parse(store))
        {
            case StoreAddressReply.Parsed parsed:
                return await RunAsync(parsed.Address, sweep, slots, data);
            case StoreAddressReply.Refused refused:
                await Console.Error.WriteLineAsync(refused.Sentence);
                return 2;
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> RunAsync(StoreAddress address, string sweep, int slots, string? data)
    {
        try
        {
            await using var engine = await StoreOpening.OpenAsync(
                address, StoreMode.Existing, TimeProvider.System);
            return await WorkAsync(engine, sweep, slots, data);
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

    private static async Task<int> WorkAsync(IStore engine, string sweep, int slots, string? data)
    {
        if (await engine.ReadAsync(sweep, CancellationToken.None) is not { } state)
        {
            await Console.Error.WriteLineAsync($"the store holds no sweep {sweep}");
            return 2;
        }

        var name = $"{Environment.MachineName}-{Environment.ProcessId}";
        await using var joined = await engine.JoinAsync(name, CancellationToken.None);
        var spool = Directory.CreateTempSubdirectory("sweep-spool-");
        try
        {
            var workerStore = new WorkerStore(
                sweep, engine, engine, TimeProvider.System, Console.Error.WriteLine);
            using var host = new WorkerHost(
                workerStore, spool.FullName, state.Plan!.Data, data, Console.Error.WriteLine);
            var stop = new TaskCompletionSource();
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
            {
                context.Cancel = true;
                stop.TrySetResult();
            });
            _ = EndOfInputAsync(stop);
            return await host.RunAsync(name, slots, stop.Task);
        }
        finally
        {
            spool.Delete(recursive: true);
        }
    }

    /// <summary>
    /// Whoever started the worker holds its standard input open for as long as it wants the worker.
    /// </summary>
    private static async Task EndOfInputAsync(TaskCompletionSource stop)
    {
        await using var input = Console.OpenStandardInput();
        var ignored = new byte[256];
        while (await input.ReadAsync(ignored) > 0)
        {
        }

        stop.TrySetResult();
    }
}
