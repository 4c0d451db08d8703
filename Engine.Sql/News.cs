using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>Which changes are worth waking those who wait for one.</summary>
internal static class News
{
    /// <summary>
    /// Whether there is more to claim, or a pause, a cancel, a new priority, new limits or the end.
    /// </summary>
    public static bool IsMade(SweepState before, SweepState after) =>
        after.Waiting.Count > before.Waiting.Count
        || after.IsCompleted != before.IsCompleted
        || after.IsCancelled != before.IsCancelled
        || after.IsPaused != before.IsPaused
        || after.HandsBack != before.HandsBack
        || after.Priority != before.Priority
        || after.Limits != before.Limits
        || after.Excluded.Count < before.Excluded.Count;
}
