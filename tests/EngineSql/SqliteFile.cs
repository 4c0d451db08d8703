using Engine.Sql;
using Microsoft.Data.Sqlite;
using Shared.Engine;
using Tests.Contracts;

namespace Tests.EngineSql;

/// <summary>A SQLite store in a folder of its own.</summary>
internal sealed class SqliteFile : IEngineStore
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-sql-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "store.db");

    public async Task<ICoordinator> OpenAsync(TimeProvider time) => await OpenSqliteAsync(time);

    public Task<SqliteEngine> OpenSqliteAsync(
        TimeProvider time, StoreMode mode = StoreMode.Create, LeaseTimes? times = null) =>
        SqliteEngine.OpenAsync(new StoreAddress(Path), mode, time, times);

    public IArtifactStore ArtifactsOf(ICoordinator engine) => (IArtifactStore)engine;

    /// <summary>Runs a statement on the file from outside any engine.</summary>
    public object? Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
