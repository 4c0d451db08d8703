using Engine.Sql;
using Microsoft.Data.Sqlite;
using Shared.Engine;
using Tests.Contracts;

namespace Tests.EngineSql;

/// <summary>A SQLite store in a folder of its own.</summary>
internal sealed class SqliteFile : ISpoilableStore
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-sql-");
    private readonly ManualTime _time = new();

    public string Path => System.IO.Path.Combine(_folder.FullName, "store.db");

    public async Task<IStore> OpenAsync() => await OpenSqliteAsync(_time);

    public Task AdvanceAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    public Task<SqliteEngine> OpenSqliteAsync(
        TimeProvider time, StoreMode mode = StoreMode.Create, LeaseTimes? times = null) =>
        SqliteEngine.OpenAsync(new StoreAddress.Sqlite(Path), mode, time, times);

    /// <summary>Runs a statement on the file from outside any engine.</summary>
    public object? Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public Task SpoilAsync(string sql)
    {
        Run(sql);
        return Task.CompletedTask;
    }

    /// <summary>Holds the file's one place for writers, as another process would, until it is disposed of.</summary>
    public IDisposable HoldWriting()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
