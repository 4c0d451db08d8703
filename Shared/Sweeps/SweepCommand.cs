namespace Shared.Sweeps;

/// <summary>
/// What a sweep can be asked to do. The id makes a repeat harmless; the time is the sender's.
/// </summary>
public abstract record SweepCommand(CommandId Id, DateTimeOffset At)
{
    /// <summary>Begin to exist.</summary>
    /// <param name="Id">Of the command.</param>
    /// <param name="At">Sender's time.</param>
    /// <param name="Name">Name of the sweep.</param>
    /// <param name="Plan">Everything that is fixed now.</param>
    /// <param name="Program">Hash of the program's source trees.</param>
    public sealed record Submit(CommandId Id, DateTimeOffset At, string Name, SweepPlan Plan, string Program)
        : SweepCommand(Id, At);

    /// <summary>Start an attempt at the first waiting trial.</summary>
    public sealed record ClaimTrial(
        CommandId Id, DateTimeOffset At, AttemptPlace Place, AttemptEnvironment Environment)
        : SweepCommand(Id, At);

    /// <summary>Report the end of an attempt.</summary>
    /// <param name="Id">Of the command.</param>
    /// <param name="At">Sender's time.</param>
    /// <param name="Attempt">The attempt that ended.</param>
    /// <param name="Outcome">Completed, diverged or failed.</param>
    /// <param name="Reason">One sentence: why it diverged or failed; empty when completed.</param>
    /// <param name="LogTail">The end of the slot's log when failed; otherwise empty.</param>
    /// <param name="LastBatch">Number of its last metric batch; 0 without batches.</param>
    public sealed record FinishAttempt(
        CommandId Id,
        DateTimeOffset At,
        AttemptId Attempt,
        AttemptOutcome Outcome,
        string Reason,
        string LogTail,
        int LastBatch) : SweepCommand(Id, At);

    /// <summary>Say that an attempt's slot or worker is gone.</summary>
    /// <param name="Id">Of the command.</param>
    /// <param name="At">Sender's time.</param>
    /// <param name="Attempt">The attempt that is lost.</param>
    /// <param name="Reason">One sentence: the signal, the exit code or the lease.</param>
    /// <param name="LogTail">The end of the slot's log where it is known.</param>
    public sealed record LoseAttempt(
        CommandId Id, DateTimeOffset At, AttemptId Attempt, string Reason, string LogTail)
        : SweepCommand(Id, At);

    /// <summary>Give an attempt up because its worker was told to stop.</summary>
    public sealed record HandBackAttempt(CommandId Id, DateTimeOffset At, AttemptId Attempt)
        : SweepCommand(Id, At);
}
