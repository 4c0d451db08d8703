using Engine.Sql;
using Microsoft.Data.Sqlite;
using Shared.Engine;
using Tests.Contracts;

namespace Tests.EngineAkka;

/// <summary>A SQLite store, its journal in it, with a cluster of one node.</summary>
internal sealed class AkkaFile : AkkaNode
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-akka-");
    private readonly ManualTime _time = new();

    public StoreAddress.Sqlite Address => new(Path.Combine(_folder.FullName, "store.db"));

    public override Task AdvanceAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    /// <summary>Runs a statement on the file from outside any engine, and gives the columns of its rows.</summary>
    public List<object[]> Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Address.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    protected override Task<(IStore Store, ISweepIndex Index)> OpenRowsAsync() =>
        StoreOpening.OpenIndexedAsync(Address, StoreMode.Create, _time);

    protected override Task<JournalPlace> JournalAsync() => Task.FromResult(JournalPlace.Of(Address));

    protected override Task RunPastAsync(string sql)
    {
        Run($"""
            CREATE TRIGGER spoil INSTEAD OF UPDATE OF json ON event BEGIN
                UPDATE journal SET message = CAST(NEW.json AS BLOB)
                WHERE persistence_id = 'sweep-' || OLD.sweep AND sequence_number = OLD.version;
            END;
            {sql};
            DROP TRIGGER spoil;
            """);
        return Task.CompletedTask;
    }

    protected override Task RemoveAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
