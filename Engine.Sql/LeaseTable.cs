using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>
/// One row for each attempt that runs: until when it may speak for its trial, as unix milliseconds.
/// </summary>
internal static class LeaseTable
{
    private const string Insert = """
        INSERT INTO lease (sweep, trial, attempt, worker, session, ends_at, renewed_at)
        VALUES (@sweep, @trial, @attempt, @worker, @session, @ends, @now)
        """;

    private const string Extend = """
        UPDATE lease SET ends_at = @ends, renewed_at = @now
        WHERE sweep = @sweep AND trial = @trial AND attempt = @attempt
        """;

    private const string Delete =
        "DELETE FROM lease WHERE sweep = @sweep AND trial = @trial AND attempt = @attempt";

    private const string OfSweep = """
        SELECT sweep, trial, attempt, worker, session, ends_at, renewed_at FROM lease
        WHERE sweep = @sweep OR @sweep IS NULL ORDER BY sweep, trial
        """;

    /// <summary>Gives an attempt its lease.</summary>
    public static void Add(SqliteSession session, Lease lease) => session.Execute(
        Insert,
        ("@sweep", lease.Attempt.Sweep),
        ("@trial", lease.Attempt.Trial),
        ("@attempt", lease.Attempt.Number),
        ("@worker", lease.Worker),
        ("@session", lease.Session),
        ("@ends", lease.EndsAt.ToUnixTimeMilliseconds()),
        ("@now", lease.RenewedAt.ToUnixTimeMilliseconds()));

    /// <summary>Extends a lease.</summary>
    /// <returns>False when the attempt holds none.</returns>
    public static bool Renew(SqliteSession session, AttemptId attempt, DateTimeOffset endsAt, DateTimeOffset now) =>
        session.Execute(
            Extend,
            ("@ends", endsAt.ToUnixTimeMilliseconds()),
            ("@now", now.ToUnixTimeMilliseconds()),
            ("@sweep", attempt.Sweep),
            ("@trial", attempt.Trial),
            ("@attempt", attempt.Number)) == 1;

    /// <summary>Takes an attempt's lease away.</summary>
    public static void Remove(SqliteSession session, AttemptId attempt) => session.Execute(
        Delete, ("@sweep", attempt.Sweep), ("@trial", attempt.Trial), ("@attempt", attempt.Number));

    /// <summary>Takes every lease of a sweep away.</summary>
    public static void RemoveAll(SqliteSession session, string sweep) =>
        session.Execute("DELETE FROM lease WHERE sweep = @sweep", ("@sweep", sweep));

    /// <summary>The leases of a sweep, or of all where none is named, by sweep and trial.</summary>
    public static List<Lease> List(SqliteSession session, string? sweep) => session.Query(
        OfSweep,
        r => new Lease(
            new AttemptId(r.GetString(0), r.GetInt32(1), r.GetInt32(2)),
            r.GetString(3),
            r.GetString(4),
            DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(5)),
            DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(6))),
        ("@sweep", sweep));
}

/// <summary>An attempt's right to speak for its trial.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Worker">Worker that claimed it.</param>
/// <param name="Session">Session of that worker when it claimed; empty when it had not joined.</param>
/// <param name="EndsAt">From when on it may be taken away.</param>
/// <param name="RenewedAt">When it was given or last renewed.</param>
internal sealed record Lease(
    AttemptId Attempt, string Worker, string Session, DateTimeOffset EndsAt, DateTimeOffset RenewedAt);
