using Shared.Engine;
using Shared.Sweeps;

namespace Bench.Orchestration;

/// <summary>The clients of one process: one worker, one connection, a slot for each client.</summary>
internal static class ClientGroup
{
    /// <summary>Has all clients work until no trial waits.</summary>
    /// <param name="engine">The store.</param>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="worker">Name of the worker.</param>
    /// <param name="clients">How many clients.</param>
    /// <param name="pointsPerBatch">How many values are stored by one command.</param>
    public static async Task<Latencies> RunAsync(
        IStore engine, string sweep, string worker, int clients, int pointsPerBatch)
    {
        await using var membership = await engine.JoinAsync(worker, default);
        var processor = Environment.CpuUsage.TotalTime;
        var running = Enumerable.Range(1, clients)
            .Select(slot => new AttemptPlace(worker, slot, Environment.ProcessId))
            .Select(place => Task.Run(new ReportingClient(engine, sweep, place, pointsPerBatch).RunAsync));
        var latencies = Latencies.Of(await Task.WhenAll(running));
        return latencies with { Processor = (Environment.CpuUsage.TotalTime - processor).TotalSeconds };
    }
}
