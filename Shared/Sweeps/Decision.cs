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
}
