using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql.Postgres;

/// <summary>What people and workers look at.</summary>
internal sealed class PostgresReads(PostgresSession session)
{
    private const string Summaries = """
        SELECT
            name, experiment, submitted_at,
            is_completed, is_paused, is_cancelled, priority, trials, waiting, running
        FROM sweeps.sweep ORDER BY position
        """;

    private const string After = """
        SELECT version, json, stored_at, stored_by FROM sweeps.event
        WHERE sweep = $1 AND version > $2 ORDER BY version
        """;

    private const string Leases = """
        SELECT sweep, trial, attempt, worker, ends_at, renewed_at FROM sweeps.lease
        WHERE is_held ORDER BY sweep COLLATE "C", trial
        """;

    private const string Workers = """
        SELECT w.name, w.report, w.seen_at, EXISTS (SELECT FROM sweeps.live_sessions() l WHERE l.worker = w.name)
        FROM sweeps.worker w ORDER BY w.name COLLATE "C"
        """;

    private const string Living =
        """SELECT DISTINCT worker COLLATE "C" AS name FROM sweeps.live_sessions() ORDER BY name""";

    /// <summary>The sweeps, oldest first.</summary>
    public async Task<ImmutableArray<SweepSummary>> SummariesAsync(CancellationToken cancellation) =>
    [
        .. await session.QueryAsync(
            batch => batch.Add(Summaries),
            (reader, token) => reader.RowsAsync(
                r => new SweepSummary(
                    r.GetString(0),
                    r.GetString(1),
                    r.Time(2),
                    r.GetBoolean(3),
                    r.GetBoolean(4),
                    r.GetBoolean(5),
                    r.GetInt32(6),
                    r.GetInt32(7),
                    r.GetInt32(8),
                    r.GetInt32(9)),
                token),
            cancellation),
    ];

    /// <summary>The events of a sweep after a version, as they were stored.</summary>
    public async Task<ImmutableArray<RecordedEvent>> HistoryAsync(
        string sweep, long after, CancellationToken cancellation) =>
    [
        .. await session.QueryAsync(
            batch => batch.Add(After, sweep, after),
            (reader, token) => reader.RowsAsync(
                r => new RecordedEvent(
                    r.GetInt64(0),
                    StoredHistory.Read(r.GetString(1), sweep, r.GetInt64(0), session.Store),
                    r.Time(2),
                    r.GetString(3)),
                token),
            cancellation),
    ];

    /// <summary>The leases that are held, by sweep and trial.</summary>
    public async Task<ImmutableArray<LeaseSighting>> LeasesAsync(CancellationToken cancellation) =>
    [
        .. await session.QueryAsync(
            batch => batch.Add(Leases),
            (reader, token) => reader.RowsAsync(
                r => new LeaseSighting(
                    new AttemptId(r.GetString(0), r.GetInt32(1), r.GetInt32(2)),
                    r.GetString(3),
                    r.Time(4),
                    r.Time(5)),
                token),
            cancellation),
    ];

    /// <summary>Names of the workers whose locks are held, in ordinal order.</summary>
    public async Task<ImmutableArray<string>> LiveWorkersAsync(CancellationToken cancellation) =>
    [
        .. await session.QueryAsync(
            batch => batch.Add(Living),
            (reader, token) => reader.RowsAsync(r => r.GetString(0), token),
            cancellation),
    ];

    /// <summary>The workers that reported, by name.</summary>
    public async Task<ImmutableArray<WorkerSighting>> WorkersAsync(CancellationToken cancellation) =>
    [
        .. await session.QueryAsync(
            batch => batch.Add(Workers),
            (reader, token) => reader.RowsAsync(
                r => new WorkerSighting(
                    r.GetString(0),
                    StoredReport.Read(r.GetString(1), r.GetString(0)),
                    r.Time(2),
                    r.GetBoolean(3)),
                token),
            cancellation),
    ];
}
