using System.Text.Json;
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

    private const string Add = "INSERT INTO event (sweep, version, json) VALUES (@sweep, @version, @json)";

    /// <summary>
    /// Folds the events after a known state, or nothing when the history no longer reaches that state.
    /// </summary>
    /// <exception cref="StoreUnusableException">A stored event cannot be read.</exception>
    public static SweepState? CatchUp(SqliteSession session, string sweep, SweepState known, string path)
    {
        var rows = session.Query(
            ReadOn,
            r => (Version: r.GetInt64(0), Json: r.GetString(1)),
            ("@sweep", sweep),
            ("@known", known.Version));
        if (known.Version > 0 && (rows.Count == 0 || rows[0].Version != known.Version))
        {
            return null;
        }

        var state = known;
        foreach (var (version, json) in rows.Where(row => row.Version > known.Version))
        {
            state = version == state.Version + 1
                ? Evolve(state, json, sweep, path)
                : throw Damaged(sweep, state.Version + 1, path, "it is missing");
        }

        return state;
    }

    /// <summary>Appends events to a history.</summary>
    /// <param name="session">In a transaction.</param>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="expected">How many events the history holds.</param>
    /// <param name="events">What is appended.</param>
    public static void Append(
        SqliteSession session, string sweep, long expected, IEnumerable<SweepEvent> events)
    {
        var version = expected;
        foreach (var happened in events)
        {
            version++;
            session.Execute(
                Add, ("@sweep", sweep), ("@version", version), ("@json", SweepEventJson.Write(happened)));
        }
    }

    private static SweepState Evolve(SweepState state, string json, string sweep, string path)
    {
        try
        {
            return Sweep.Evolve(state, SweepEventJson.Read(json));
        }
        catch (Exception damage)
            when (damage is JsonException or IndexOutOfRangeException or ArgumentException)
        {
            throw Damaged(sweep, state.Version + 1, path, damage.Message);
        }
    }

    private static StoreUnusableException Damaged(string sweep, long version, string path, string why) => new(
        $"event {version} of the sweep '{sweep}' in the store {path} cannot be read ({why}): "
        + "put back a copy of the file");
}
