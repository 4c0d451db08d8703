using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Orchestrator;

/// <summary>Reports of workers with one slot.</summary>
internal static class WorkerReports
{
    /// <summary>A worker that runs an attempt, with what it said of it.</summary>
    public static WorkerSighting Of(string worker, AttemptId attempt, LogEnd? log) => new(
        worker,
        new WorkerReport(
            worker, "box", 1, Given.At(0), ["cpu"], ImmutableSortedDictionary<string, string>.Empty, Given.Program,
            [new SlotReport(1, "cpu", 7, "running", attempt, null, "") { Log = log }], ""),
        Given.At(1),
        IsLive: true);
}
