using System.Collections.Immutable;
using Engine.Sql.Artifacts;
using Shared.Engine;
using Shared.Metrics;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>
/// The engine on one machine: a SQLite file is the coordinator. Any process may open it; the commands of one
/// process go through one writer, whose commits are flushed to disk before they are answered.
/// </summary>
/// <remarks>
/// Any call may throw <see cref="StoreUnusableException"/>: the store is checked in every transaction.
/// </remarks>
public sealed class SqliteEngine : IStore
{
    private readonly GroupCommit _writer;
    private readonly StoreReader _reader;
    private readonly StoreContext _store;
    private readonly SqliteNews _news;
    private readonly SqliteArtifacts _artifacts;
    private int _isDisposed;   // 1 once it is

    private SqliteEngine(SqliteSession writing, SqliteSession reading, StoreContext store, string announcements)
    {
        _store = store;
        _writer = new GroupCommit(writing, store);
        _reader = new StoreReader(reading, store);
        _news = new SqliteNews(_reader, store, announcements);
        _artifacts = new SqliteArtifacts(_writer, _reader, store);
    }

    /// <inheritdoc/>
    public LeaseTimes LeaseTimes => _store.LeaseTimes;

    /// <summary>Opens a store.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="mode">Whether it may be made.</param>
    /// <param name="time">The clock for leases.</param>
    /// <param name="timesOfNewStore">
    /// Lease times of a store that is made now; the default ones when nothing is given.
    /// </param>
    /// <param name="engine">The engine that the store belongs to.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="StoreUnusableException">
    /// The store is missing, damaged, of another program or out of reach.
    /// </exception>
    public static Task<SqliteEngine> OpenAsync(
        StoreAddress.Sqlite address,
        StoreMode mode,
        TimeProvider time,
        LeaseTimes? timesOfNewStore = null,
        StoreEngine engine = StoreEngine.Sql,
        CancellationToken cancellation = default)
    {
        var path = Path.GetFullPath(address.Path);
        return Task.Run(
            () => Open(path, mode, time, timesOfNewStore ?? LeaseTimes.Default, engine), cancellation);
    }

    /// <summary>The rows beside histories that another engine keeps.</summary>
    internal SqliteSweepIndex Index => new(_writer, _reader);

