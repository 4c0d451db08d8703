using System.Diagnostics;
using System.Text.Json;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>Folds histories as a database holds them; the same for every database.</summary>
internal static class StoredHistory
{
    /// <summary>
    /// Folds the events after a known state, or nothing when the history no longer reaches that state.
    /// </summary>
    /// <param name="known">A state of the sweep.</param>
    /// <param name="rows">
    /// The event of the known version, if there is one, whose text is not looked at, and all that follow.
    /// </param>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="store">How the store is named to people.</param>
    /// <exception cref="SweepUnreadableException">A stored event cannot be read.</exception>
    public static SweepState? FoldOn(
        SweepState known, IReadOnlyList<(long Version, string Json)> rows, string sweep, string store)
    {
        if (known.Version > 0 && (rows.Count == 0 || rows[0].Version != known.Version))
        {
            return null;
        }

        var state = known;
        foreach (var (version, json) in rows.Where(row => row.Version > known.Version))
        {
            state = Next(state, version, json, sweep, store);
        }

        return state;
    }

    /// <summary>Folds one event.</summary>
    /// <param name="before">The state before it.</param>
    /// <param name="version">Its number.</param>
    /// <param name="json">Its stored text.</param>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="store">How the store is named to people.</param>
    /// <exception cref="SweepUnreadableException">It cannot be read, or one before it is missing.</exception>
    public static SweepState Next(SweepState before, long version, string json, string sweep, string store) =>
        version == before.Version + 1
            ? Evolve(before, json, sweep, store)
            : throw Damaged(sweep, before.Version + 1, store, "it is missing");

    /// <summary>An event from its stored text.</summary>
    /// <exception cref="SweepUnreadableException">It cannot be read.</exception>
    public static SweepEvent Read(string json, string sweep, long version, string store)
    {
        try
        {
            return SweepEventJson.Read(json);
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            throw Damaged(sweep, version, store, damage.Message);
        }
    }

    private static SweepState Evolve(SweepState state, string json, string sweep, string store)
    {
        var happened = Read(json, sweep, state.Version + 1, store);
        try
        {
            return Sweep.Evolve(state, happened);
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            throw Damaged(sweep, state.Version + 1, store, damage.Message);
        }
    }

    // Whatever a text that somebody else stored makes the reader or the fold throw: no kind of event without its
    // name (NotSupported), half a character (InvalidOperation), no plan before a trial (NullReference) …
    private static bool IsDamage(Exception failure) => failure is JsonException or IndexOutOfRangeException
        or ArgumentException or NotSupportedException or InvalidOperationException or NullReferenceException
        or FormatException or OverflowException or KeyNotFoundException or UnreachableException;

    private static SweepUnreadableException Damaged(string sweep, long version, string store, string why) => new(
        sweep,
        $"event {version} of the sweep '{sweep}' in the store {store} cannot be read ({why}): "
        + "put back a copy of the store");
}
