using Microsoft.Data.Sqlite;
using Shared.Engine;

namespace Engine.Sql;

/// <summary>Makes or checks a store before anyone works with it.</summary>
internal static class SqliteOpening
{
    private const string MountInfo = "/proc/self/mountinfo";

    /// <summary>A session on a store that is there and fits this program.</summary>
    /// <param name="path">The database file, absolute.</param>
    /// <param name="mode">Whether it may be made.</param>
    /// <param name="timesOfNewStore">Lease times to store when it is made.</param>
    /// <param name="engine">The engine that it belongs to.</param>
    /// <exception cref="StoreUnusableException">It cannot be used.</exception>
    public static SqliteSession Open(
        string path, StoreMode mode, LeaseTimes timesOfNewStore, StoreEngine engine) =>
        Open(path, mode, session =>
        {
            Prepare(session, path, mode, timesOfNewStore, engine);
            SqliteSchema.Check(session, path, engine);
            session.Execute("PRAGMA journal_mode = WAL");   // a copy that was put back may have lost it
        });

    /// <summary>A session on a store that is there, whatever its version.</summary>
    /// <param name="path">The database file, absolute.</param>
    /// <exception cref="StoreUnusableException">It cannot be used, or is no store.</exception>
    public static SqliteSession OpenAnyVersion(string path) => Open(
        path,
        StoreMode.Existing,
        session => Prepare(session, path, StoreMode.Existing, LeaseTimes.Default, StoreEngine.Sql));

    private static SqliteSession Open(string path, StoreMode mode, Action<SqliteSession> prepare)
    {
        MakeFolder(path, mode);
        RefuseNetworkFileSystem(path);
        SqliteSession? session = null;
        try
        {
            session = SqliteSession.Open(path, mayCreate: mode is StoreMode.Create);
            prepare(session);
            return session;
        }
        catch (SqliteException failure)
        {
            session?.Dispose();
            throw SqliteFault.Explain(failure, path);
        }
        catch (StoreUnusableException)
        {
            session?.Dispose();
            throw;
        }
    }

    private static void MakeFolder(string path, StoreMode mode)
    {
        if (Directory.Exists(path))
        {
            throw new StoreUnusableException($"{path} is a folder: name the file that is to hold the store");
        }

        if (mode is StoreMode.Existing)
        {
            if (!File.Exists(path))
            {
                throw new StoreUnusableException(
                    $"there is no store at {path}: run a sweep first, or name another store");
            }

            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnusableException(
                $"the folder of the store {path} cannot be made: {failure.Message}");
        }
    }

    private static void RefuseNetworkFileSystem(string path)
    {
        if (!File.Exists(MountInfo))
        {
            return;   // not Linux
        }

        var folder = WithoutLinks(Path.GetDirectoryName(path)!);
        if (MountTable.NetworkFileSystemOf(File.ReadAllText(MountInfo), folder) is { } type)
        {
            throw new StoreUnusableException(
                $"the store {path} lies on the network file system {type}, on which SQLite can lose data: "
                + "put it on a local disk");
        }
    }

    private static string WithoutLinks(string folder)
    {
        var resolved = "/";
        foreach (var part in folder.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, part);
            resolved = new DirectoryInfo(next).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next;
        }

        return resolved;
    }

    private static void Prepare(
        SqliteSession session, string path, StoreMode mode, LeaseTimes timesOfNewStore, StoreEngine engine)
    {
        if (mode is StoreMode.Create && SqliteSchema.IsEmpty(session))
        {
            session.Execute("PRAGMA journal_mode = WAL");
            session.Execute("BEGIN IMMEDIATE");
            if (SqliteSchema.IsEmpty(session))   // nobody else was faster
            {
                SqliteSchema.Make(session, timesOfNewStore, engine);
            }

            session.Execute("COMMIT");
        }

        if (!SqliteSchema.HasMarks(session))
        {
            throw new StoreUnusableException($"{path} is no store: name another one, or move that file away");
        }
    }
}