    /// <inheritdoc/>
    public Task<SubmitReply> SubmitAsync(Submission submission, CancellationToken cancellation) =>
        _writer.RunAsync(transaction => Submitting.Submit(transaction, submission), cancellation);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// The command submits a sweep: <see cref="SubmitAsync"/> does that.
    /// </exception>
    public Task<Decision> SendAsync(string sweep, SweepCommand command, CancellationToken cancellation) =>
        command is SweepCommand.Submit
            ? throw new ArgumentException("a sweep is submitted with SubmitAsync", nameof(command))
            : _writer.RunAsync(transaction => transaction.Decide(sweep, command), cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<SweepSummary>> ListAsync(CancellationToken cancellation) =>
        _reader.RunAsync(transaction => SweepTable.List(transaction.Session), cancellation);

    /// <inheritdoc/>
    public Task<SweepState?> ReadAsync(string sweep, CancellationToken cancellation) =>
        _reader.RunAsync(
            transaction => transaction.Read(sweep) is { Version: > 0 } state ? state : null, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<RecordedEvent>> ReadHistoryAsync(
        string sweep, long after, CancellationToken cancellation) =>
        _reader.RunAsync(
            transaction => EventTable.History(transaction.Session, sweep, after, _store.Path), cancellation);

    /// <inheritdoc/>
    public Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellation) =>
        _news.WaitAsync(limit, cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<AttemptId>> RenewAsync(
        ImmutableArray<AttemptId> attempts, CancellationToken cancellation) =>
        _writer.RunAsync(
            transaction => attempts
                .Where(attempt => !LeaseTable.Renew(
                    transaction.Session, attempt, _store.LeaseEnd(), transaction.Now))
                .ToImmutableArray(),
            cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<AttemptId>> LoseAbandonedAsync(
        string? sweep, bool expiredToo, CancellationToken cancellation) =>
        _writer.RunAsync(transaction => Abandonment.Lose(transaction, sweep, expiredToo), cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<LeaseSighting>> LeasesAsync(CancellationToken cancellation) =>
        _reader.RunAsync(
            transaction => LeaseTable.List(transaction.Session, sweep: null)
                .Select(lease => new LeaseSighting(lease.Attempt, lease.Worker, lease.EndsAt, lease.RenewedAt))
                .ToImmutableArray(),
            cancellation);

    /// <inheritdoc/>
    public Task<IAsyncDisposable> JoinAsync(string worker, CancellationToken cancellation) =>
        Task.Run(
            () =>
            {
                WorkerName.Require(worker);
                return _store.Workers.Join(worker);
            },
            cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> LiveWorkersAsync(CancellationToken cancellation) =>
        Task.Run(_store.Workers.Living, cancellation);

    /// <inheritdoc/>
    public Task ReportWorkerAsync(WorkerReport report, CancellationToken cancellation) =>
        _writer.RunAsync(
            transaction =>
            {
                WorkerName.Require(report.Worker);
                WorkerTable.Put(transaction.Session, report, transaction.Now);
                return true;
            },
            cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<WorkerSighting>> WorkersAsync(CancellationToken cancellation) =>
        _reader.RunAsync(
            transaction => WorkerTable.List(transaction.Session, _store.Workers.Living()), cancellation);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// A batch is of a sweep that does not exist, or holds no points.
    /// </exception>
    public Task StoreBatchesAsync(ImmutableArray<MetricBatch> batches, CancellationToken cancellation)
    {
        if (batches.Any(batch => batch.Points.IsEmpty))
        {
            throw new ArgumentException("a metric batch holds no points", nameof(batches));
        }

        var packed = batches.Select(batch => (batch, MetricCodec.Pack(batch.Points))).ToList();
        return _writer.RunAsync(transaction => Store(transaction, packed), cancellation);
    }

    /// <inheritdoc/>
    public Task<StoredBatches> ReadBatchesAsync(string sweep, long after, CancellationToken cancellation) =>
        _reader.RunAsync(
            transaction => MetricTable.ReadOn(transaction.Session, sweep, after), cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<MetricBatch>> ReadBatchesAsync(
        AttemptId attempt, CancellationToken cancellation) =>
        _reader.RunAsync(
            transaction => MetricTable.ReadAll(transaction.Session, attempt), cancellation);

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

        await _reader.DisposeAsync();
        await _writer.DisposeAsync();
    }

    private static SqliteEngine Open(
        string path, StoreMode mode, TimeProvider time, LeaseTimes timesOfNewStore, StoreEngine engine)
    {
        var writing = SqliteOpening.Open(path, mode, timesOfNewStore, engine);
        var reading = SqliteOpening.Open(path, StoreMode.Existing, timesOfNewStore, engine);
        var store = new StoreContext(
            path,
            engine,
            time,
            SqliteSchema.ReadLeaseTimes(reading, path),
            new StateCache(),
            new WorkerLocks(path),
            new NewsBell());
        return new SqliteEngine(writing, reading, store, SqliteSchema.Announcements(reading));
    }

    private static int Store(StoreTransaction transaction, List<(MetricBatch Batch, byte[] Packed)> batches)
    {
        foreach (var sweep in batches.Select(b => b.Batch.Attempt.Sweep).Distinct(StringComparer.Ordinal))
        {
            RequireSweep(transaction, sweep);
        }

        foreach (var (batch, packed) in batches)
        {
            MetricTable.Add(transaction.Session, batch, packed);
        }

        return batches.Count;
    }

    private static void RequireSweep(StoreTransaction transaction, string sweep)
    {
        if (!SweepTable.Exists(transaction.Session, sweep))
        {
            throw new ArgumentException($"there is no sweep '{sweep}'", nameof(sweep));
        }
    }
}
