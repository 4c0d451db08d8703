using System.Globalization;
using Engine.Sql;
using Engine.Sql.Postgres;
using Shared.Engine;
using Tests.Postgres;

namespace Tests.EngineAkka;

/// <summary>A PostgreSQL store, its journal in it, with a cluster of one node.</summary>
internal sealed class AkkaDatabase : AkkaNode
{
    private PostgresCluster? _cluster;
    private PostgresDatabase _database = null!;
    private TimeSpan _ahead;   // of the server's clock

    private PostgresConnecting Connecting
    {
        get
        {
            var address = ((StoreAddressReply.Parsed)StoreAddress.Parse(_database.Url)).Address;
            return new PostgresConnecting((StoreAddress.Postgres)address, _database.Login.Password)
            {
                Engine = StoreEngine.Akka,
            };
        }
    }

    public override Task AdvanceAsync(TimeSpan time)
    {
        _ahead += time;
        var milliseconds = ((long)_ahead.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return _cluster!.RunAsync(
            "CREATE OR REPLACE FUNCTION sweeps.clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS "
            + $"$$ SELECT clock_timestamp() + {milliseconds} * interval '1 millisecond' $$",
            _database.Name);
    }

    protected override async Task<(IStore Store, ISweepIndex Index)> OpenRowsAsync()
    {
        await MakeAsync();
        var engine = await PostgresEngine.OpenAsync(Connecting, StoreMode.Create, null, default);
        return (engine, engine.Index);
    }

    protected override async Task<JournalPlace> JournalAsync()
    {
        await MakeAsync();
        return JournalPlace.Of(Connecting);
    }

    protected override Task RunPastAsync(string sql) => _cluster!.RunAsync(
        $"""
        SET search_path = sweeps;
        SET sweeps.is_migrating = 'yes';
        CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE journal SET message = convert_to(NEW.json, 'UTF8')
            WHERE persistence_id = 'sweep-' || OLD.sweep AND sequence_number = OLD.version;
            RETURN NEW;
        END
        $$;
        CREATE TRIGGER spoil INSTEAD OF UPDATE ON event FOR EACH ROW EXECUTE FUNCTION spoil();
        {sql};
        DROP TRIGGER spoil ON event;
        DROP FUNCTION spoil;
        """,
        _database.Name);

    protected override async Task RemoveAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.RunAsync($"DROP DATABASE {_database.Name} WITH (FORCE)");
        }
    }

    private async Task MakeAsync()
    {
        if (_cluster is null)
        {
            _cluster = await PostgresCluster.SharedAsync();
            _database = await _cluster.CreateDatabaseAsync(await _cluster.CreateRoleAsync());
        }
    }
}
