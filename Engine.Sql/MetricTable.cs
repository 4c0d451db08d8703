using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Shared.Engine;
using Shared.Metrics;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>One row a metric batch, with its points in packed columns.</summary>
internal static class MetricTable
{
    private const string Insert = """
        INSERT INTO metric_batch (sweep, trial, attempt, number, first_step, last_step, packed)
        VALUES (@sweep, @trial, @attempt, @number, @first, @last, @packed)
        ON CONFLICT (sweep, trial, attempt, number) DO NOTHING
        """;

    private const string Count = """
        SELECT count(*) FROM metric_batch
        WHERE sweep = @sweep AND trial = @trial AND attempt = @attempt AND number BETWEEN 1 AND @last
        """;

    private const string After = """
        SELECT position, trial, attempt, number, packed FROM metric_batch
        WHERE sweep = @sweep AND position > @after ORDER BY position
        """;

    private const string OfAttempt = """
        SELECT position, trial, attempt, number, packed FROM metric_batch
        WHERE sweep = @sweep AND trial = @trial AND attempt = @attempt ORDER BY number
        """;

    /// <summary>
    /// Stores a packed batch; one of the same attempt and number stays as it was stored first.
    /// </summary>
    public static void Add(SqliteSession session, MetricBatch batch, byte[] packed) => session.Execute(
        Insert,
        ("@sweep", batch.Attempt.Sweep),
        ("@trial", batch.Attempt.Trial),
        ("@attempt", batch.Attempt.Number),
        ("@number", batch.Number),
        ("@first", batch.Points.Min(p => p.Step)),
        ("@last", batch.Points.Max(p => p.Step)),
        ("@packed", packed));

    /// <summary>Whether batches 1 to <paramref name="last"/> of an attempt are stored.</summary>
    public static bool HasAll(SqliteSession session, AttemptId attempt, int last) =>
        last == 0 || session.Query(
            Count,
            r => r.GetInt32(0),
            ("@sweep", attempt.Sweep),
            ("@trial", attempt.Trial),
            ("@attempt", attempt.Number),
            ("@last", last))[0] == last;

    /// <summary>The batches of a sweep after a position.</summary>
    public static StoredBatches ReadOn(SqliteSession session, string sweep, long after)
    {
        var rows = session.Query(
            After,
            r => (Position: r.GetInt64(0), Batch: Unpack(r, sweep)),
            ("@sweep", sweep),
            ("@after", after));
        return new StoredBatches(
            [.. rows.Select(row => row.Batch)], rows.Count == 0 ? after : rows[^1].Position);
    }

    /// <summary>The batches of an attempt, batch 1 first.</summary>
    public static ImmutableArray<MetricBatch> ReadAll(SqliteSession session, AttemptId attempt) =>
    [
        .. session.Query(
            OfAttempt,
            r => Unpack(r, attempt.Sweep),
            ("@sweep", attempt.Sweep),
            ("@trial", attempt.Trial),
            ("@attempt", attempt.Number)),
    ];

    private static MetricBatch Unpack(SqliteDataReader row, string sweep) => StoredBatch.Read(
        new AttemptId(sweep, row.GetInt32(1), row.GetInt32(2)),
        row.GetInt32(3),
        row.GetFieldValue<byte[]>(4));
}
