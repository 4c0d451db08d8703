using System.Collections.Immutable;

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
    ImmutableArray<TrialState> Trials,
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

    /// <summary>Whether every trial has its outcome.</summary>
    public bool IsCompleted => CompletedAt is not null;

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
    int Number, string Configuration, int Replicate, ImmutableArray<AttemptState> Attempts, Outcome? Outcome);

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
    int LastBatch);
