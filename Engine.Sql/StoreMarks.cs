using System.Diagnostics;
using System.Globalization;
using Engine.Sql.Migration;
using Shared.Engine;

namespace Engine.Sql;

/// <summary>
/// The marks of a store, which say which program it belongs to; the same for every database, and read in
/// every transaction.
/// </summary>
internal static class StoreMarks
{
    /// <summary>Version of the tables.</summary>
    public const string Version = "2";

    /// <summary>The marks of a store that is made now.</summary>
    public static IReadOnlyDictionary<string, string> Of(
        LeaseTimes times, StoreEngine engine) => new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["engine"] = NameOf(engine),
            ["version"] = Version,
            ["beat_ms"] = Milliseconds(times.Beat),
            ["lease_ms"] = Milliseconds(times.Lease),
            ["cut_off_limit_ms"] = Milliseconds(times.CutOffLimit),
            ["grace_ms"] = Milliseconds(times.Grace),
        };

    /// <summary>Refuses a store of another engine or version.</summary>
    /// <exception cref="StoreUnusableException">It is one.</exception>
    public static void Check(IReadOnlyDictionary<string, string> marks, string store, StoreEngine engine)
    {
        var version = VersionOf(marks, store, engine);
        if (version != Version)
        {
            throw new StoreUnusableException(SchemaVersion.Mismatch(store, version, Version));
        }
    }

    /// <summary>The version of a store of this engine.</summary>
    /// <exception cref="StoreUnusableException">It belongs to another engine.</exception>
    public static string? VersionOf(
        IReadOnlyDictionary<string, string> marks, string store, StoreEngine engine)
    {
        var (found, mine) = (marks.GetValueOrDefault("engine"), NameOf(engine));
        return found == mine
            ? marks.GetValueOrDefault("version")
            : throw new StoreUnusableException(
                $"the store {store} belongs to the engine '{found}' and this is the engine '{mine}': "
                + "use the program that made it, or another store");
    }

    /// <summary>The lease times that the store was made with.</summary>
    /// <exception cref="StoreUnusableException">They are missing.</exception>
    public static LeaseTimes LeaseTimes(IReadOnlyDictionary<string, string> marks, string store)
    {
        return new LeaseTimes(Time("beat_ms"), Time("lease_ms"), Time("cut_off_limit_ms"))
        {
            // Stores of version 1 were all files, which need none.
            Grace = marks.ContainsKey("grace_ms") ? Time("grace_ms") : Shared.Engine.LeaseTimes.Default.Grace,
        };

        TimeSpan Time(string key) =>
            long.TryParse(
                marks.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
                ? TimeSpan.FromMilliseconds(ms)
                : throw new StoreUnusableException(
                    $"the store {store} is damaged, its '{key}' is missing: put back a copy of it");
    }

    private static string NameOf(StoreEngine engine) => engine switch
    {
        StoreEngine.Sql => "sql",
        StoreEngine.Akka => "akka",
        _ => throw new UnreachableException($"engine {engine}"),
    };

    private static string Milliseconds(TimeSpan time) =>
        ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
