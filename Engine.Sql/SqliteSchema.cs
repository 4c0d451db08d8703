using Shared.Engine;

namespace Engine.Sql;

/// <summary>The tables of a store, and the marks that say which program it belongs to.</summary>
internal static class SqliteSchema
{
    private const string Tables = """
        CREATE TABLE store (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT;
        CREATE TABLE sweep (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            base_name TEXT NOT NULL,
            spec TEXT NOT NULL,
            program TEXT NOT NULL,
            experiment TEXT NOT NULL,
            submitted_at TEXT NOT NULL,
            trials INTEGER NOT NULL,
            is_completed INTEGER NOT NULL,
            is_paused INTEGER NOT NULL,
            is_cancelled INTEGER NOT NULL,
            priority INTEGER NOT NULL,
            waiting INTEGER NOT NULL,
            running INTEGER NOT NULL,
            command TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE lease (
            sweep TEXT NOT NULL REFERENCES sweep (name),
            trial INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            worker TEXT NOT NULL,
            session TEXT NOT NULL,
            ends_at INTEGER NOT NULL,
            renewed_at INTEGER NOT NULL,
            PRIMARY KEY (sweep, trial)
        ) STRICT;
        CREATE TABLE worker (
            name TEXT PRIMARY KEY,
            report TEXT NOT NULL,
            seen_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE metric_batch (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            sweep TEXT NOT NULL REFERENCES sweep (name),
            trial INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            number INTEGER NOT NULL,
            first_step INTEGER NOT NULL,
            last_step INTEGER NOT NULL,
            packed BLOB NOT NULL,
            UNIQUE (sweep, trial, attempt, number)
        ) STRICT;
        CREATE INDEX metric_batch_of_sweep ON metric_batch (sweep);
        CREATE TABLE artifact (
            sweep TEXT NOT NULL REFERENCES sweep (name),
            trial INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            name TEXT NOT NULL,
            media_type TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            length INTEGER NOT NULL,
            PRIMARY KEY (sweep, trial, attempt, name)
        ) STRICT;
        """;

    private const string Events = """
        CREATE TABLE event (
            sweep TEXT NOT NULL REFERENCES sweep (name),
            version INTEGER NOT NULL,
            json TEXT NOT NULL,
            stored_at TEXT NOT NULL,
            stored_by TEXT NOT NULL,
            PRIMARY KEY (sweep, version)
        ) STRICT;
        """;

    /// <summary>Makes the tables in an empty database, in the open transaction.</summary>
    public static void Make(SqliteSession session, LeaseTimes times, StoreEngine engine)
    {
        session.Execute(Tables);
        session.Execute(engine is StoreEngine.Akka ? SqliteJournal.Tables : Events);
        foreach (var (key, value) in StoreMarks.Of(times, engine))
        {
            Mark(session, key, value);
        }

        Mark(session, "announcements", "0");
    }

    /// <summary>Counts one more change that others may wait for, in the open transaction.</summary>
    public static void Announce(SqliteSession session) => session.Execute(
        "UPDATE store SET value = CAST(value AS INTEGER) + 1 WHERE key = 'announcements'");

    /// <summary>How many changes were announced since the store was made.</summary>
    public static string Announcements(SqliteSession session) =>
        session.Query("SELECT value FROM store WHERE key = 'announcements'", r => r.GetString(0))
            .SingleOrDefault("");

    /// <summary>Whether the database holds no table at all.</summary>
    public static bool IsEmpty(SqliteSession session) =>
        session.Query("SELECT 1 FROM sqlite_master LIMIT 1", _ => true).Count == 0;

    /// <summary>Whether the database holds the table that marks a store.</summary>
    public static bool HasMarks(SqliteSession session) =>
        session.Query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'store'", _ => true)
            .Count == 1;

    /// <summary>Refuses a store of another engine or version.</summary>
    /// <exception cref="StoreUnusableException">It is one.</exception>
    public static void Check(SqliteSession session, string path, StoreEngine engine) =>
        StoreMarks.Check(Marks(session), path, engine);

    /// <summary>The version of a store of this engine.</summary>
    /// <exception cref="StoreUnusableException">It belongs to another engine.</exception>
    public static string? VersionOf(SqliteSession session, string path, StoreEngine engine) =>
        StoreMarks.VersionOf(Marks(session), path, engine);

    /// <summary>The lease times that the store was made with.</summary>
    /// <exception cref="StoreUnusableException">They are missing.</exception>
    public static LeaseTimes ReadLeaseTimes(SqliteSession session, string path) =>
        StoreMarks.LeaseTimes(Marks(session), path);

    private static Dictionary<string, string> Marks(SqliteSession session) =>
        session
            .Query("SELECT key, value FROM store", r => KeyValuePair.Create(r.GetString(0), r.GetString(1)))
            .ToDictionary(StringComparer.Ordinal);

    private static void Mark(SqliteSession session, string key, string value) =>
        session.Execute(
            "INSERT INTO store (key, value) VALUES (@key, @value)", ("@key", key), ("@value", value));
}
