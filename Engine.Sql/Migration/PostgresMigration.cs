using System.Globalization;
using Engine.Sql.Artifacts;
using Engine.Sql.Postgres;
using Npgsql;
using Shared.Engine;

namespace Engine.Sql.Migration;

/// <summary>Makes a store in PostgreSQL, or brings one to this program's version.</summary>
internal static class PostgresMigration
{
    /// <summary>
    /// Makes the store where there is none, or its functions anew, and gives the roles that are there now what they
    /// may do. Where the environment names a place for large artifacts, it becomes the store's.
    /// </summary>
    /// <returns>What was done, one sentence.</returns>
    /// <exception cref="StoreUnusableException">
    /// This user may not do it, this program does not know the store's version, or leases are held.
    /// </exception>
    /// <exception cref="StoreUnreachableException">The server does not answer.</exception>
    public static async Task<string> RunAsync(PostgresConnecting connecting, CancellationToken cancellation)
    {
        var store = connecting.Store;
        var place = ContentPlaces.OfEnvironment();
        var done = await MakeAsync(connecting, LeaseTimes.Default, cancellation)
            ? $"made the store {store}, version {StoreMarks.Version}"
            : await RenewAsync(connecting, cancellation);
        return place is null ? done : await RunAsync(
            connecting,
            async (connection, token) =>
            {
                await PostgresSchema.NamePlaceAsync(connection, place, token);
                return $"{done}; large artifacts lie in {place}";
            },
            cancellation);
    }

    private static Task<string> RenewAsync(PostgresConnecting connecting, CancellationToken cancellation)
    {
        var store = connecting.Store;
        return RunAsync(
            connecting,
            async (connection, token) =>
            {
                StoreMarks.Check(await PostgresSchema.MarksAsync(connection, token), store, connecting.Engine);
                await RefuseWhileLeasesLiveAsync(connection, store, token);
                await PostgresSchema.RenewAsync(connection, connecting.Engine, token);
                return $"the store {store} has version {StoreMarks.Version} already: made its functions anew and "
                    + "gave the roles that are there what they may do";
            },
            cancellation);
    }

    /// <summary>Makes the store where there is none.</summary>
    /// <returns>Whether it was made.</returns>
    public static Task<bool> MakeAsync(
        PostgresConnecting connecting, LeaseTimes times, CancellationToken cancellation) =>
        RunAsync(
            connecting,
            async (connection, token) =>
            {
                if (await PostgresSchema.IsThereAsync(connection, token))
                {
                    return false;
                }

                await PostgresSchema.MakeAsync(connection, times, connecting.Engine, token);
                return true;
            },
            cancellation);

    private static async Task RefuseWhileLeasesLiveAsync(
        NpgsqlConnection connection, string store, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM sweeps.lease WHERE is_held", connection);
        if ((long)(await command.ExecuteScalarAsync(cancellation))! is > 0 and var held)
        {
            throw new StoreUnusableException(string.Create(
                CultureInfo.InvariantCulture,
                $"{held} attempts run on the store {store}: stop the workers, then migrate"));
        }
    }

    private static async Task<T> RunAsync<T>(
        PostgresConnecting connecting,
        Func<NpgsqlConnection, CancellationToken, Task<T>> work,
        CancellationToken cancellation)
    {
        await using var connection = await connecting.OpenAsync(cancellation);
        try
        {
            return await work(connection, cancellation);
        }
        catch (Exception failure) when (PostgresFault.IsOne(failure))
        {
            throw PostgresFault.Explain(failure, connecting.Store);
        }
    }
}
