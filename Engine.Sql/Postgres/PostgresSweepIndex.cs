using System.Collections.Immutable;
using Npgsql;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql.Postgres;

/// <summary>The rows of a PostgreSQL store whose histories another engine writes.</summary>
internal sealed class PostgresSweepIndex(PostgresSession session) : ISweepIndex
{
    private const string Moment = """
        SELECT sweeps.clock(), $4 = 0 OR $4 = (
            SELECT count(*) FROM sweeps.metric_batch b
            WHERE b.sweep = $1 AND b.trial = $2 AND b.attempt = $3 AND b.number BETWEEN 1 AND $4)
        """;

    private const string FollowState =
        "SELECT sweeps.follow_state($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";

    /// <inheritdoc/>
    public async Task<StoreMoment> LookAsync(SweepCommand command, CancellationToken cancellation)
    {
        var (attempt, last) = CountedBatches.Of(command) ?? (new AttemptId("", 0, 0), 0);
        var rows = await session.QueryAsync(
            batch => batch.Add(Moment, attempt.Sweep, attempt.Trial, attempt.Number, last),
            (reader, token) => reader.RowsAsync(r => new StoreMoment(r.Time(0), r.GetBoolean(1)), token),
            cancellation);
        return rows[0];
    }

    /// <inheritdoc/>
    public Task<(SubmitReply Reply, DateTimeOffset Now)> NameAsync(
        Submission submission, CancellationToken cancellation) =>
        session.RunAsync((connection, token) => NameAsync(connection, submission, token), cancellation);

    /// <inheritdoc/>
    public Task ForgetAsync(string sweep, CancellationToken cancellation) => session.QueryAsync(
        batch => batch.Add("DELETE FROM sweeps.sweep WHERE name = $1", sweep),
        (_, _) => Task.FromResult(true),
        cancellation);

    /// <inheritdoc/>
    public Task FollowAsync(
        string sweep, SweepState before, SweepState after, CancellationToken cancellation) =>
        FollowAsync(sweep, before, after, isAnew: false, cancellation);

    /// <inheritdoc/>
    public Task RestoreAsync(SweepState state, CancellationToken cancellation) =>
        FollowAsync(state.Name, SweepState.Initial, state, isAnew: true, cancellation);

    /// <inheritdoc/>
    public SweepState Fold(SweepState before, string sweep, long version, string json) =>
        StoredHistory.Next(before, version, json, sweep, session.Store);

    /// <inheritdoc/>
    public async Task<ImmutableArray<AbandonedAttempt>> AbandonedAsync(
        string? sweep, bool expiredToo, CancellationToken cancellation) =>
    [
        .. (await PostgresLeases.AbandonedAsync(session, sweep, expiredToo, cancellation))
            .Select(lease => new AbandonedAttempt(lease.Attempt, lease.Reason)),
    ];

    private Task FollowAsync(
        string sweep, SweepState before, SweepState after, bool isAnew, CancellationToken cancellation)
    {
        var leases = LeaseChanges.Between(before, after);
        var row = SweepRow.Of(after);
        return session.QueryAsync(
            batch => batch.Add(
                FollowState,
                sweep,
                after.Version,
                isAnew,
                leases.Taken.Select(attempt => attempt.Trial).ToArray(),
                leases.Taken.Select(attempt => attempt.Number).ToArray(),
                leases.Given.Select(attempt => attempt.Id.Trial).ToArray(),
                leases.Given.Select(attempt => attempt.Id.Number).ToArray(),
                leases.Given.Select(attempt => attempt.Place.Worker).ToArray(),
                row.Trials,
                row.IsCompleted,
                row.IsPaused,
                row.IsCancelled,
                row.Priority,
                row.Waiting,
                row.Running,
                News.IsMade(before, after)),
            (_, _) => Task.FromResult(true),
            cancellation);
    }

    private async Task<(SubmitReply Reply, DateTimeOffset Now)> NameAsync(
        NpgsqlConnection connection, Submission submission, CancellationToken cancellation)
    {
        var (reply, command, now) = await PostgresTransaction.NameAsync(
            session, connection, submission, cancellation);
        await using var batch = connection.CreateBatch();
        if (command is not null)
        {
            PostgresTransaction.AddSweep(batch, submission, command);
        }

        await batch.Add("COMMIT").ExecuteNonQueryAsync(cancellation);
        return (reply, now);
    }
}
