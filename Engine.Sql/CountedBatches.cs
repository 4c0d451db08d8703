using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>Which commands count on metric batches that must be stored before them.</summary>
internal static class CountedBatches
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
