using System.Globalization;
using Engine.Sql;
using Engine.Sql.Postgres;
using Shared.Engine;
using Tests.Contracts;
using Tests.Postgres;

namespace Tests.EngineSql;

/// <summary>
/// A store in a database of its own, made by a role that owns it; its clock moves when a test says so.
/// </summary>
internal sealed class PostgresStore : ISpoilableStore
{
    // To copy a store is quicker than to make one.
    private static readonly Lazy<Task<PostgresDatabase>> Made = new(MakeAsync);
    private static int _copies;

    private TimeSpan _ahead;   // of the server's clock
    private PostgresCluster? _cluster;

    /// <summary>The database, once it was made.</summary>
    public PostgresDatabase Database { get; private set; } = null!;

    public async Task<IStore> OpenAsync() => await OpenPostgresAsync();

    public async Task<PostgresEngine> OpenPostgresAsync(
        StoreMode mode = StoreMode.Create, PostgresLogin? login = null, LeaseTimes? times = null)
    {
        await CopyDatabaseAsync();
        return await PostgresEngine.OpenAsync(Connecting(login), mode, times, default);
    }

    /// <summary>Makes a database without a store.</summary>
    public async Task MakeDatabaseAsync()
    {
        _cluster = await PostgresCluster.SharedAsync();
        Database = await _cluster.CreateDatabaseAsync(await _cluster.CreateRoleAsync());
    }

    /// <summary>How a login connects; the owner where none is given.</summary>
    public PostgresConnecting Connecting(PostgresLogin? login = null)
    {
        var database = login is null ? Database : Database.As(login);
        var address = ((StoreAddressReply.Parsed)StoreAddress.Parse(database.Url)).Address;
        return new PostgresConnecting((StoreAddress.Postgres)address, database.Login.Password);
    }

    public Task AdvanceAsync(TimeSpan time)
    {
        _ahead += time;
        var milliseconds = ((long)_ahead.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return RunAsync(
            "CREATE OR REPLACE FUNCTION sweeps.clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS "
            + $"$$ SELECT clock_timestamp() + {milliseconds} * interval '1 millisecond' $$");
    }

    /// <summary>Runs SQL in the database as the superuser.</summary>
    public Task<string> RunAsync(string sql) => _cluster!.RunAsync(sql, Database.Name);

    public Task SpoilAsync(string sql) =>
        RunAsync($"SET search_path = sweeps; SET sweeps.is_migrating = 'yes'; {sql}");

    private static async Task<PostgresDatabase> MakeAsync()
    {
        var made = new PostgresStore();
        await made.MakeDatabaseAsync();
        await (await made.OpenPostgresAsync()).DisposeAsync();
        return made.Database;
    }

    private async Task CopyDatabaseAsync()
    {
        if (_cluster is null)
        {
            var made = await Made.Value;
            Database = made with { Name = $"{made.Name}_{Interlocked.Increment(ref _copies)}" };
            _cluster = await PostgresCluster.SharedAsync();
            await _cluster.RunAsync($"CREATE DATABASE {Database.Name} TEMPLATE {made.Name} OWNER {made.Login.Role}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.RunAsync($"DROP DATABASE {Database.Name} WITH (FORCE)");
        }
    }
}
