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
        CancellationToken cancellation = default) => address switch
        {
            StoreAddress.Sqlite file =>
                await SqliteEngine.OpenAsync(file, mode, time, timesOfNewStore, cancellation),
            StoreAddress.Postgres database =>
                await PostgresEngine.OpenAsync(database, mode, timesOfNewStore, cancellation),
            _ => throw new UnreachableException(),
        };
}
