using System.Text.Json.Serialization;

namespace Shared.Sweeps;

/// <summary>What happened to a sweep. Stored as JSON with a version; never changed once stored.</summary>
/// <param name="Command">The command that made it.</param>
/// <param name="At">When, by the command's sender.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(SweepSubmitted), "sweep-submitted")]
[JsonDerivedType(typeof(AttemptStarted), "attempt-started")]
[JsonDerivedType(typeof(AttemptFinished), "attempt-finished")]
[JsonDerivedType(typeof(AttemptLost), "attempt-lost")]
[JsonDerivedType(typeof(AttemptHandedBack), "attempt-handed-back")]
[JsonDerivedType(typeof(TrialEnded), "trial-ended")]
[JsonDerivedType(typeof(SweepCompleted), "sweep-completed")]
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
        : SweepEvent(Command, At);

    /// <summary>An attempt reported its end.</summary>
    public sealed record AttemptFinished(
        CommandId Command,
        DateTimeOffset At,
        AttemptId Attempt,
        AttemptOutcome Outcome,
        string Reason,
        string LogTail,
        int LastBatch) : SweepEvent(Command, At);

    /// <summary>An attempt's slot or worker is gone.</summary>
    public sealed record AttemptLost(
        CommandId Command, DateTimeOffset At, AttemptId Attempt, string Reason, string LogTail)
        : SweepEvent(Command, At);

    /// <summary>An attempt was given up by a worker that was told to stop.</summary>
    public sealed record AttemptHandedBack(CommandId Command, DateTimeOffset At, AttemptId Attempt)
        : SweepEvent(Command, At);

    /// <summary>A trial has its outcome and will not run again.</summary>
    public sealed record TrialEnded(CommandId Command, DateTimeOffset At, int Trial, Outcome Outcome)
        : SweepEvent(Command, At);

    /// <summary>Every trial has its outcome.</summary>
    public sealed record SweepCompleted(CommandId Command, DateTimeOffset At) : SweepEvent(Command, At);
}
