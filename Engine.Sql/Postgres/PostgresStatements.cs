using System.Collections.Immutable;
using Npgsql;

namespace Engine.Sql.Postgres;

/// <summary>
/// Statements that are sent together, in one round trip. Each batch begins with the store's marks.
/// </summary>
internal static class PostgresStatements
{
    private const string Marks = "SELECT key, value FROM sweeps.store";

    /// <summary>Adds a statement; its parameters are <c>$1</c>, <c>$2</c> …</summary>
    public static NpgsqlBatch Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        batch.BatchCommands.Add(command);
        return batch;
    }

    /// <summary>Sends a batch, the marks before what it holds.</summary>
    public static Task<NpgsqlDataReader> BeginAsync(this NpgsqlBatch batch, CancellationToken cancellation)
    {
        batch.BatchCommands.Insert(0, new NpgsqlBatchCommand(Marks));
        return batch.ExecuteReaderAsync(cancellation);
    }

    /// <summary>Reads the marks and goes on to the next result.</summary>
    /// <exception cref="Shared.Engine.StoreUnusableException">The store is another program's.</exception>
    public static async Task<ImmutableDictionary<string, string>> CheckMarksAsync(
        this NpgsqlDataReader reader, PostgresConnecting connecting, CancellationToken cancellation)
    {
        var marks = (await reader.RowsAsync(
                r => KeyValuePair.Create(r.GetString(0), r.GetString(1)), cancellation))
            .ToImmutableDictionary(StringComparer.Ordinal);
        StoreMarks.Check(marks, connecting.Store, connecting.Engine);
        return marks;
    }

    /// <summary>Reads the rows of a result and goes on to the next one.</summary>
    public static async Task<List<T>> RowsAsync<T>(
        this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row, CancellationToken cancellation)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(row(reader));
        }

        await reader.NextResultAsync(cancellation);
        return rows;
    }

    /// <summary>A time as the store keeps it.</summary>
    public static DateTimeOffset Time(this NpgsqlDataReader reader, int column) =>
        reader.GetFieldValue<DateTimeOffset>(column);
}
