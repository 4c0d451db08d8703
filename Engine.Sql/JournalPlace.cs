using System.Diagnostics;
using Engine.Sql.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;
using Shared.Engine;

namespace Engine.Sql;

/// <summary>Where the journal of a store of the engine <c>akka</c> is, as Akka.Persistence.Sql is told it.</summary>
/// <param name="Provider">The name that linq2db has for the database.</param>
/// <param name="Connection">Connection string; it may hold a password.</param>
/// <param name="Schema">Schema of the tables; nothing where there is none.</param>
/// <param name="Opening">What every new connection is told first; nothing where that is nothing.</param>
public sealed record JournalPlace(string Provider, string Connection, string? Schema, string? Opening)
{
    private const int BusySeconds = 30;
    private const int MostConnections = 8;

    /// <summary>The journal of a store.</summary>
    /// <exception cref="StoreUnusableException">A file that the address or the environment names cannot be read.</exception>
    public static JournalPlace Of(StoreAddress address) => address switch
    {
        StoreAddress.Sqlite file => new JournalPlace(
            "SQLite.MS",
            new SqliteConnectionStringBuilder
            {
                DataSource = Path.GetFullPath(file.Path),
                Mode = SqliteOpenMode.ReadWrite,
                DefaultTimeout = BusySeconds,
            }.ConnectionString,
            Schema: null,
            // Without it the driver asks for the lock of another connection's writing every 150 ms.
            $"PRAGMA busy_timeout = {1_000 * BusySeconds}"),
        StoreAddress.Postgres database => Of(new PostgresConnecting(database)),
        _ => throw new UnreachableException(),
    };

    /// <summary>The journal of a store in PostgreSQL.</summary>
    internal static JournalPlace Of(PostgresConnecting connecting) => new(
        "PostgreSQL.9.5",
        new NpgsqlConnectionStringBuilder(connecting.Settings)
        {
            Pooling = true,
            MaxPoolSize = MostConnections,
        }.ConnectionString,
        "sweeps",
        Opening: null);
}
