using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>
/// The rows of a store whose histories another engine writes: names, lists and leases. That engine decides and
/// appends; then it lets the rows follow.
/// </summary>
public interface ISweepIndex
{
    /// <summary>The store's time, and whether the metric batches that a command counts on are stored.</summary>
    Task<StoreMoment> LookAsync(SweepCommand command, CancellationToken cancellation);

    /// <summary>
    /// Gives a submission its name and adds the row of its sweep, unless an unfinished one stands in its way; a
    /// repeat gets the first answer. The history is to be begun after it.
    /// </summary>
    Task<(SubmitReply Reply, DateTimeOffset Now)> NameAsync(Submission submission, CancellationToken cancellation);

    /// <summary>Removes the row of a sweep whose history was never begun.</summary>
    Task ForgetAsync(string sweep, CancellationToken cancellation);

    /// <summary>
    /// Lets leases and the sweep's row follow a change of its state, and wakes those who wait for it.
    /// </summary>
    Task FollowAsync(string sweep, SweepState before, SweepState after, CancellationToken cancellation);

    /// <summary>
    /// Makes the rows of a sweep what its state says, whatever they were: every lease begins at its full length.
    /// </summary>
    Task RestoreAsync(SweepState state, CancellationToken cancellation);

    /// <summary>Folds one event of a history as it is stored.</summary>
    /// <param name="before">The state before it.</param>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="version">Number of the event.</param>
    /// <param name="json">Its text.</param>
    /// <exception cref="SweepUnreadableException">It cannot be read, or one before it is missing.</exception>
    SweepState Fold(SweepState before, string sweep, long version, string json);

    /// <summary>
    /// The attempts whose worker is known to be gone and, if asked, those whose lease is past its end, by sweep
    /// and trial.
    /// </summary>
    Task<ImmutableArray<AbandonedAttempt>> AbandonedAsync(
        string? sweep, bool expiredToo, CancellationToken cancellation);
}

/// <summary>What a command is decided at.</summary>
/// <param name="Now">The store's time.</param>
/// <param name="HasBatches">Whether the batches that the command counts on are stored.</param>
public sealed record StoreMoment(DateTimeOffset Now, bool HasBatches);

/// <summary>An attempt that nobody speaks for any more.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record AbandonedAttempt(AttemptId Attempt, string Reason);
