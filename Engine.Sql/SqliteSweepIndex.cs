using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>The rows of a SQLite store whose histories another engine writes.</summary>
internal sealed class SqliteSweepIndex(GroupCommit writer, StoreReader reader) : ISweepIndex
{
    /// <inheritdoc/>
    public Task<StoreMoment> LookAsync(SweepCommand command, CancellationToken cancellation) =>
        reader.RunAsync(
            transaction => new StoreMoment(
                transaction.Now,
                CountedBatches.Of(command) is not var (attempt, last)
                    || MetricTable.HasAll(transaction.Session, attempt, last)),
            cancellation);

    /// <inheritdoc/>
    public Task<(SubmitReply Reply, DateTimeOffset Now)> NameAsync(
        Submission submission, CancellationToken cancellation) =>
        writer.RunAsync(
            transaction =>
            {
                var (reply, command) = Submitting.Decide(transaction, submission);
                if (command is not null)
                {
                    SweepTable.Add(transaction.Session, submission.Name, command);
                }

                return (reply, transaction.Now);
            },
            cancellation);

    /// <inheritdoc/>
    public Task ForgetAsync(string sweep, CancellationToken cancellation) =>
        writer.RunAsync(transaction => SweepTable.Remove(transaction.Session, sweep), cancellation);

    /// <inheritdoc/>
    public Task FollowAsync(
        string sweep, SweepState before, SweepState after, CancellationToken cancellation) =>
        writer.RunAsync(
            transaction =>
            {
                transaction.Follow(sweep, before, after);
                return true;
            },
            cancellation);

    /// <inheritdoc/>
    public Task RestoreAsync(SweepState state, CancellationToken cancellation) =>
        writer.RunAsync(
            transaction =>
            {
                LeaseTable.RemoveAll(transaction.Session, state.Name);
                transaction.Follow(state.Name, SweepState.Initial, state);
                return true;
            },
            cancellation);

    /// <inheritdoc/>
    public SweepState Fold(SweepState before, string sweep, long version, string json) =>
        StoredHistory.Next(before, version, json, sweep, reader.Path);

    /// <inheritdoc/>
    public Task<ImmutableArray<AbandonedAttempt>> AbandonedAsync(
        string? sweep, bool expiredToo, CancellationToken cancellation) =>
        reader.RunAsync(transaction => Abandonment.Find(transaction, sweep, expiredToo), cancellation);
}
