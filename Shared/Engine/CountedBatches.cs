using Shared.Sweeps;

namespace Shared.Engine;

/// <summary>Which commands count on metric batches that must be stored before them.</summary>
public static class CountedBatches
{
    /// <summary>
    /// The attempt whose batches 1 to <c>Last</c> a command counts on; nothing where it counts on none.
    /// </summary>
    public static (AttemptId Attempt, int Last)? Of(SweepCommand command) => command switch
    {
        SweepCommand.FinishAttempt { LastBatch: > 0 } finish => (finish.Attempt, finish.LastBatch),
        SweepCommand.RecordCheckpoint { LastBatch: > 0 } record => (record.Attempt, record.LastBatch),
        _ => null,
    };
}
