using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Shared.Sweeps;

/// <summary>What the events of a sweep amount to.</summary>
/// <param name="Name">Name of the sweep; empty before it is submitted.</param>
/// <param name="Plan">What was fixed at submission; nothing before.</param>
/// <param name="Program">Hash of the program's source trees at submission.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="Version">How many events were folded.</param>
/// <param name="Trials">State of each trial, trial 1 first.</param>
/// <param name="Waiting">Numbers of the trials that wait for a slot.</param>
/// <param name="Running">The attempt that runs each running trial.</param>
/// <param name="Answers">The events each accepted command made.</param>
/// <param name="CompletedAt">When the last trial ended; nothing before.</param>
public sealed record SweepState(
    string Name,
    SweepPlan? Plan,
    string Program,
    DateTimeOffset SubmittedAt,
    long Version,
    TrialStates Trials,
    ImmutableSortedSet<int> Waiting,
    ImmutableSortedDictionary<int, AttemptId> Running,
    ImmutableDictionary<CommandId, ImmutableArray<SweepEvent>> Answers,
    DateTimeOffset? CompletedAt)
{
    /// <summary>Before the first event.</summary>
    public static SweepState Initial { get; } = new(
        "",
        null,
        "",
        default,
        0,
        [],
        ImmutableSortedSet<int>.Empty,
        ImmutableSortedDictionary<int, AttemptId>.Empty,
        ImmutableDictionary<CommandId, ImmutableArray<SweepEvent>>.Empty,
        null);

    /// <summary>Larger numbers are served first; 0 unless it was changed.</summary>
    public int Priority { get; init; }

    /// <summary>How much may run; everything unless it was changed.</summary>
    public SweepLimits Limits { get; init; } = SweepLimits.None;

    /// <summary>Slot time that ended attempts took.</summary>
    public TimeSpan Spent { get; init; }

    /// <summary>No trial may be claimed.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Paused so that running attempts are handed back too.</summary>
    public bool HandsBack { get; init; }

    /// <summary>When it was cancelled; nothing while it is not.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>Numbers of the trials that wait for a parent's artifact.</summary>
    public ImmutableSortedSet<int> Blocked { get; init; } = ImmutableSortedSet<int>.Empty;

    /// <summary>Workers that get no more trials, and why.</summary>
    public ImmutableSortedDictionary<string, string> Excluded { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// By worker, the trials that failed on it before their first update since it last made one.
    /// </summary>
    public ImmutableSortedDictionary<string, ImmutableSortedSet<int>> FalseStarts { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableSortedSet<int>>(StringComparer.Ordinal);

    /// <summary>Whether every trial has its outcome, none because the sweep was cancelled.</summary>
    public bool IsCompleted => CompletedAt is not null;

    /// <summary>Whether somebody ended it for good.</summary>
    public bool IsCancelled => CancelledAt is not null;

    /// <summary>Whether nothing of it waits or runs.</summary>
    public bool IsEnded => IsCompleted || IsCancelled;

    /// <summary>The state of a trial by its number, from 1.</summary>
    public TrialState Trial(int number) => Trials[number - 1];
}

/// <summary>What is known of one trial.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Configuration">Id of its configuration.</param>
/// <param name="Replicate">From 1.</param>
/// <param name="Attempts">In the order in which they started.</param>
/// <param name="Outcome">Nothing while it waits or runs.</param>
public sealed record TrialState(
    int Number, string Configuration, int Replicate, ImmutableArray<AttemptState> Attempts, Outcome? Outcome)
{
    /// <summary>Why it has its outcome, where its last attempt does not say it; otherwise empty.</summary>
    public string Cause { get; init; } = "";

    /// <summary>From when on it may be claimed; nothing for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>How many of its attempts no longer count, because it was run again by hand.</summary>
    public int Forgiven { get; init; }

    /// <summary>The artifact that it waited for; nothing where it waits for none, or still.</summary>
    public ParentArtifact? Parent { get; init; }

    /// <summary>The attempts that count against its limits.</summary>
    public IEnumerable<AttemptState> Counted => Attempts.Skip(Forgiven);
}

/// <summary>What is known of one attempt.</summary>
/// <param name="Id">Its fencing token.</param>
/// <param name="Place">Where it ran.</param>
/// <param name="Environment">What it ran on.</param>
/// <param name="StartedAt">When it was claimed.</param>
/// <param name="EndedAt">Nothing while it runs.</param>
/// <param name="Outcome">Nothing while it runs.</param>
/// <param name="Reason">Why it diverged, failed or was lost; otherwise empty.</param>
/// <param name="LogTail">The end of the slot's log after a failure or a loss; otherwise empty.</param>
/// <param name="LastBatch">Number of its last metric batch, once finished.</param>
public sealed record AttemptState(
    AttemptId Id,
    AttemptPlace Place,
    AttemptEnvironment Environment,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    AttemptOutcome? Outcome,
    string Reason,
    string LogTail,
    int LastBatch)
{
    /// <summary>The checkpoint that it went on from; nothing where it began at update 0.</summary>
    public CheckpointId? From { get; init; }

    /// <summary>Its newest stored checkpoint.</summary>
    public CheckpointId? Checkpoint { get; init; }

    /// <summary>Its checkpoint before that one; nothing where it left fewer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CheckpointId? EarlierCheckpoint { get; init; }

    /// <summary>The last update that it finished; nothing where that is not known.</summary>
    public int? Updates { get; init; }

    /// <summary>Whether what it was to begin from, a checkpoint or a parent's model, could not be read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSourceUnreadable { get; init; }

    /// <summary>
    /// Whether it failed over its checkpoint, which is no fault of its worker or its trial: it counts against nobody.
    /// </summary>
    public bool IsCheckpointUnreadable => IsSourceUnreadable && From is not null;

    /// <summary>Whether it is known to have ended without a single update of its own, as far as that counts.</summary>
    public bool IsFalseStart => !IsCheckpointUnreadable && HasNoUpdate;

    /// <summary>Whether it is known to have ended without a single update of its own.</summary>
    internal bool HasNoUpdate => Updates is { } updates && updates <= (From?.Update ?? 0);
}
