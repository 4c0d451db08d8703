using System.Net;
using Npgsql;
using Shared.Diagnosis;
using Shared.Engine;

namespace Engine.Sql.Postgres;

/// <summary>Looks at a store in PostgreSQL from this box; changes nothing.</summary>
public static class PostgresCheckup
{
    private const int Questions = 5;   // the quickest of them is the round trip

    private const string Server = """
        SELECT current_setting('server_version'), session_user::text,
            (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = session_user),
            (SELECT concat_ws(
                ' ', s.version, s.cipher) FROM pg_stat_ssl s WHERE s.pid = pg_backend_pid() AND s.ssl)
        """;

    private const string Roles = """
        SELECT r.rolname::text FROM pg_roles r
        WHERE r.rolname IN ('sweep_owner', 'sweep_user', 'sweep_worker')
            AND pg_has_role(session_user, r.oid, 'MEMBER')
        ORDER BY r.rolname
        """;

    private const string IsOwner = """
        SELECT EXISTS (SELECT FROM pg_namespace n
            WHERE n.nspname = 'sweeps' AND pg_has_role(session_user, n.nspowner, 'MEMBER'))
        """;

    // Who only reads keeps nobody waiting, and who waits for another is not the cause. Times and addresses of
    // other logins' sessions are shown to members of pg_read_all_stats; those of whom nothing is shown are left out.
    private const string Holders = """
        SELECT a.pid, a.usename::text, coalesce(host(a.client_addr), 'the server itself'), a.xact_start,
            (SELECT count(*)::integer FROM pg_stat_activity w WHERE a.pid = ANY (pg_blocking_pids(w.pid)))
        FROM pg_stat_activity a
        WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
            AND a.xact_start < clock_timestamp() - $1
            AND a.wait_event_type IS DISTINCT FROM 'Lock'
            AND EXISTS (
                SELECT FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE l.pid = a.pid AND l.granted AND l.mode <> 'AccessShareLock' AND n.nspname = 'sweeps'
                    AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
        ORDER BY a.xact_start LIMIT 5
        """;

    private const string Version = "SELECT value FROM sweeps.store WHERE key = 'version'";
    private const string IsStore = "SELECT to_regclass('sweeps.store') IS NOT NULL";

    /// <summary>What is seen of the store at an address.</summary>
    /// <param name="address">Where the database is.</param>
    /// <param name="time">This box's clock.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="StoreUnreachableException">The server does not answer.</exception>
    /// <exception cref="StoreUnusableException">It refuses this user, or is not trusted.</exception>
    public static Task<DatabaseSight> LookAsync(
        StoreAddress.Postgres address, TimeProvider time, CancellationToken cancellation) =>
        LookAsync(address, new PostgresConnecting(address), time, cancellation);

    /// <summary>As the public one, with connections as given.</summary>
    internal static async Task<DatabaseSight> LookAsync(
        StoreAddress.Postgres address,
        PostgresConnecting connecting,
        TimeProvider time,
        CancellationToken cancellation,
        TimeSpan? longestHold = null)
    {
        await using var connection = await connecting.OpenAsync(cancellation);
        await using var other = await connecting.OpenAsync(cancellation);
        try
        {
            var (version, user, isSuperuser, encryption) = (await RowsAsync(
                connection,
                Server,
                r => (r.GetString(0), r.GetString(1), r.GetBoolean(2), r.IsDBNull(3) ? null : r.GetString(3)),
                cancellation))[0];
            var (ahead, roundTrip) = await ClockAsync(connection, time, cancellation);
            return new DatabaseSight(
                address.ToString(),
                IsHere(address.Host),
                version,
                encryption is "" ? null : encryption,
                TrustOf(address.SslMode, encryption),
                user,
                isSuperuser,
                [.. await RolesAsync(connection, cancellation)],
                await VersionAsync(connection, cancellation),
                StoreMarks.Version,
                ahead,
                roundTrip,
                await KeepsSessionsAsync(connection, other, cancellation))
            {
                Holders = [.. await HoldersAsync(
                    connection, longestHold ?? DatabaseFindings.LongestHold, cancellation)],
            };
        }
        catch (Exception failure) when (PostgresFault.IsOne(failure))
        {
            throw PostgresFault.Explain(failure, connecting.Store);
        }
    }

