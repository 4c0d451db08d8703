namespace Engine.Sql;

/// <summary>
/// Reads committed data on a connection of its own, so that no reader waits for the writer.
/// </summary>
internal sealed class StoreReader(SqliteSession session, StoreContext store) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>How the store is named to people.</summary>
    public string Path => store.Path;

    /// <summary>Reads in one transaction, so that everything read belongs together.</summary>
    public async Task<T> RunAsync<T>(Func<StoreTransaction, T> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Run(work), cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        session.Dispose();
        _turn.Dispose();
    }

    private T Run<T>(Func<StoreTransaction, T> work)
    {
        try
        {
            session.Execute("BEGIN");
            SqliteSchema.Check(session, store.Path, store.Engine);
            var transaction = new StoreTransaction(session, store);
            var result = work(transaction);
            transaction.Publish();   // what a reader sees is committed
            return result;
        }
        catch (Microsoft.Data.Sqlite.SqliteException failure)
        {
            throw SqliteFault.Explain(failure, store.Path);
        }
        finally
        {
            if (session.IsInTransaction)
            {
                session.Execute("ROLLBACK");
            }
        }
    }
}
