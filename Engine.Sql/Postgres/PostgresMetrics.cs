using System.Collections.Immutable;
using Npgsql;
using Shared.Engine;
using Shared.Metrics;
using Shared.Sweeps;

namespace Engine.Sql.Postgres;

/// <summary>One row a metric batch, with its points in packed columns.</summary>
internal sealed class PostgresMetrics(PostgresSession session)
{
    private const string Put = "SELECT sweeps.put_batches($1, $2, $3, $4, $5, $6, $7)";

    private const string After = """
        SELECT position, trial, attempt, number, packed FROM sweeps.metric_batch
        WHERE sweep = $1 AND position > $2 ORDER BY position
        """;

    private const string OfAttempt = """
        SELECT position, trial, attempt, number, packed FROM sweeps.metric_batch
        WHERE sweep = $1 AND trial = $2 AND attempt = $3 ORDER BY number
        """;

    /// <summary>Stores batches, all or none.</summary>
    /// <exception cref="ArgumentException">A batch is of a sweep that does not exist.</exception>
    public Task StoreAsync(ImmutableArray<MetricBatch> batches, CancellationToken cancellation)
    {
        var packed = batches.ToDictionary(batch => batch, batch => MetricCodec.Pack(batch.Points));
        return session.QueryAsync(
            statements =>
            {
                // In one order everywhere, so that two writers never wait for each other.
                foreach (var sweep in batches.GroupBy(b => b.Attempt.Sweep).OrderBy(g => g.Key, StringComparer.Ordinal))
                {
                    statements.Add(
                        Put,
                        sweep.Key,
                        sweep.Select(b => b.Attempt.Trial).ToArray(),
                        sweep.Select(b => b.Attempt.Number).ToArray(),
                        sweep.Select(b => b.Number).ToArray(),
                        sweep.Select(b => b.Points.Min(p => p.Step)).ToArray(),
                        sweep.Select(b => b.Points.Max(p => p.Step)).ToArray(),
                        sweep.Select(b => packed[b]).ToArray());
                }
            },
            (_, _) => Task.FromResult(true),
            cancellation);
    }

    /// <summary>The batches of a sweep after a position.</summary>
    public async Task<StoredBatches> ReadOnAsync(string sweep, long after, CancellationToken cancellation)
    {
        var rows = await ReadAsync(sweep, batch => batch.Add(After, sweep, after), cancellation);
        return new StoredBatches(
            [.. rows.Select(row => row.Batch)], rows.Count == 0 ? after : rows[^1].Position);
    }

    /// <summary>The batches of an attempt, batch 1 first.</summary>
    public async Task<ImmutableArray<MetricBatch>> ReadAllAsync(
        AttemptId attempt, CancellationToken cancellation)
    {
        var rows = await ReadAsync(
            attempt.Sweep,
            batch => batch.Add(OfAttempt, attempt.Sweep, attempt.Trial, attempt.Number),
            cancellation);
        return [.. rows.Select(row => row.Batch)];
    }

    private Task<List<(long Position, MetricBatch Batch)>> ReadAsync(
        string sweep, Action<NpgsqlBatch> fill, CancellationToken cancellation) => session.QueryAsync(
            fill,
            (reader, token) => reader.RowsAsync(
                r => (
                    r.GetInt64(0),
                    StoredBatch.Read(
                        new AttemptId(sweep, r.GetInt32(1), r.GetInt32(2)),
                        r.GetInt32(3),
                        r.GetFieldValue<byte[]>(4))),
                token),
            cancellation);
}
