using System.Globalization;
using Engine.Sql.Artifacts;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql.Migration;

/// <summary>Brings a SQLite store to this program's version.</summary>
/// <remarks>
/// One transaction makes the new tables, copies, computes what the old ones did not hold and drops them, so
/// that a store is always whole, of one version or the other. The bytes of artifacts are durable in their
/// files before.
/// </remarks>
internal static class SqliteMigration
{
    private const string FirstVersion = "1";   // artifacts with their bytes, no stamps on events

    private const string SetAside = """
        DROP INDEX metric_batch_of_sweep;
        ALTER TABLE artifact RENAME TO old_artifact;
        ALTER TABLE metric_batch RENAME TO old_metric_batch;
        ALTER TABLE lease RENAME TO old_lease;
        ALTER TABLE event RENAME TO old_event;
        ALTER TABLE sweep RENAME TO old_sweep;
        ALTER TABLE store RENAME TO old_store;
        """;

    private const string Copy = """
        INSERT INTO sweep (
            position, name, base_name, spec, program, experiment, submitted_at, command,
            trials, is_completed, is_paused, is_cancelled, priority, waiting, running)
        SELECT
            position, name, base_name, spec, program, experiment, submitted_at, command,
            trials, is_completed, 0, 0, 0, 0, 0
        FROM old_sweep;
        INSERT INTO lease (sweep, trial, attempt, worker, session, ends_at, renewed_at)
        SELECT sweep, trial, attempt, worker, session, ends_at, ends_at FROM old_lease;
        INSERT INTO metric_batch (
            position, sweep, trial, attempt, number, first_step, last_step, packed)
        SELECT position, sweep, trial, attempt, number, first_step, last_step, packed FROM old_metric_batch;
        INSERT INTO artifact (sweep, trial, attempt, name, media_type, sha256, length)
        SELECT sweep, trial, attempt, name, media_type, sha256, length(bytes) FROM old_artifact;
        """;

    private const string DropOld = """
        DROP TABLE old_artifact;
        DROP TABLE old_metric_batch;
        DROP TABLE old_lease;
        DROP TABLE old_event;
        DROP TABLE old_sweep;
        DROP TABLE old_store;
        """;

    /// <summary>Brings a store on, or makes one where there is none.</summary>
    /// <param name="path">The database file, absolute.</param>
    /// <param name="now">Time of the store.</param>
    /// <param name="engine">The engine that it belongs to.</param>
    /// <returns>What was done, one sentence.</returns>
    /// <exception cref="StoreUnusableException">
    /// It cannot be used, a worker works on it, or its version is unknown.
    /// </exception>
    public static string Run(string path, DateTimeOffset now, StoreEngine engine)
    {
        if (!Path.Exists(path))
        {
            SqliteOpening.Open(path, StoreMode.Create, LeaseTimes.Default, engine).Dispose();
            return $"made the store {path}, version {StoreMarks.Version}";
        }

        using var session = SqliteOpening.OpenAnyVersion(path);
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            var done = Run(session, path, now, engine);
            session.Execute("COMMIT");
            session.Execute("VACUUM");   // the bytes that left the database leave its file too
            return done;
        }
        catch (Microsoft.Data.Sqlite.SqliteException failure)
        {
            throw SqliteFault.Explain(failure, path);
        }
    }

    private static string Run(SqliteSession session, string path, DateTimeOffset now, StoreEngine engine)
    {
        switch (SqliteSchema.VersionOf(session, path, engine))
        {
            case StoreMarks.Version:
                return $"the store {path} has version {StoreMarks.Version} already: nothing to do";
            case FirstVersion when engine is StoreEngine.Sql:
                RefuseWorkers(session, path);
                return FromFirst(session, path, now);
            case var other:
                throw new StoreUnusableException(SchemaVersion.Mismatch(path, other, StoreMarks.Version));
        }
    }

    private static void RefuseWorkers(SqliteSession session, string path)
    {
        var locks = new WorkerLocks(path);
        var leased = session
            .Query(
                "SELECT worker, session FROM lease",
                row => (Worker: row.GetString(0), Session: row.GetString(1)))
            .Where(lease => locks.WhyGone(lease.Worker, lease.Session) is null)
            .Select(lease => lease.Worker);
        string[] living = [.. locks.Living().Union(leased, StringComparer.Ordinal)];
        if (living.Length > 0)
        {
            throw new StoreUnusableException(
                $"the store {path} is worked on by {string.Join(", ", living)}: "
                + "stop that first, then migrate");
        }
    }

    private static string FromFirst(SqliteSession session, string path, DateTimeOffset now)
    {
        var times = SqliteSchema.ReadLeaseTimes(session, path);
        var (artifacts, bytes) = MoveOut(session, path, now);
        session.Execute(SetAside);
        SqliteSchema.Make(session, times, StoreEngine.Sql);   // version 1 knew no other engine
        session.Execute(Copy);
        var events = StampEvents(session, path);
        session.Execute(DropOld);
        foreach (var sweep in SweepTable.Names(session))
        {
            var state = EventTable.CatchUp(session, sweep, SweepState.Initial, path)!;
            SweepTable.Update(session, sweep, SweepRow.Of(state));
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"brought the store {path} from version {FirstVersion} to {StoreMarks.Version}: "
            + $"{events} events, {artifacts} artifacts ({bytes / 1e6:0.0} MB) now in "
            + $"{SqliteArtifacts.FolderOf(path)}");
    }

    private static (int Count, long Bytes) MoveOut(SqliteSession session, string path, DateTimeOffset now)
    {
        var content = new ContentFolder(SqliteArtifacts.FolderOf(path));
        var rows = session.Query("SELECT rowid FROM artifact ORDER BY rowid", row => row.GetInt64(0));
        var total = 0L;
        foreach (var id in rows)
        {
            var (sha256, bytes) = session.Query(
                "SELECT sha256, bytes FROM artifact WHERE rowid = @id",
                row => (row.GetString(0), row.GetFieldValue<byte[]>(1)),
                ("@id", id))[0];
            if (ContentFolder.HashOf(bytes) != sha256)
            {
                throw new StoreUnusableException(
                    $"an artifact in the store {path} is damaged (hash {sha256}): "
                    + "put back a copy of the file");
            }

            content.Write(sha256, bytes, now);
            total += bytes.Length;
        }

        return (rows.Count, total);
    }

    // Nobody stamped them when they were stored: their own time is the best there is, and who is not known.
    private static int StampEvents(SqliteSession session, string path)
    {
        var events = session.Query(
            "SELECT sweep, version, json FROM old_event ORDER BY sweep, version",
            row => (Sweep: row.GetString(0), Version: row.GetInt64(1), Json: row.GetString(2)));
        foreach (var (sweep, version, json) in events)
        {
            var at = StoredHistory.Read(json, sweep, version, path).At;
            session.Execute(
                """
                INSERT INTO event (sweep, version, json, stored_at, stored_by)
                VALUES (@sweep, @version, @json, @at, '')
                """,
                ("@sweep", sweep),
                ("@version", version),
                ("@json", json),
                ("@at", at.ToString("O", CultureInfo.InvariantCulture)));
        }

        return events.Count;
    }
}
