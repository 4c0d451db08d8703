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

    // That of the triggers stays: they hold on to it.
    private const string DropFunctions = """
        DO $$
        DECLARE
            v_function regprocedure;
        BEGIN
            FOR v_function IN
                SELECT p.oid::regprocedure FROM pg_proc p
                WHERE p.pronamespace = 'sweeps'::regnamespace AND p.proname <> 'refuse_change' LOOP
                EXECUTE format('DROP FUNCTION %s', v_function);
            END LOOP;
        END
        $$
        """;

    private static readonly string[] Functions =
    [
        "trials.sql", "checks.sql", "functions.sql", "appending.sql", "workers.sql", "contents.sql",
    ];

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

            await MakeFunctionsAsync(connection, engine, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>
    /// Makes the functions of a store anew, as this program knows them, and gives the roles that are there what
    /// they may do.
    /// </summary>
    public static async Task RenewAsync(
        NpgsqlConnection connection, StoreEngine engine, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(connection, Head, cancellation);
        await RunAsync(connection, DropFunctions, cancellation);
        await MakeFunctionsAsync(connection, engine, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Names the place for large artifacts; only the store's owner may.</summary>
    public static Task NamePlaceAsync(
        NpgsqlConnection connection, string place, CancellationToken cancellation) => RunAsync(
            connection,
            "INSERT INTO sweeps.store (key, value) VALUES ('artifacts', $1) "
            + "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            cancellation,
            place);

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

    private static async Task MakeFunctionsAsync(
        NpgsqlConnection connection, StoreEngine engine, CancellationToken cancellation)
    {
        string[] ofEngine = engine is StoreEngine.Akka ? ["following.sql"] : [];
        foreach (var part in (string[])[.. Functions, .. ofEngine, "grants.sql"])
        {
            await RunAsync(connection, Read(part), cancellation);
        }
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
