using System.Diagnostics;
using Engine.Sql.Postgres;
using Shared.Engine;

namespace Engine.Sql.Migration;

/// <summary>
/// Makes a store, or brings one to this program's version; nothing else ever does the latter.
/// </summary>
public static class StoreMigration
{
    /// <summary>
    /// The script that makes the three roles of a PostgreSQL store, for an administrator of the server.
    /// </summary>
    public static string RolesScript => PostgresSchema.Roles;

    /// <summary>Makes or brings on a store.</summary>
    /// <param name="address">Where it is, or is to be.</param>
    /// <param name="time">The clock where the database has none of its own.</param>
    /// <param name="engine">The engine that it belongs to.</param>
    /// <param name="cancellation">Gives up waiting; what was begun is carried through.</param>
    /// <returns>What was done, one sentence.</returns>
    /// <exception cref="StoreUnusableException">
    /// It cannot be used, somebody works on it, or this program does not know its version.
    /// </exception>
    /// <exception cref="StoreUnreachableException">The server of the store does not answer.</exception>
    public static Task<string> RunAsync(
        StoreAddress address,
        TimeProvider time,
        StoreEngine engine = StoreEngine.Sql,
        CancellationToken cancellation = default) => address switch
        {
            StoreAddress.Sqlite file => Task.Run(
                () => SqliteMigration.Run(Path.GetFullPath(file.Path), time.GetUtcNow(), engine), cancellation),
            StoreAddress.Postgres database => PostgresMigration.RunAsync(
                new PostgresConnecting(database) { Engine = engine }, cancellation),
            _ => throw new UnreachableException(),
        };
}
