using System.Text.Json.Serialization;

namespace Shared.Sweeps;

/// <summary>What happened to a sweep. Stored as JSON with a version; never changed once stored.</summary>
/// <param name="Command">The command that made it.</param>
/// <param name="At">When, by the store's clock.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(SweepSubmitted), "sweep-submitted")]
[JsonDerivedType(typeof(AttemptStarted), "attempt-started")]
[JsonDerivedType(typeof(AttemptFinished), "attempt-finished")]
[JsonDerivedType(typeof(AttemptLost), "attempt-lost")]
[JsonDerivedType(typeof(AttemptHandedBack), "attempt-handed-back")]
[JsonDerivedType(typeof(TrialEnded), "trial-ended")]
[JsonDerivedType(typeof(SweepCompleted), "sweep-completed")]
[JsonDerivedType(typeof(AttemptCheckpointed), "attempt-checkpointed")]
[JsonDerivedType(typeof(AttemptCancelled), "attempt-cancelled")]
[JsonDerivedType(typeof(TrialRetryPlanned), "trial-retry-planned")]
[JsonDerivedType(typeof(TrialReopened), "trial-reopened")]
[JsonDerivedType(typeof(TrialReleased), "trial-released")]
[JsonDerivedType(typeof(WorkerExcluded), "worker-excluded")]
[JsonDerivedType(typeof(SweepPaused), "sweep-paused")]
[JsonDerivedType(typeof(SweepResumed), "sweep-resumed")]
[JsonDerivedType(typeof(SweepCancelled), "sweep-cancelled")]
[JsonDerivedType(typeof(SweepExtended), "sweep-extended")]
[JsonDerivedType(typeof(PriorityChanged), "priority-changed")]
[JsonDerivedType(typeof(LimitsChanged), "limits-changed")]
public abstract record SweepEvent(CommandId Command, DateTimeOffset At)
{
    /// <summary>The sweep exists; all its trials wait.</summary>
    public sealed record SweepSubmitted(
        CommandId Command, DateTimeOffset At, string Name, SweepPlan Plan, string Program)
        : SweepEvent(Command, At);

    /// <summary>An attempt runs; it holds the trial's lease.</summary>
    public sealed record AttemptStarted(
        CommandId Command,
        DateTimeOffset At,
        AttemptId Attempt,
        AttemptPlace Place,
        AttemptEnvironment Environment)
        : SweepEvent(Command, At)
    {
        /// <summary>The checkpoint that it goes on from; nothing where it begins at update 0.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public CheckpointId? From { get; init; }
    }

    /// <summary>A checkpoint of an attempt is stored, and every metric point up to its update.</summary>
    public sealed record AttemptCheckpointed(
        CommandId Command, DateTimeOffset At, AttemptId Attempt, int Update, string Sha256)
        : SweepEvent(Command, At);

    /// <summary>An attempt reported its end.</summary>
    public sealed record AttemptFinished(
        CommandId Command,
        DateTimeOffset At,
        AttemptId Attempt,
        AttemptOutcome Outcome,
        string Reason,
        string LogTail,
        int LastBatch) : SweepEvent(Command, At)
    {
        /// <summary>The last update that it finished; nothing where that is not known.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? Updates { get; init; }

        /// <summary>
        /// Whether it failed because what it was to begin from, a checkpoint or a parent's model, cannot be read.
        /// </summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsSourceUnreadable { get; init; }
    }

    /// <summary>An attempt's slot or worker is gone.</summary>
    public sealed record AttemptLost(
        CommandId Command, DateTimeOffset At, AttemptId Attempt, string Reason, string LogTail)
        : SweepEvent(Command, At);

    /// <summary>An attempt was given up by a worker that was told to stop.</summary>
    public sealed record AttemptHandedBack(CommandId Command, DateTimeOffset At, AttemptId Attempt)
        : SweepEvent(Command, At);

    /// <summary>An attempt has no right to go on, because its trial or sweep was cancelled.</summary>
    public sealed record AttemptCancelled(CommandId Command, DateTimeOffset At, AttemptId Attempt)
        : SweepEvent(Command, At);

    /// <summary>A trial whose attempt failed or was lost waits again.</summary>
    /// <param name="Command">The command that made it.</param>
    /// <param name="At">When.</param>
    /// <param name="Trial">Its number.</param>
    /// <param name="NotBefore">From when on it may be claimed.</param>
    public sealed record TrialRetryPlanned(
        CommandId Command, DateTimeOffset At, int Trial, DateTimeOffset NotBefore) : SweepEvent(Command, At);

    /// <summary>A trial that had ended waits again, as if it had never run.</summary>
    public sealed record TrialReopened(CommandId Command, DateTimeOffset At, int Trial)
        : SweepEvent(Command, At);

    /// <summary>The artifact that a trial waited for is there.</summary>
    public sealed record TrialReleased(CommandId Command, DateTimeOffset At, int Trial, ParentArtifact Parent)
        : SweepEvent(Command, At);

    /// <summary>A worker gets no more trials of this sweep until it is resumed.</summary>
    public sealed record WorkerExcluded(CommandId Command, DateTimeOffset At, string Worker, string Reason)
        : SweepEvent(Command, At);

    /// <summary>A trial has its outcome and will not run again by itself.</summary>
    public sealed record TrialEnded(CommandId Command, DateTimeOffset At, int Trial, Outcome Outcome)
        : SweepEvent(Command, At)
    {
        /// <summary>Why, where its last attempt does not say it.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Cause { get; init; }
    }

    /// <summary>Every trial has its outcome.</summary>
    public sealed record SweepCompleted(CommandId Command, DateTimeOffset At) : SweepEvent(Command, At);

    /// <summary>No trial may be claimed.</summary>
    /// <param name="Command">The command that made it.</param>
    /// <param name="At">When.</param>
    /// <param name="Now">Whether running attempts are to be handed back.</param>
    public sealed record SweepPaused(CommandId Command, DateTimeOffset At, bool Now) : SweepEvent(Command, At);

    /// <summary>Trials may be claimed again, by every worker.</summary>
    public sealed record SweepResumed(CommandId Command, DateTimeOffset At) : SweepEvent(Command, At);

    /// <summary>The sweep has ended for good; what had no outcome is cancelled.</summary>
    public sealed record SweepCancelled(CommandId Command, DateTimeOffset At) : SweepEvent(Command, At);

    /// <summary>The sweep has more trials.</summary>
    public sealed record SweepExtended(CommandId Command, DateTimeOffset At, SweepAddition Addition)
        : SweepEvent(Command, At);

    /// <summary>Larger numbers are served first.</summary>
    public sealed record PriorityChanged(CommandId Command, DateTimeOffset At, int Priority)
        : SweepEvent(Command, At);

    /// <summary>So much may run.</summary>
    public sealed record LimitsChanged(CommandId Command, DateTimeOffset At, SweepLimits Limits)
        : SweepEvent(Command, At);
}
