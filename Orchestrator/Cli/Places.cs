using Engine.Sql;
using Shared;

namespace Orchestrator.Cli;

/// <summary>Where things are: relative to the clone, whatever the current directory.</summary>
public static class Places
{
    /// <summary>The default store.</summary>
    public const string DefaultStore = StorePlace.Default;

    /// <summary>Root of the clone: the nearest folder above the program that holds the solution.</summary>
    public static string Clone { get; } =
        CloneFolder.Above(AppContext.BaseDirectory, File.Exists) ?? Environment.CurrentDirectory;

    /// <summary>
    /// A store's address, its path made absolute; the default store is relative to the clone.
    /// </summary>
    /// <param name="given">
    /// As given on the command line, or nothing: then <c>$SWEEP_STORE</c>, then the default.
    /// </param>
    public static StoreAddressReply Store(string? given) => StorePlace.Of(given);

    /// <summary>
    /// Folder of a sweep's report: beside a store that is a file, under <c>runs</c> in the clone for another,
    /// under the sweep's name.
    /// </summary>
    /// <param name="store">Address of the store, absolute.</param>
    /// <param name="sweep">Name of the sweep.</param>
    public static string Report(StoreAddress store, string sweep) =>
        Path.Combine(
            store is StoreAddress.Sqlite file ? Path.GetDirectoryName(file.Path)! : Path.Combine(Clone, "runs"),
            sweep);

    /// <summary>A store's address as a reader here would write it.</summary>
    public static string Show(StoreAddress store) =>
        store is StoreAddress.Sqlite file ? Show(file.Path) : store.ToString();

    /// <summary>A sweep file: as given, or under the clone where it is not found from here.</summary>
    public static string SweepFile(string path) =>
        File.Exists(path) || !File.Exists(Path.Combine(Clone, path)) ? path : Path.Combine(Clone, path);

    /// <summary>A path as a reader here would write it.</summary>
    public static string Show(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
