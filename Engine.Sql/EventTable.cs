using System.Collections.Immutable;
using System.Globalization;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>The histories of the sweeps.</summary>
internal static class EventTable
{
    // The event of the known version comes along without its text: it shows that the history still reaches
    // that far.
    private const string ReadOn = """
        SELECT version, CASE WHEN version > @known THEN json ELSE '' END
        FROM event WHERE sweep = @sweep AND version >= @known ORDER BY version
        """;

    private const string Add = """
        INSERT INTO event (sweep, version, json, stored_at, stored_by)
        VALUES (@sweep, @version, @json, @at, @by)
        """;

    private const string After = """
        SELECT version, json, stored_at, stored_by FROM event
        WHERE sweep = @sweep AND version > @after ORDER BY version
        """;

    /// <summary>
    /// Folds the events after a known state, or nothing when the history no longer reaches that state.
    /// </summary>
    /// <exception cref="SweepUnreadableException">A stored event cannot be read.</exception>
    public static SweepState? CatchUp(SqliteSession session, string sweep, SweepState known, string store)
    {
        var rows = session.Query(
            ReadOn,
            r => (r.GetInt64(0), r.GetString(1)),
            ("@sweep", sweep),
            ("@known", known.Version));
        return StoredHistory.FoldOn(known, rows, sweep, store);
    }

    /// <summary>Appends events to a history, stamped with the time and the user of the system.</summary>
    /// <param name="session">In a transaction.</param>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="expected">How many events the history holds.</param>
    /// <param name="events">What is appended.</param>
    /// <param name="now">The store's time.</param>
    public static void Append(
        SqliteSession session,
        string sweep,
        long expected,
        IEnumerable<SweepEvent> events,
        DateTimeOffset now)
    {
        var version = expected;
        foreach (var happened in events)
        {
            version++;
            session.Execute(
                Add,
                ("@sweep", sweep),
                ("@version", version),
                ("@json", SweepEventJson.Write(happened)),
                ("@at", now.ToString("O", CultureInfo.InvariantCulture)),
                ("@by", Environment.UserName));
        }
    }

    /// <summary>The events of a sweep after a version, as they were stored.</summary>
    /// <exception cref="SweepUnreadableException">A stored event cannot be read.</exception>
    public static ImmutableArray<RecordedEvent> History(
        SqliteSession session, string sweep, long after, string store) =>
    [
        .. session.Query(
            After,
            r => new RecordedEvent(
                r.GetInt64(0),
                StoredHistory.Read(r.GetString(1), sweep, r.GetInt64(0), store),
                DateTimeOffset.Parse(r.GetString(2), CultureInfo.InvariantCulture),
                r.GetString(3)),
            ("@sweep", sweep),
            ("@after", after)),
    ];
}
