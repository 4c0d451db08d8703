using System.Collections.Immutable;
using Shared.Engine;

namespace Orchestrator.Cli;

/// <summary>The workers of a store as they are now, for whoever asks who serves a sweep.</summary>
/// <param name="living">Names of the workers that live.</param>
/// <param name="seen">What workers said of themselves.</param>
public sealed class Serving(ImmutableArray<string> living, ImmutableArray<WorkerSighting> seen)
{
    /// <summary>Reads them.</summary>
    public static async Task<Serving> ReadAsync(ICoordinator store) => new(
        await store.LiveWorkersAsync(CancellationToken.None),
        await store.WorkersAsync(CancellationToken.None));

    /// <summary>
    /// Names of those that may take trials of a sweep: the worker of a run takes none of other sweeps.
    /// </summary>
    public ImmutableArray<string> Of(string sweep) => WorkerReport.MayTake(living, seen, sweep);
}
