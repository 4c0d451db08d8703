using System.Collections.Immutable;
using System.Text.Json;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql.Postgres;

/// <summary>Renews leases, takes abandoned ones away, and keeps what workers say of themselves.</summary>
internal sealed class PostgresLeases(PostgresSession session, PostgresCommands commands, PostgresPresence presence)
{
    private const string Abandoned =
        "SELECT sweep, trial, attempt, worker, ends_at, why FROM sweeps.abandoned($1, $2)";

    /// <summary>Extends leases.</summary>
    /// <returns>The attempts that hold none any more.</returns>
    public async Task<ImmutableArray<AttemptId>> RenewAsync(
        ImmutableArray<AttemptId> attempts, CancellationToken cancellation)
    {
        var gone = await session.QueryAsync(
            batch => batch.Add(
                "SELECT * FROM sweeps.renew($1, $2, $3)",
                attempts.Select(a => a.Sweep).ToArray(),
                attempts.Select(a => a.Trial).ToArray(),
                attempts.Select(a => a.Number).ToArray()),
            (reader, token) => reader.RowsAsync(r => r.GetInt64(0), token),
            cancellation);
        return [.. gone.Select(place => attempts[(int)place - 1])];
    }

    /// <summary>
    /// Loses the attempts of workers that are gone and, if asked, those whose lease is past its end.
    /// </summary>
    public async Task<ImmutableArray<AttemptId>> LoseAsync(
        string? sweep, bool expiredToo, CancellationToken cancellation)
    {
        var abandoned = await AbandonedAsync(session, sweep, expiredToo, cancellation);
        var losses = await Task.WhenAll(
            abandoned.Select(lease => LoseAsync(lease, isOneOfAll: sweep is null, cancellation)));
        return [.. abandoned.Zip(losses).Where(lease => lease.Second).Select(lease => lease.First.Attempt)];
    }

    /// <summary>
    /// The leases of workers that are gone and, if asked, those past their end.
    /// </summary>
    public static Task<List<AbandonedLease>> AbandonedAsync(
        PostgresSession session, string? sweep, bool expiredToo, CancellationToken cancellation) =>
        session.QueryAsync(
            batch => batch.Add(Abandoned, sweep, expiredToo),
            (reader, token) => reader.RowsAsync(
                r => new AbandonedLease(
                    new AttemptId(r.GetString(0), r.GetInt32(1), r.GetInt32(2)),
                    r.GetString(3),
                    r.Time(4),
                    r.GetString(5) == "gone" ? LossRight.Gone : LossRight.Expired),
                token),
            cancellation);

    /// <summary>Keeps a worker's report.</summary>
    public async Task ReportAsync(WorkerReport report, CancellationToken cancellation)
    {
        WorkerName.Require(report.Worker);
        await StoreReportAsync(report, cancellation);
    }

    private Task<bool> StoreReportAsync(WorkerReport report, CancellationToken cancellation) => session.QueryAsync(
        batch => batch.Add(
            "SELECT sweeps.report_worker($1, $2, $3)",
            report.Worker,
            JsonSerializer.Serialize(report, SweepEventJson.Options),
            presence.TokenOf(report.Worker)),
        (_, _) => Task.FromResult(true),
        cancellation);

    private async Task<bool> LoseAsync(
        AbandonedLease lease, bool isOneOfAll, CancellationToken cancellation)
    {
        var command = new SweepCommand.LoseAttempt(
            new CommandId(Guid.NewGuid()), At: default, lease.Attempt, lease.Reason, LogTail: "");
        try
        {
            var decision = await commands.DecideAsync(lease.Attempt.Sweep, command, lease.Right, cancellation);
            return decision is Decision.Accepted;
        }
        catch (LeaseHeldException)
        {
            return false;   // it was renewed in time
        }
        catch (SweepUnreadableException) when (isOneOfAll)
        {
            return false;   // it costs that sweep and no other
        }
    }

}

/// <summary>A lease that may be taken away.</summary>
/// <param name="Attempt">The attempt that holds it.</param>
/// <param name="Worker">Worker that claimed the attempt.</param>
/// <param name="EndsAt">Its end.</param>
/// <param name="Right">By which right.</param>
internal sealed record AbandonedLease(AttemptId Attempt, string Worker, DateTimeOffset EndsAt, LossRight Right)
{
    /// <summary>Why, in one sentence.</summary>
    public string Reason => Right is LossRight.Gone
        ? $"worker {Worker} is gone (its lock is free)"
        : $"the lease ended at {EndsAt:u}";
}
