using System.Diagnostics;
using Engine.Sql.Postgres;
using Shared.Engine;

namespace Engine.Sql;

/// <summary>Opens a store of whichever kind its address names.</summary>
public static class StoreOpening
{
    /// <summary>Opens a store.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="mode">Whether it may be made.</param>
    /// <param name="time">The clock for leases where the database has none of its own.</param>
    /// <param name="timesOfNewStore">
    /// Lease times of a store that is made now; the default ones when nothing is given.
    /// </param>
    /// <param name="engine">The engine that the store belongs to.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="StoreUnusableException">
    /// The store is missing, damaged, of another program or may not be used.
    /// </exception>
    /// <exception cref="StoreUnreachableException">The server of the store does not answer.</exception>
    public static async Task<IStore> OpenAsync(
        StoreAddress address,
        StoreMode mode,
        TimeProvider time,
        LeaseTimes? timesOfNewStore = null,
        StoreEngine engine = StoreEngine.Sql,
        CancellationToken cancellation = default) => address switch
        {
            StoreAddress.Sqlite file =>
                await SqliteEngine.OpenAsync(file, mode, time, timesOfNewStore, engine, cancellation),
            StoreAddress.Postgres database =>
                await PostgresEngine.OpenAsync(database, mode, timesOfNewStore, engine, cancellation),
            _ => throw new UnreachableException(),
        };

    /// <summary>Opens a store of the engine <c>akka</c>, whose histories this program does not write itself.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="mode">Whether it may be made.</param>
    /// <param name="time">The clock for leases where the database has none of its own.</param>
    /// <param name="timesOfNewStore">
    /// Lease times of a store that is made now; the default ones when nothing is given.
    /// </param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>What anybody may read and workers may store, and the rows that follow the histories.</returns>
    /// <exception cref="StoreUnusableException">
    /// The store is missing, damaged, of another program or may not be used.
    /// </exception>
    /// <exception cref="StoreUnreachableException">The server of the store does not answer.</exception>
    public static async Task<(IStore Store, ISweepIndex Index)> OpenIndexedAsync(
        StoreAddress address,
        StoreMode mode,
        TimeProvider time,
        LeaseTimes? timesOfNewStore = null,
        CancellationToken cancellation = default)
    {
        var store = await OpenAsync(address, mode, time, timesOfNewStore, StoreEngine.Akka, cancellation);
        return store switch
        {
            SqliteEngine file => (file, file.Index),
            PostgresEngine database => (database, database.Index),
            _ => throw new UnreachableException(),
        };
    }
}
