using System.Collections.Immutable;
using System.Text.Json;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>One row a worker: what it last said of itself, and when, as unix milliseconds.</summary>
internal static class WorkerTable
{
    private const string Upsert = """
        INSERT INTO worker (name, report, seen_at) VALUES (@name, @report, @now)
        ON CONFLICT (name) DO UPDATE SET report = excluded.report, seen_at = excluded.seen_at
        """;

    /// <summary>Keeps a report, and lets go of those that are too old.</summary>
    public static void Put(SqliteSession session, WorkerReport report, DateTimeOffset now)
    {
        session.Execute(
            Upsert,
            ("@name", report.Worker),
            ("@report", JsonSerializer.Serialize(report, SweepEventJson.Options)),
            ("@now", now.ToUnixTimeMilliseconds()));
        session.Execute(
            "DELETE FROM worker WHERE seen_at < @oldest",
            ("@oldest", (now - ICoordinator.SightingsKept).ToUnixTimeMilliseconds()));
    }

    /// <summary>The workers that reported, by name.</summary>
    /// <param name="session">In a transaction.</param>
    /// <param name="living">Names of the workers whose locks are held.</param>
    public static ImmutableArray<WorkerSighting> List(SqliteSession session, ImmutableArray<string> living) =>
    [
        .. session.Query(
            "SELECT name, report, seen_at FROM worker ORDER BY name",
            r => new WorkerSighting(
                r.GetString(0),
                StoredReport.Read(r.GetString(1), r.GetString(0)),
                DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(2)),
                living.Contains(r.GetString(0)))),
    ];
}
