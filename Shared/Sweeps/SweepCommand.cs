using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Shared.Sweeps;

/// <summary>
/// What a sweep can be asked to do. The id makes a repeat harmless; the engine sets the time to the store's.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(Submit), "submit")]
[JsonDerivedType(typeof(ClaimTrials), "claim-trials")]
[JsonDerivedType(typeof(RecordCheckpoint), "record-checkpoint")]
[JsonDerivedType(typeof(FinishAttempt), "finish-attempt")]
[JsonDerivedType(typeof(LoseAttempt), "lose-attempt")]
[JsonDerivedType(typeof(HandBackAttempt), "hand-back-attempt")]
[JsonDerivedType(typeof(PauseSweep), "pause-sweep")]
[JsonDerivedType(typeof(ResumeSweep), "resume-sweep")]
[JsonDerivedType(typeof(CancelSweep), "cancel-sweep")]
[JsonDerivedType(typeof(CancelTrial), "cancel-trial")]
[JsonDerivedType(typeof(RetryTrial), "retry-trial")]
[JsonDerivedType(typeof(ChangePriority), "change-priority")]
[JsonDerivedType(typeof(ChangeLimits), "change-limits")]
[JsonDerivedType(typeof(ExtendSweep), "extend-sweep")]
[JsonDerivedType(typeof(ReleaseTrial), "release-trial")]
[JsonDerivedType(typeof(FailWaitingTrial), "fail-waiting-trial")]
public abstract record SweepCommand(CommandId Id, DateTimeOffset At)
{
    /// <summary>Begin to exist.</summary>
    /// <param name="Id">Of the command.</param>
    /// <param name="At">When; the engine sets it to the store's time.</param>
    /// <param name="Name">Name of the sweep.</param>
    /// <param name="Plan">Everything that is fixed now.</param>
    /// <param name="Program">Hash of the program's source trees.</param>
    /// <param name="Priority">Larger numbers are served first.</param>
    /// <param name="IsPaused">Whether no trial may be claimed before it is resumed.</param>
    public sealed record Submit(
        CommandId Id,
        DateTimeOffset At,
        string Name,
        SweepPlan Plan,
        string Program,
        int Priority = 0,
        bool IsPaused = false)
        : SweepCommand(Id, At);

    /// <summary>Start an attempt at the first trials that may be claimed, one a place.</summary>
    /// <param name="Id">Of the command.</param>
    /// <param name="At">When; the engine sets it to the store's time.</param>
    /// <param name="Places">The free slots of one worker, at least one; fewer may be given a trial.</param>
    /// <param name="Environment">What these slots compute with.</param>
    /// <param name="Offer">What the worker has to offer; nothing where it says nothing.</param>
    public sealed record ClaimTrials(
        CommandId Id,
        DateTimeOffset At,
        ImmutableArray<AttemptPlace> Places,
        AttemptEnvironment Environment,
        WorkerOffer? Offer) : SweepCommand(Id, At);

    /// <summary>Say that an attempt's checkpoint is stored.</summary>
    /// <param name="Id">Of the command.</param>
    /// <param name="At">When; the engine sets it to the store's time.</param>
    /// <param name="Attempt">The attempt that made it.</param>
    /// <param name="Update">The last update that it holds.</param>
    /// <param name="Sha256">Of its bytes, lower-case hex.</param>
    /// <param name="LastBatch">The metric batches 1 to this one hold every point up to the update.</param>
    public sealed record RecordCheckpoint(
        CommandId Id, DateTimeOffset At, AttemptId Attempt, int Update, string Sha256, int LastBatch)
        : SweepCommand(Id, At);

    /// <summary>Report the end of an attempt.</summary>
    /// <param name="Id">Of the command.</param>
    /// <param name="At">When; the engine sets it to the store's time.</param>
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
        int LastBatch) : SweepCommand(Id, At)
    {
        /// <summary>The last update that it finished; nothing where that is not known.</summary>
        public int? Updates { get; init; }

        /// <summary>
        /// Whether it failed because what it was to begin from, a checkpoint or a parent's model, cannot be read;
        /// it counts only of an attempt that made no update.
        /// </summary>
        public bool IsSourceUnreadable { get; init; }
    }

    /// <summary>Say that an attempt's slot or worker is gone.</summary>
    /// <param name="Id">Of the command.</param>
    /// <param name="At">When; the engine sets it to the store's time.</param>
    /// <param name="Attempt">The attempt that is lost.</param>
    /// <param name="Reason">One sentence: the signal, the exit code or the lease.</param>
    /// <param name="LogTail">The end of the slot's log where it is known.</param>
    public sealed record LoseAttempt(
        CommandId Id, DateTimeOffset At, AttemptId Attempt, string Reason, string LogTail)
        : SweepCommand(Id, At);

    /// <summary>Give an attempt up because its worker was told to stop.</summary>
    public sealed record HandBackAttempt(CommandId Id, DateTimeOffset At, AttemptId Attempt)
        : SweepCommand(Id, At);

    /// <summary>Let no more trials be claimed.</summary>
    /// <param name="Id">Of the command.</param>
    /// <param name="At">When; the engine sets it to the store's time.</param>
    /// <param name="Now">Whether running attempts are handed back too.</param>
    public sealed record PauseSweep(CommandId Id, DateTimeOffset At, bool Now) : SweepCommand(Id, At);

    /// <summary>Let trials be claimed again, by excluded workers too.</summary>
    public sealed record ResumeSweep(CommandId Id, DateTimeOffset At) : SweepCommand(Id, At);

    /// <summary>End the sweep for good.</summary>
    public sealed record CancelSweep(CommandId Id, DateTimeOffset At) : SweepCommand(Id, At);

    /// <summary>End one trial for good.</summary>
    public sealed record CancelTrial(CommandId Id, DateTimeOffset At, int Trial) : SweepCommand(Id, At);

    /// <summary>Run a failed or cancelled trial again, from update 0 and with all its retries.</summary>
    public sealed record RetryTrial(CommandId Id, DateTimeOffset At, int Trial) : SweepCommand(Id, At);

    /// <summary>Say which sweeps are served first: larger numbers are.</summary>
    public sealed record ChangePriority(CommandId Id, DateTimeOffset At, int Priority) : SweepCommand(Id, At);

    /// <summary>Say how much may run.</summary>
    public sealed record ChangeLimits(CommandId Id, DateTimeOffset At, SweepLimits Limits)
        : SweepCommand(Id, At);

    /// <summary>Add trials to a sweep that runs or is completed.</summary>
    public sealed record ExtendSweep(CommandId Id, DateTimeOffset At, SweepAddition Addition)
        : SweepCommand(Id, At);

    /// <summary>Let a trial that waits for a parent's artifact be claimed.</summary>
    public sealed record ReleaseTrial(CommandId Id, DateTimeOffset At, int Trial, ParentArtifact Parent)
        : SweepCommand(Id, At);

    /// <summary>Fail a trial whose parent ended without the artifact that it waits for.</summary>
    public sealed record FailWaitingTrial(CommandId Id, DateTimeOffset At, int Trial, string Reason)
        : SweepCommand(Id, At);
}
