using System.Collections.Immutable;

namespace Shared.Sweeps;

/// <summary>The answer to a command.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>
    /// The command is carried out by appending these events; for a repeat, the events of the first time.
    /// </summary>
    /// <param name="Events">In order; never empty.</param>
    /// <param name="IsRepeat">The events are in the history already.</param>
    public sealed record Accepted(ImmutableArray<SweepEvent> Events, bool IsRepeat) : Decision;

    /// <summary>The command changes nothing.</summary>
    public sealed record Rejected(Rejection Reason) : Decision;
}

/// <summary>Why a command changes nothing.</summary>
public enum Rejection
{
    /// <summary>No sweep of that name exists.</summary>
    UnknownSweep,

    /// <summary>A sweep of that name exists.</summary>
    AlreadySubmitted,

    /// <summary>The attempt is not the one that runs this trial now.</summary>
    StaleAttempt,

    /// <summary>No trial waits.</summary>
    NothingToClaim,

    /// <summary>The claiming worker runs another program than the one the sweep was submitted with.</summary>
    ProgramMismatch,

    /// <summary>A metric batch that the attempt counts on is not stored.</summary>
    BatchesMissing,

    /// <summary>An attempt cannot report that end itself.</summary>
    InvalidOutcome,

    /// <summary>Trials wait, and none of them may be claimed by this worker yet.</summary>
    NotYet,

    /// <summary>The sweep is paused.</summary>
    SweepPaused,

    /// <summary>The sweep is completed or cancelled.</summary>
    SweepEnded,

    /// <summary>The sweep is neither paused nor has it excluded a worker.</summary>
    NotPaused,

    /// <summary>Too many trials in a row failed on this worker before their first update.</summary>
    WorkerExcluded,

    /// <summary>The worker does not have what the sweep requires.</summary>
    RequirementsUnmet,

    /// <summary>As many attempts run as the sweep allows at once.</summary>
    ConcurrencyReached,

    /// <summary>The sweep's budget of slot time is spent.</summary>
    BudgetSpent,

    /// <summary>The sweep has no such trial.</summary>
    UnknownTrial,

    /// <summary>The trial has its outcome, or does not wait for a parent.</summary>
    TrialNotWaiting,

    /// <summary>Only a failed or cancelled trial can be run again.</summary>
    TrialNotRetryable,

    /// <summary>An addition does not follow on the trials that are there.</summary>
    AdditionMismatch,

    /// <summary>A number is outside its range.</summary>
    InvalidNumber,

    /// <summary>The claiming worker has no <see cref="Engine.WorkerName"/>.</summary>
    InvalidName,
}
