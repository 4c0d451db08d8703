using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>
/// What the row of a sweep repeats of its state, so that lists and claims need not fold every history.
/// </summary>
/// <param name="Trials">Number of trials.</param>
/// <param name="IsCompleted">Whether every trial has its outcome.</param>
/// <param name="IsPaused">Whether claims are stopped.</param>
/// <param name="IsCancelled">Whether it was ended for good.</param>
/// <param name="Priority">Sweeps of a higher one are claimed from first.</param>
/// <param name="Waiting">How many trials wait for a slot.</param>
/// <param name="Running">How many trials run.</param>
internal sealed record SweepRow(
    int Trials, bool IsCompleted, bool IsPaused, bool IsCancelled, int Priority, int Waiting, int Running)
{
    /// <summary>The row of a sweep in that state.</summary>
    public static SweepRow Of(SweepState state) => new(
        state.Trials.Length,
        state.IsCompleted,
        state.IsPaused,
        state.IsCancelled,
        state.Priority,
        state.Waiting.Count,
        state.Running.Count);
}
