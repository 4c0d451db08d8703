using System.Collections.Immutable;
using Engine.Sql.Artifacts;
using Engine.Sql.Migration;
using Shared.Engine;
using Shared.Metrics;
using Shared.Sweeps;

namespace Engine.Sql.Postgres;

/// <summary>
/// The engine on many machines: a PostgreSQL database is the coordinator, and its clock is the store's. A
/// process has three connections: for commands and renewals, for bulk, and, once it joins or waits, one that
/// listens and holds the lock of its worker.
/// </summary>
/// <remarks>
/// Any call may throw <see cref="StoreUnreachableException"/>: the same call, with the same ids, may be made
/// again until it is answered. Any call may throw <see cref="StoreUnusableException"/>: the store's marks are
/// read in every transaction.
/// </remarks>
public sealed class PostgresEngine : IStore
{
    private readonly PostgresSession _commanding;
    private readonly PostgresSession _bulk;
    private readonly PostgresPresence _presence;
    private readonly PostgresTransaction _transaction;
    private readonly PostgresCommands _commands;
    private readonly PostgresLeases _leases;
    private readonly PostgresReads _reads;
    private readonly PostgresMetrics _metrics;
    private readonly PostgresArtifacts _artifacts;
    private int _isDisposed;   // 1 once it is

    private PostgresEngine(PostgresConnecting connecting, LeaseTimes times)
    {
        LeaseTimes = times;
        _commanding = new PostgresSession(connecting);
        _bulk = new PostgresSession(connecting);
        _presence = new PostgresPresence(connecting);
        _transaction = new PostgresTransaction(_commanding, new StateCache());
        _commands = new PostgresCommands(_transaction, _presence);
        _leases = new PostgresLeases(_commanding, _commands, _presence);
        _reads = new PostgresReads(_commanding);
        _metrics = new PostgresMetrics(_bulk);
        _artifacts = new PostgresArtifacts(
            _bulk, ContentPlaces.Open, _transaction.ReadAsync, TimeProvider.System);
    }

    /// <inheritdoc/>
    public LeaseTimes LeaseTimes { get; }

    /// <summary>Opens a store.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="mode">Whether it may be made.</param>
    /// <param name="timesOfNewStore">
    /// Lease times of a store that is made now; the default ones when nothing is given.
    /// </param>
    /// <param name="engine">The engine that the store belongs to.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="StoreUnusableException">
    /// The store is missing, of another program or may not be used by this user.
    /// </exception>
    /// <exception cref="StoreUnreachableException">The server does not answer.</exception>
    public static Task<PostgresEngine> OpenAsync(
        StoreAddress.Postgres address,
        StoreMode mode,
        LeaseTimes? timesOfNewStore = null,
        StoreEngine engine = StoreEngine.Sql,
        CancellationToken cancellation = default) =>
        OpenAsync(new PostgresConnecting(address) { Engine = engine }, mode, timesOfNewStore, cancellation);

    /// <summary>The rows beside histories that another engine keeps.</summary>
    internal PostgresSweepIndex Index => new(_commanding);

