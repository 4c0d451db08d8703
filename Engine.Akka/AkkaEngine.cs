using System.Collections.Immutable;
using System.Diagnostics;
using Engine.Akka.Nodes;
using Engine.Akka.Wire;
using Shared.Engine;
using Shared.Metrics;
using Shared.Sweeps;

namespace Engine.Akka;

/// <summary>
/// The engine on an Akka.NET cluster: commands, renewals and losses go to the cluster's coordinator, which alone
/// writes histories; everything that is read, and what workers store beside histories, goes to the database
/// directly, and so without a cluster too.
/// </summary>
/// <remarks>
/// A call that the coordinator does not answer ends with <see cref="StoreUnreachableException"/> and may be made
/// again with the same ids.
/// </remarks>
public sealed class AkkaEngine : IStore
{
    private readonly IStore _store;
    private readonly IClusterLink _link;

    /// <summary>The engine over a store and a way to the coordinator; it disposes of both.</summary>
    internal AkkaEngine(IStore store, IClusterLink link)
    {
        _store = store;
        _link = link;
    }

    /// <inheritdoc/>
    public LeaseTimes LeaseTimes => _store.LeaseTimes;

    /// <inheritdoc/>
    public async Task<SubmitReply> SubmitAsync(Submission submission, CancellationToken cancellation) =>
        await _link.AskAsync(new Request.Submit(submission), cancellation) switch
        {
            Reply.Named named => new SubmitReply.Submitted(named.Sweep),
            Reply.Blocked blocked => new SubmitReply.Unfinished(blocked.Sweep, blocked.ChangedKeys),
            var other => throw Unexpected(other),
        };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// The command submits a sweep: <see cref="SubmitAsync"/> does that.
    /// </exception>
    public async Task<Decision> SendAsync(string sweep, SweepCommand command, CancellationToken cancellation)
    {
        if (command is SweepCommand.Submit)
        {
            throw new ArgumentException("a sweep is submitted with SubmitAsync", nameof(command));
        }

        switch (await _link.AskAsync(new Request.Send(sweep, command), cancellation))
        {
            case Reply.Rejected rejected:
                return new Decision.Rejected(rejected.Reason);
            case Reply.Accepted accepted:
                // What was appended is in the database, from where it is read: it may be longer than a message.
                var state = await _store.ReadAsync(sweep, cancellation);
                return new Decision.Accepted(state!.Answers[command.Id], accepted.IsRepeat);
            case var other:
                throw Unexpected(other);
        }
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<AttemptId>> RenewAsync(
        ImmutableArray<AttemptId> attempts, CancellationToken cancellation) =>
        AttemptsAsync(new Request.Renew(attempts), cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<AttemptId>> LoseAbandonedAsync(
        string? sweep, bool expiredToo, CancellationToken cancellation) =>
        AttemptsAsync(new Request.Lose(sweep, expiredToo), cancellation);

    /// <summary>The cluster as its coordinator sees it.</summary>
    public async Task<ClusterView> DescribeAsync(CancellationToken cancellation) =>
        await _link.AskAsync(new Request.Describe(), cancellation) is Reply.Description description
            ? description.View
            : throw new UnreachableException();

    /// <inheritdoc/>
    public Task<ImmutableArray<SweepSummary>> ListAsync(CancellationToken cancellation) =>
        _store.ListAsync(cancellation);

    /// <inheritdoc/>
    public Task<SweepState?> ReadAsync(string sweep, CancellationToken cancellation) =>
        _store.ReadAsync(sweep, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<RecordedEvent>> ReadHistoryAsync(
        string sweep, long after, CancellationToken cancellation) =>
        _store.ReadHistoryAsync(sweep, after, cancellation);

    /// <inheritdoc/>
    public Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellation) =>
        _store.WaitAsync(limit, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<LeaseSighting>> LeasesAsync(CancellationToken cancellation) =>
        _store.LeasesAsync(cancellation);

    /// <inheritdoc/>
    public Task<IAsyncDisposable> JoinAsync(string worker, CancellationToken cancellation) =>
        _store.JoinAsync(worker, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> LiveWorkersAsync(CancellationToken cancellation) =>
        _store.LiveWorkersAsync(cancellation);

    /// <inheritdoc/>
    public Task ReportWorkerAsync(WorkerReport report, CancellationToken cancellation) =>
        _store.ReportWorkerAsync(report, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<WorkerSighting>> WorkersAsync(CancellationToken cancellation) =>
        _store.WorkersAsync(cancellation);

    /// <inheritdoc/>
    public Task StoreBatchesAsync(ImmutableArray<MetricBatch> batches, CancellationToken cancellation) =>
        _store.StoreBatchesAsync(batches, cancellation);

    /// <inheritdoc/>
    public Task<StoredBatches> ReadBatchesAsync(string sweep, long after, CancellationToken cancellation) =>
        _store.ReadBatchesAsync(sweep, after, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<MetricBatch>> ReadBatchesAsync(
        AttemptId attempt, CancellationToken cancellation) =>
        _store.ReadBatchesAsync(attempt, cancellation);

    /// <inheritdoc/>
    public Task PutAsync(Artifact artifact, CancellationToken cancellation) =>
        _store.PutAsync(artifact, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<ArtifactEntry>> ListAsync(string sweep, CancellationToken cancellation) =>
        _store.ListAsync(sweep, cancellation);

    /// <inheritdoc/>
    public Task<byte[]?> ReadAsync(AttemptId attempt, string name, CancellationToken cancellation) =>
        _store.ReadAsync(attempt, name, cancellation);

    /// <inheritdoc/>
    public Task RemoveAsync(AttemptId attempt, string name, CancellationToken cancellation) =>
        _store.RemoveAsync(attempt, name, cancellation);

    /// <inheritdoc/>
    public Task<CollectedArtifacts> CollectAsync(
        bool dryRun, TimeSpan grace, CancellationToken cancellation) =>
        _store.CollectAsync(dryRun, grace, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        await _store.DisposeAsync();
    }

    private async Task<ImmutableArray<AttemptId>> AttemptsAsync(Request request, CancellationToken cancellation) =>
        await _link.AskAsync(request, cancellation) switch
        {
            Reply.Attempts attempts => attempts.Of,
            var other => throw Unexpected(other),
        };

    private static UnreachableException Unexpected(Reply reply) => new($"reply {reply.GetType().Name}");
}
