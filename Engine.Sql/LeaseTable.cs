using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>
/// One row for each attempt that runs: until when it may speak for its trial, as unix milliseconds.
/// </summary>
internal static class LeaseTable
{
    private const string Insert = """
        INSERT INTO lease (sweep, trial, attempt, worker, session, ends_at)
        VALUES (@sweep, @trial, @attempt, @worker, @session, @ends)
        """;

    private const string Extend =
        "UPDATE lease SET ends_at = @ends WHERE sweep = @sweep AND trial = @trial AND attempt = @attempt";

    private const string Delete =
        "DELETE FROM lease WHERE sweep = @sweep AND trial = @trial AND attempt = @attempt";

    private const string OfSweep =
        "SELECT trial, attempt, worker, session, ends_at FROM lease WHERE sweep = @sweep ORDER BY trial";

    /// <summary>Gives an attempt its lease.</summary>
    public static void Add(SqliteSession session, Lease lease) => session.Execute(
        Insert,
        ("@sweep", lease.Attempt.Sweep),
        ("@trial", lease.Attempt.Trial),
        ("@attempt", lease.Attempt.Number),
        ("@worker", lease.Worker),
        ("@session", lease.Session),
        ("@ends", lease.EndsAt.ToUnixTimeMilliseconds()));

    /// <summary>Extends a lease.</summary>
    /// <returns>False when the attempt holds none.</returns>
    public static bool Renew(SqliteSession session, AttemptId attempt, DateTimeOffset endsAt) =>
        session.Execute(
            Extend,
            ("@ends", endsAt.ToUnixTimeMilliseconds()),
            ("@sweep", attempt.Sweep),
            ("@trial", attempt.Trial),
            ("@attempt", attempt.Number)) == 1;

    /// <summary>Takes an attempt's lease away.</summary>
    public static void Remove(SqliteSession session, AttemptId attempt) => session.Execute(
        Delete, ("@sweep", attempt.Sweep), ("@trial", attempt.Trial), ("@attempt", attempt.Number));

    /// <summary>The leases of a sweep, by trial.</summary>
    public static List<Lease> List(SqliteSession session, string sweep) => session.Query(
        OfSweep,
        r => new Lease(
            new AttemptId(sweep, r.GetInt32(0), r.GetInt32(1)),
            r.GetString(2),
            r.GetString(3),
            DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(4))),
        ("@sweep", sweep));
}

/// <summary>An attempt's right to speak for its trial.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Worker">Worker that claimed it.</param>
/// <param name="Session">Session of that worker when it claimed; empty when it had not joined.</param>
/// <param name="EndsAt">From when on it may be taken away.</param>
internal sealed record Lease(AttemptId Attempt, string Worker, string Session, DateTimeOffset EndsAt);