    /// <inheritdoc/>
    public Task<SubmitReply> SubmitAsync(Submission submission, CancellationToken cancellation) =>
        _transaction.SubmitAsync(submission, cancellation);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// The command submits a sweep: <see cref="SubmitAsync"/> does that.
    /// </exception>
    public Task<Decision> SendAsync(string sweep, SweepCommand command, CancellationToken cancellation) =>
        command is SweepCommand.Submit
            ? throw new ArgumentException("a sweep is submitted with SubmitAsync", nameof(command))
            : DecideAsync(sweep, command, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<SweepSummary>> ListAsync(CancellationToken cancellation) =>
        _reads.SummariesAsync(cancellation);

    /// <inheritdoc/>
    public async Task<SweepState?> ReadAsync(string sweep, CancellationToken cancellation) =>
        await _transaction.ReadAsync(sweep, cancellation) is { Version: > 0 } state ? state : null;

    /// <inheritdoc/>
    public Task<ImmutableArray<RecordedEvent>> ReadHistoryAsync(
        string sweep, long after, CancellationToken cancellation) =>
        _reads.HistoryAsync(sweep, after, cancellation);

    /// <inheritdoc/>
    public Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellation) =>
        _presence.WaitAsync(limit, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<AttemptId>> RenewAsync(
        ImmutableArray<AttemptId> attempts, CancellationToken cancellation) =>
        _leases.RenewAsync(attempts, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<AttemptId>> LoseAbandonedAsync(
        string? sweep, bool expiredToo, CancellationToken cancellation) =>
        _leases.LoseAsync(sweep, expiredToo, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<LeaseSighting>> LeasesAsync(CancellationToken cancellation) =>
        _reads.LeasesAsync(cancellation);

    /// <inheritdoc/>
    public Task<IAsyncDisposable> JoinAsync(string worker, CancellationToken cancellation) =>
        _presence.JoinAsync(worker, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> LiveWorkersAsync(CancellationToken cancellation) =>
        _reads.LiveWorkersAsync(cancellation);

    /// <inheritdoc/>
    public Task ReportWorkerAsync(WorkerReport report, CancellationToken cancellation) =>
        _leases.ReportAsync(report, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<WorkerSighting>> WorkersAsync(CancellationToken cancellation) =>
        _reads.WorkersAsync(cancellation);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// A batch is of a sweep that does not exist, or holds no points.
    /// </exception>
    public Task StoreBatchesAsync(ImmutableArray<MetricBatch> batches, CancellationToken cancellation) =>
        batches.Any(batch => batch.Points.IsEmpty)
            ? throw new ArgumentException("a metric batch holds no points", nameof(batches))
            : _metrics.StoreAsync(batches, cancellation);

    /// <inheritdoc/>
    public Task<StoredBatches> ReadBatchesAsync(string sweep, long after, CancellationToken cancellation) =>
        _metrics.ReadOnAsync(sweep, after, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<MetricBatch>> ReadBatchesAsync(
        AttemptId attempt, CancellationToken cancellation) =>
        _metrics.ReadAllAsync(attempt, cancellation);

    /// <inheritdoc/>
    public Task PutAsync(Artifact artifact, CancellationToken cancellation) =>
        _artifacts.PutAsync(artifact, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<ArtifactEntry>> ListAsync(string sweep, CancellationToken cancellation) =>
        _artifacts.ListAsync(sweep, cancellation);

    /// <inheritdoc/>
    public Task<byte[]?> ReadAsync(AttemptId attempt, string name, CancellationToken cancellation) =>
        _artifacts.ReadAsync(attempt, name, cancellation);

    /// <inheritdoc/>
    public Task RemoveAsync(AttemptId attempt, string name, CancellationToken cancellation) =>
        _artifacts.RemoveAsync(attempt, name, cancellation);

    /// <inheritdoc/>
    public Task<CollectedArtifacts> CollectAsync(
        bool dryRun, TimeSpan grace, CancellationToken cancellation) =>
        _artifacts.CollectAsync(dryRun, grace, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        await _commands.DisposeAsync();
        await _presence.DisposeAsync();
        await _commanding.DisposeAsync();
        await _bulk.DisposeAsync();
    }

    private async Task<Decision> DecideAsync(
        string sweep, SweepCommand command, CancellationToken cancellation)
    {
        try
        {
            return await _commands.DecideAsync(sweep, command, right: null, cancellation);
        }
        catch (LeaseHeldException held)
        {
            throw new StoreUnusableException($"{held.Message}: only its own worker may report it lost");
        }
    }

    /// <summary>Opens a store with connections as given.</summary>
    internal static async Task<PostgresEngine> OpenAsync(
        PostgresConnecting connecting,
        StoreMode mode,
        LeaseTimes? timesOfNewStore,
        CancellationToken cancellation)
    {
        if (mode is StoreMode.Create)
        {
            await PostgresMigration.MakeAsync(
                connecting, timesOfNewStore ?? LeaseTimes.Default, cancellation);
        }

        var (connection, marks) = await connecting.OpenStoreAsync(cancellation);
        await connection.DisposeAsync();
        return new PostgresEngine(connecting, StoreMarks.LeaseTimes(marks, connecting.Store));
    }
}
