using System.Collections.Immutable;
using System.Diagnostics;
using Npgsql;
using Shared.Engine;

namespace Engine.Sql.Postgres;

/// <summary>Opens connections to one database; nothing is pooled, because each has a purpose.</summary>
internal sealed class PostgresConnecting
{
    /// <summary>How long a statement may take before it is given up, so that nothing hangs.</summary>
    public static readonly TimeSpan StatementLimit = TimeSpan.FromSeconds(30);

    private const int PreparedStatements = 64;
    private const int KeepAliveSeconds = 5;

    // A process that is stopped in the middle of a transaction must not keep a sweep locked, and a machine
    // without power must not keep its worker's lock for the two hours of the system's keepalives.
    private const string SessionSettings = """
        SET idle_in_transaction_session_timeout = '10s';
        SET lock_timeout = '20s';
        SET tcp_keepalives_idle = 5;
        SET tcp_keepalives_interval = 2;
        SET tcp_keepalives_count = 3;
        """;

    private readonly string _settings;
    private readonly PostgresTrust _trust;
    private readonly string? _ignored;   // why a file of passwords is not asked

    /// <summary>Prepares for an address; connects nowhere yet.</summary>
    /// <param name="address">Where the database is.</param>
    /// <param name="password">
    /// The user's password; where nothing is given, what <see cref="PostgresPassword"/> finds.
    /// </param>
    /// <exception cref="StoreUnusableException">
    /// A file that is named cannot be read, or is not what it should be.
    /// </exception>
    public PostgresConnecting(StoreAddress.Postgres address, string? password = null)
        : this(
            address,
            password is null
                ? PostgresPassword.Find(Environment.GetEnvironmentVariable)
                : new PostgresPassword(password, null, null))
    {
    }

    /// <summary>As the other one, with the password or where it is asked for.</summary>
    public PostgresConnecting(StoreAddress.Postgres address, PostgresPassword password)
    {
        Store = address.ToString();
        _trust = new PostgresTrust(address);
        _ignored = password.Ignored;
        _settings = new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port,
            Database = address.Database,
            Username = address.User,
            Password = password.Text,
            Passfile = password.File,
            SslMode = ModeOf(address.SslMode),
            SslCertificate = _trust.Certificate,
            SslKey = _trust.Key,
            Timeout = (int)address.ConnectTimeout.TotalSeconds,
            CommandTimeout = (int)StatementLimit.TotalSeconds,
            KeepAlive = KeepAliveSeconds,
            MaxAutoPrepare = PreparedStatements,
            AutoPrepareMinUsages = 2,
            Pooling = false,
            ApplicationName = "sweep",
        }.ConnectionString;
    }

    /// <summary>How the store is named to people.</summary>
    public string Store { get; }

    /// <summary>The engine that the store belongs to.</summary>
    public StoreEngine Engine { get; init; }

    /// <summary>The connection string; it holds the password.</summary>
    public string Settings => _settings;

    /// <summary>Opens a connection.</summary>
    /// <exception cref="StoreUnreachableException">The server does not answer.</exception>
    /// <exception cref="StoreUnusableException">It refuses this user.</exception>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(_settings);
        var refusal = _trust.Verify(connection);
        var isOpen = false;
        try
        {
            await connection.OpenAsync(cancellation);
            await using var settings = new NpgsqlCommand(SessionSettings, connection);
            await settings.ExecuteNonQueryAsync(cancellation);
            isOpen = true;
            return connection;
        }
        catch (Exception failure) when (PostgresFault.IsOne(failure))
        {
            throw refusal.Explain() ?? PostgresFault.Explain(failure, Store, _ignored);
        }
        finally
        {
            if (!isOpen)
            {
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>Opens a connection to a database that holds a store of this program.</summary>
    /// <returns>The connection and the store's marks.</returns>
    /// <exception cref="StoreUnreachableException">The server does not answer.</exception>
    /// <exception cref="StoreUnusableException">
    /// It refuses this user, or the database holds no store, or another program's.
    /// </exception>
    public async Task<(NpgsqlConnection Connection, ImmutableDictionary<string, string> Marks)> OpenStoreAsync(
        CancellationToken cancellation)
    {
        var connection = await OpenAsync(cancellation);
        var isStore = false;
        try
        {
            await using var batch = connection.CreateBatch();
            await using var reader = await batch.BeginAsync(cancellation);
            var marks = await reader.CheckMarksAsync(this, cancellation);
            isStore = true;
            return (connection, marks);
        }
        catch (Exception failure) when (PostgresFault.IsOne(failure))
        {
            throw PostgresFault.Explain(failure, Store);
        }
        finally
        {
            if (!isStore)
            {
                await connection.DisposeAsync();
            }
        }
    }

    // What is to be verified is verified by PostgresTrust, which Npgsql allows only beside its plain mode.
    private static SslMode ModeOf(PostgresSslMode mode) => mode switch
    {
        PostgresSslMode.Disable => SslMode.Disable,
        PostgresSslMode.Prefer => SslMode.Prefer,
        PostgresSslMode.Require or PostgresSslMode.VerifyCa or PostgresSslMode.VerifyFull => SslMode.Require,
        _ => throw new UnreachableException($"mode {mode}"),
    };
}
