using System.Data;
using Npgsql;

namespace Engine.Sql.Postgres;

/// <summary>
/// One connection, used by one caller at a time and opened again after it broke. Whoever used it when it
/// broke learns that the store did not answer, and may ask again.
/// </summary>
internal sealed class PostgresSession(PostgresConnecting connecting) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private NpgsqlConnection? _connection;

    /// <summary>How the store is named to people.</summary>
    public string Store => connecting.Store;

    /// <summary>Sends statements in one round trip and reads what they give.</summary>
    /// <param name="fill">Adds the statements.</param>
    /// <param name="read">Reads their results; the marks are read already.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<T> QueryAsync<T>(
        Action<NpgsqlBatch> fill,
        Func<NpgsqlDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellation) =>
        RunAsync((connection, token) => AskAsync(connection, fill, read, token), cancellation);

    /// <summary>Works on the connection; what it leaves unfinished is rolled back.</summary>
    /// <exception cref="Shared.Engine.StoreUnreachableException">The server did not answer.</exception>
    /// <exception cref="Shared.Engine.StoreUnusableException">It refused.</exception>
    public async Task<T> RunAsync<T>(
        Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        var isDone = false;
        try
        {
            if (_connection is { State: not ConnectionState.Open })
            {
                await CloseAsync();   // found dead between two commands
            }

            _connection ??= await connecting.OpenAsync(cancellation);
            var result = await work(_connection, cancellation);
            isDone = true;
            return result;
        }
        catch (Exception failure) when (PostgresFault.IsOne(failure) || IsClosed(failure))
        {
            if (PostgresFault.IsFatal(failure))
            {
                await CloseAsync();
            }

            throw PostgresFault.Explain(failure, Store);
        }
        finally
        {
            if (!isDone)
            {
                await RollBackAsync();
            }

            _turn.Release();
        }
    }

    /// <summary>Sends statements on a connection that is held and reads what they give.</summary>
    public async Task<T> AskAsync<T>(
        NpgsqlConnection connection,
        Action<NpgsqlBatch> fill,
        Func<NpgsqlDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellation)
    {
        await using var batch = connection.CreateBatch();
        fill(batch);
        await using var reader = await batch.BeginAsync(cancellation);
        await reader.CheckMarksAsync(connecting, cancellation);
        var result = await read(reader, cancellation);
        while (await reader.NextResultAsync(cancellation))
        {
            // A failure of a later statement shows only when its result is asked for.
        }

        return result;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        await CloseAsync();
        _turn.Dispose();
    }

    /// <summary>Whether the driver refuses a command because it has noticed that the connection broke.</summary>
    private bool IsClosed(Exception failure) =>
        failure is InvalidOperationException && _connection is { State: not ConnectionState.Open };

    private async Task RollBackAsync()
    {
        if (_connection is null)
        {
            return;
        }

        try
        {
            await using var rollBack = new NpgsqlCommand("ROLLBACK", _connection);
            await rollBack.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception failure) when (PostgresFault.IsOne(failure) || failure is InvalidOperationException)
        {
            await CloseAsync();   // whoever worked on it has the first failure
        }
    }

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }
}
