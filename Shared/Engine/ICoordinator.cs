using System.Collections.Immutable;
using Shared.Metrics;
using Shared.Sweeps;

namespace Shared.Engine;

/// <summary>
/// Makes sweeps durable and reachable from many processes. Every engine passes the same contract tests.
/// </summary>
public interface ICoordinator : IAsyncDisposable
{
    /// <summary>How long a worker's last report is kept.</summary>
    static TimeSpan SightingsKept => TimeSpan.FromDays(1);

    /// <summary>Lease times of this store, equal for every process that uses it.</summary>
    LeaseTimes LeaseTimes { get; }

    /// <summary>
    /// Submits a sweep under its file's name, or the first free <c>name-2</c>, <c>name-3</c> …, in one
    /// transaction.
    /// </summary>
    Task<SubmitReply> SubmitAsync(Submission submission, CancellationToken cancellation);

    /// <summary>
    /// Decides a command and appends its events in one transaction. Lease rows follow the events: an attempt
    /// that starts gets one, one that ends loses its own. A command that counts on metric batches is rejected
    /// until they are stored.
    /// </summary>
    /// <remarks>
    /// The command's time becomes the store's: the clocks of senders decide nothing.
    /// </remarks>
    Task<Decision> SendAsync(string sweep, SweepCommand command, CancellationToken cancellation);

    /// <summary>The sweeps of this store, oldest first.</summary>
    Task<ImmutableArray<SweepSummary>> ListAsync(CancellationToken cancellation);

    /// <summary>The present state of a sweep, or nothing when there is none of that name.</summary>
    Task<SweepState?> ReadAsync(string sweep, CancellationToken cancellation);

    /// <summary>The history of a sweep, as it was stored.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="after">Only events after this version; 0 for all.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<ImmutableArray<RecordedEvent>> ReadHistoryAsync(
        string sweep, long after, CancellationToken cancellation);

    /// <summary>
    /// Waits until something may have become claimable, paused, cancelled, changed in priority or completed
    /// since the last call on this instance; the first call counts from the opening.
    /// </summary>
    /// <remarks>A hint only: whoever counts on it looks once a second all the same.</remarks>
    /// <param name="limit">How long at most.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False after the limit.</returns>
    Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellation);

    /// <summary>Extends the leases of these attempts; an expired lease may still be renewed.</summary>
    /// <returns>The attempts that hold no lease any more.</returns>
    Task<ImmutableArray<AttemptId>> RenewAsync(
        ImmutableArray<AttemptId> attempts, CancellationToken cancellation);

    /// <summary>
    /// Appends <c>AttemptLost</c> for the attempts whose worker is known to be gone, at once, and for those
    /// whose lease is past its end.
    /// </summary>
    /// <param name="sweep">Name of the sweep; nothing for every unfinished one.</param>
    /// <param name="expiredToo">
    /// False while this process has not watched the store for a whole lease: then only workers known to be
    /// gone count.
    /// </param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The attempts that were lost.</returns>
    Task<ImmutableArray<AttemptId>> LoseAbandonedAsync(
        string? sweep, bool expiredToo, CancellationToken cancellation);

    /// <summary>The leases that attempts hold now, by sweep and trial.</summary>
    Task<ImmutableArray<LeaseSighting>> LeasesAsync(CancellationToken cancellation);

    /// <summary>Shows that a worker lives, until the result is disposed of or its process ends.</summary>
    /// <exception cref="WorkerNameTakenException">A living worker has that name.</exception>
    /// <exception cref="ArgumentException">It is no <see cref="WorkerName"/>.</exception>
    Task<IAsyncDisposable> JoinAsync(string worker, CancellationToken cancellation);

    /// <summary>Names of the workers that live now.</summary>
    Task<ImmutableArray<string>> LiveWorkersAsync(CancellationToken cancellation);

    /// <summary>
    /// Keeps what a worker says of itself in place of what it said before; what workers said that were not
    /// seen for <see cref="SightingsKept"/> goes.
    /// </summary>
    /// <exception cref="ArgumentException">Its worker's name is no <see cref="WorkerName"/>.</exception>
    Task ReportWorkerAsync(WorkerReport report, CancellationToken cancellation);

    /// <summary>The workers that reported, by name.</summary>
    Task<ImmutableArray<WorkerSighting>> WorkersAsync(CancellationToken cancellation);

    /// <summary>Stores metric batches; one that is stored already changes nothing.</summary>
    Task StoreBatchesAsync(ImmutableArray<MetricBatch> batches, CancellationToken cancellation);

    /// <summary>The batches of a sweep in the order in which they were stored.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="after">Only batches stored after this position; 0 for all.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<StoredBatches> ReadBatchesAsync(string sweep, long after, CancellationToken cancellation);

    /// <summary>The batches of one attempt in the order in which they were measured.</summary>
    Task<ImmutableArray<MetricBatch>> ReadBatchesAsync(AttemptId attempt, CancellationToken cancellation);
}

