using Microsoft.Data.Sqlite;

namespace Engine.Sql;

/// <summary>
/// One connection to a database file, used by one thread at a time; each statement is prepared once.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    private const int BusyTimeoutMilliseconds = 30_000;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>Whether a transaction is open; SQLite ends one by itself after some errors.</summary>
    public bool IsInTransaction => SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>Opens a database file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mayCreate">Whether to make the file where it is missing.</param>
    public static SqliteSession Open(string path, bool mayCreate)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mayCreate ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            // A pooled connection would keep the file, and its settings, after it is disposed of.
            Pooling = false,
            DefaultTimeout = BusyTimeoutMilliseconds / 1000,
        };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            session.Execute($"PRAGMA busy_timeout = {BusyTimeoutMilliseconds}");
            session.Execute("PRAGMA foreign_keys = ON");
            session.Execute("PRAGMA synchronous = FULL");
            return session;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Bind(sql, parameters).ExecuteNonQuery();

    /// <summary>Runs a query and reads all its rows.</summary>
    public List<T> Query<T>(
        string sql,
        Func<SqliteDataReader, T> row,
        params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Bind(sql, parameters).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            _prepared.Add(sql, command);
        }

        command.Parameters.Clear();
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
