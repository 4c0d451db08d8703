namespace Engine.Sql;

/// <summary>
/// The tables of Akka.Persistence.Sql in a SQLite store of the engine <c>akka</c>, with the names that it has by
/// default, and the histories in them as everybody reads them.
/// </summary>
/// <remarks>
/// The unique index over id and number is what keeps a second writer out, whatever the cluster believes.
/// Histories are read through a view of the same shape as the other engine's table, so that whatever looks
/// needs no cluster. The time of an event is the store's, because the coordinator sets it; a text that is no
/// JSON has none, and whoever reads it says what is wrong with it.
/// </remarks>
internal static class SqliteJournal
{
    /// <summary>The statements that make them.</summary>
    public const string Tables = """
        CREATE TABLE journal (
            ordering INTEGER PRIMARY KEY AUTOINCREMENT,
            deleted INTEGER NOT NULL,
            persistence_id TEXT NOT NULL,
            sequence_number INTEGER NOT NULL,
            created INTEGER NOT NULL,
            message BLOB NOT NULL,
            manifest TEXT NOT NULL,
            identifier INTEGER,
            writer_uuid TEXT
        );
        CREATE UNIQUE INDEX journal_uq ON journal (persistence_id, sequence_number);
        CREATE UNIQUE INDEX journal_of_sweep ON journal (substr(persistence_id, 7), sequence_number);
        CREATE TABLE tags (
            ordering_id INTEGER NOT NULL,
            tag TEXT NOT NULL,
            persistence_id TEXT NOT NULL,
            sequence_nr INTEGER NOT NULL,
            PRIMARY KEY (ordering_id, tag)
        );
        CREATE TABLE snapshot (
            persistence_id TEXT NOT NULL,
            sequence_number INTEGER NOT NULL,
            created INTEGER NOT NULL,
            snapshot BLOB NOT NULL,
            manifest TEXT NOT NULL,
            serializer_id INTEGER,
            PRIMARY KEY (persistence_id, sequence_number)
        );
        CREATE VIEW event AS
        SELECT
            substr(persistence_id, 7) AS sweep,
            sequence_number AS version,
            CAST(message AS TEXT) AS json,
            CASE WHEN json_valid(CAST(message AS TEXT))
                THEN json_extract(CAST(message AS TEXT), '$.at') END AS stored_at,
            'coordinator' AS stored_by
        FROM journal;
        """;
}