/// <summary>Lease times of a store.</summary>
/// <param name="Beat">How often a worker renews.</param>
/// <param name="Lease">How long a lease lasts after a renewal.</param>
/// <param name="CutOffLimit">How long a slot trains on while its worker cannot reach the store.</param>
public sealed record LeaseTimes(TimeSpan Beat, TimeSpan Lease, TimeSpan CutOffLimit)
{
    /// <summary>Beat 10 s, lease 60 s, cut-off limit 15 min.</summary>
    public static LeaseTimes Default { get; } =
        new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(15));

    /// <summary>
    /// How long a worker's attempts are kept once its lock is gone, where a broken connection frees the lock
    /// too: 20 s unless the store says otherwise. On one machine a free lock is proof, and nothing waits.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(20);
}

/// <summary>A sweep to be submitted.</summary>
/// <param name="Id">Drawn by the sender.</param>
/// <param name="Name">Name as the sweep file gives it.</param>
/// <param name="Plan">Everything that is fixed now.</param>
/// <param name="Program">Hash of the program's source trees.</param>
/// <param name="BesideUnfinished">Submit even where a sweep of that name is unfinished.</param>
/// <param name="Priority">Larger numbers are served first.</param>
/// <param name="IsPaused">Whether no trial may be claimed before it is resumed.</param>
public sealed record Submission(
    CommandId Id,
    string Name,
    SweepPlan Plan,
    string Program,
    bool BesideUnfinished,
    int Priority = 0,
    bool IsPaused = false)
{
    /// <summary>The command that carries it out.</summary>
    /// <param name="name">The name that the sweep gets.</param>
    /// <param name="at">The store's time.</param>
    public SweepCommand.Submit Command(string name, DateTimeOffset at) =>
        new(Id, at, name, Plan, Program, Priority, IsPaused);
}

/// <summary>The answer to a submission.</summary>
public abstract record SubmitReply
{
    private SubmitReply()
    {
    }

    /// <summary>The sweep exists under this name.</summary>
    public sealed record Submitted(string Sweep) : SubmitReply;

    /// <summary>A sweep of that name is unfinished; nothing was stored.</summary>
    /// <param name="Sweep">Name of the unfinished sweep.</param>
    /// <param name="ChangedKeys">
    /// Keys of the file that differ (<c>program</c> for the program's hash); empty when unchanged.
    /// </param>
    public sealed record Unfinished(string Sweep, ImmutableArray<string> ChangedKeys) : SubmitReply;
}

/// <summary>A sweep in a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Experiment">Name of the experiment.</param>
/// <param name="SubmittedAt">When, by the store's clock.</param>
/// <param name="IsCompleted">Whether every trial has its outcome.</param>
/// <param name="IsPaused">Whether claims are stopped.</param>
/// <param name="IsCancelled">Whether it was ended for good.</param>
/// <param name="Priority">Sweeps of a higher one are claimed from first.</param>
/// <param name="Trials">Number of trials.</param>
/// <param name="Waiting">How many of them wait for a slot.</param>
/// <param name="Running">How many of them run.</param>
public sealed record SweepSummary(
    string Name,
    string Experiment,
    DateTimeOffset SubmittedAt,
    bool IsCompleted,
    bool IsPaused,
    bool IsCancelled,
    int Priority,
    int Trials,
    int Waiting,
    int Running);

/// <summary>An event as it was stored.</summary>
/// <param name="Version">Its place in the history of its sweep, from 1.</param>
/// <param name="Event">What happened.</param>
/// <param name="StoredAt">When it was stored, by the store's clock.</param>
/// <param name="StoredBy">The user of the system or of the database who stored it.</param>
public sealed record RecordedEvent(
    long Version, SweepEvent Event, DateTimeOffset StoredAt, string StoredBy);

/// <summary>Metric batches as read.</summary>
/// <param name="Batches">In the order in which they were stored.</param>
/// <param name="Position">Give this as <c>after</c> to read on.</param>
public sealed record StoredBatches(ImmutableArray<MetricBatch> Batches, long Position);
