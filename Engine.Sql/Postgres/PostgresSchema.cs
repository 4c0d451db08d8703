using System.Collections.Immutable;
using Npgsql;
using Shared.Engine;

namespace Engine.Sql.Postgres;

/// <summary>The texts that make a store in PostgreSQL.</summary>
internal static class PostgresSchema
{
    // Made as the group's, so that every member of it may upgrade the store later.
    private const string Head = """
        DO $$
        BEGIN
            IF EXISTS (SELECT FROM pg_roles r
                WHERE r.rolname = 'sweep_owner' AND pg_has_role(session_user, r.oid, 'MEMBER')
                    AND has_database_privilege(r.oid, current_database(), 'CREATE')) THEN
                SET LOCAL ROLE sweep_owner;
            END IF;
        END
        $$;
        CREATE SCHEMA IF NOT EXISTS sweeps;
        """;

    /// <summary>The script that makes the three roles, for an administrator of the server.</summary>
    public static string Roles => Read("roles.sql");

    /// <summary>Whether the database holds a store, of whichever version.</summary>
    /// <remarks>
    /// Asks the catalogue's table: to_regclass may answer from before a wait for a lock.
    /// </remarks>
    public static async Task<bool> IsThereAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'sweeps' AND tablename = 'store')",
            connection);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Makes the store, unless another made it meanwhile.</summary>
    public static async Task MakeAsync(
        NpgsqlConnection connection, LeaseTimes times, StoreEngine engine, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(
            connection, "SELECT pg_advisory_xact_lock(hashtextextended('sweeps making', 0))", cancellation);
        if (!await IsThereAsync(connection, cancellation))
        {
            await RunAsync(connection, Head, cancellation);
            await RunAsync(connection, Read("tables.sql"), cancellation);
            await RunAsync(connection, Read("functions.sql"), cancellation);
            await RunAsync(connection, Read("artifacts.sql"), cancellation);
            if (engine is StoreEngine.Akka)
            {
                await RunAsync(connection, Read("journal.sql"), cancellation);
            }

            foreach (var (key, value) in StoreMarks.Of(times, engine))
            {
                await RunAsync(
                    connection, "INSERT INTO sweeps.store (key, value) VALUES ($1, $2)", cancellation, key, value);
            }

            await RunAsync(connection, Read("grants.sql"), cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Gives the roles that are there what they may do.</summary>
    public static Task GrantAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        RunAsync(connection, Read("grants.sql"), cancellation);

    /// <summary>The store's marks.</summary>
    public static async Task<ImmutableDictionary<string, string>> MarksAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT key, value FROM sweeps.store", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return (
            await reader.RowsAsync(r => KeyValuePair.Create(r.GetString(0), r.GetString(1)), cancellation))
            .ToImmutableDictionary(StringComparer.Ordinal);
    }

    private static async Task RunAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string Read(string name)
    {
        using var stream = typeof(PostgresSchema).Assembly
            .GetManifestResourceStream($"Engine.Sql.Postgres.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