    /// <summary>
    /// Whether each connection stays with one session of the server. The other connection's transaction takes
    /// the session that a transaction pooler would have lent to the first one before.
    /// </summary>
    private static async Task<bool> KeepsSessionsAsync(
        NpgsqlConnection connection, NpgsqlConnection other, CancellationToken cancellation)
    {
        const string Process = "SELECT pg_backend_pid()";
        var first = await AskAsync<int>(connection, Process, cancellation);
        await AskAsync<string>(
            connection, "SELECT set_config('sweeps.doctor', 'looks', false)", cancellation);
        await using var transaction = await other.BeginTransactionAsync(cancellation);
        var others = await AskAsync<int>(other, Process, cancellation);
        var second = await AskAsync<int>(connection, Process, cancellation);
        var setting = await AskAsync<string?>(
            connection, "SELECT current_setting('sweeps.doctor', true)", cancellation);
        await transaction.RollbackAsync(cancellation);
        return first == second && first != others && setting == "looks";
    }

    private static async Task<(TimeSpan Ahead, TimeSpan RoundTrip)> ClockAsync(
        NpgsqlConnection connection, TimeProvider time, CancellationToken cancellation)
    {
        var quickest = (Ahead: TimeSpan.Zero, RoundTrip: TimeSpan.MaxValue);
        for (var asked = 0; asked < Questions; asked++)
        {
            var began = time.GetTimestamp();
            var here = time.GetUtcNow();
            // A text of its own each time: what is prepared is not asked through a pooler without an error.
            var question = $"SELECT clock_timestamp() /* question {asked} */";
            var there = await AskAsync<DateTime>(connection, question, cancellation);
            var roundTrip = time.GetElapsedTime(began);
            if (roundTrip < quickest.RoundTrip)
            {
                quickest = (new DateTimeOffset(there) - here - (roundTrip / 2), roundTrip);
            }
        }

        return quickest;
    }

    private static async Task<IReadOnlyList<string>> RolesAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        var roles = await RowsAsync(connection, Roles, r => r.GetString(0), cancellation);
        return await AskAsync<bool>(connection, IsOwner, cancellation)
            ? [.. roles.Union([DatabaseFindings.Owner, DatabaseFindings.User], StringComparer.Ordinal)]
            : roles;
    }

    private static async Task<List<LockHolder>> HoldersAsync(
        NpgsqlConnection connection, TimeSpan longest, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Holders, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = longest });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.RowsAsync(
            r => new LockHolder(
                r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), r.GetInt32(4)),
            cancellation);
    }

    private static async Task<string?> VersionAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            return await AskAsync<bool>(connection, IsStore, cancellation)
                ? await AskAsync<string>(connection, Version, cancellation)
                : null;
        }
        catch (PostgresException denied) when (denied.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return "unknown";   // there is one, and this login may not look
        }
    }

    private static ServerTrust TrustOf(PostgresSslMode mode, string? encryption) => mode switch
    {
        _ when encryption is null or "" => ServerTrust.None,
        PostgresSslMode.VerifyFull => ServerTrust.HostName,
        PostgresSslMode.VerifyCa => ServerTrust.Authority,
        _ => ServerTrust.None,
    };

    private static bool IsHere(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var number) && IPAddress.IsLoopback(number));

    private static async Task<T> AskAsync<T>(
        NpgsqlConnection connection, string sql, CancellationToken cancellation) =>
        (await RowsAsync(
            connection, sql, r => r.IsDBNull(0) ? default! : r.GetFieldValue<T>(0), cancellation))[0];

    private static async Task<List<T>> RowsAsync<T>(
        NpgsqlConnection connection,
        string sql,
        Func<NpgsqlDataReader, T> row,
        CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.RowsAsync(row, cancellation);
    }
}
