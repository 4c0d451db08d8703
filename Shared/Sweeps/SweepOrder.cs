using System.Collections.Immutable;
using Shared.Engine;

namespace Shared.Sweeps;

/// <summary>Which sweeps a worker serves, and in which order.</summary>
public static class SweepOrder
{
    /// <summary>The unfinished ones: highest priority first, then oldest.</summary>
    /// <param name="sweeps">The sweeps of a store, oldest first.</param>
    public static ImmutableArray<SweepSummary> Of(IEnumerable<SweepSummary> sweeps) =>
    [
        .. sweeps.Where(sweep => !sweep.IsCompleted && !sweep.IsCancelled)
            .OrderByDescending(sweep => sweep.Priority),   // stable: the oldest of equals stays first
    ];
}
