using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Engine.Sql;

/// <summary>
/// The one writer of a process: writes that wait at the same time share a transaction, and so one flush to
/// disk. Each is carried out apart, so that one that fails leaves the others alone; none is answered before
/// the commit.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int QueueLimit = 1024;   // writes that wait; whoever brings more waits to queue
    private const int GroupLimit = 256;   // writes a transaction

    private readonly Channel<PendingWrite> _queue = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(QueueLimit) { SingleReader = true });

    private readonly SqliteSession _session;
    private readonly StoreContext _store;
    private readonly Task _writing;

    /// <summary>Starts the writer; it owns the session from here on.</summary>
    public GroupCommit(SqliteSession session, StoreContext store)
    {
        _session = session;
        _store = store;
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Carries out a write and gives its result once it is durable.</summary>
    public async Task<T> RunAsync<T>(Func<StoreTransaction, T> work, CancellationToken cancellation)
    {
        var write = new PendingWrite<T>(work, cancellation);
        try
        {
            await _queue.Writer.WriteAsync(write, cancellation);
        }
        catch (ChannelClosedException closed)
        {
            throw new ObjectDisposedException("the store was closed", closed);
        }

        return await write.Answer.WaitAsync(cancellation);
    }

    /// <summary>Carries out what is queued, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        _session.Dispose();
    }

    private async Task WriteAllAsync()
    {
        var group = new List<PendingWrite>(GroupLimit);
        while (await _queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < GroupLimit && _queue.Reader.TryRead(out var write))
            {
                group.Add(write);
            }

            WriteGroup(group);
        }
    }

    private void WriteGroup(List<PendingWrite> group)
    {
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            SqliteSchema.Check(_session, _store.Path, _store.Engine);
            var transaction = new StoreTransaction(_session, _store);
            foreach (var write in group)
            {
                Carry(write, transaction);
            }

            _session.Execute("COMMIT");
            transaction.Publish();
            group.ForEach(write => write.Succeed());
        }
        catch (Exception failure)   // boundary: it belongs to those who wait, and the writer goes on
        {
            group.ForEach(write => write.Fail(SqliteFault.Explain(failure, _store.Path)));
            RollBack();
        }
    }

    private void Carry(PendingWrite write, StoreTransaction transaction)
    {
        if (write.GaveUp())
        {
            return;
        }

        try
        {
            transaction.RunApart(write.Carry);
        }
        catch (Exception failure) when (_session.IsInTransaction)
        {
            // The boundary: whatever failed belongs to the one who waits for it.
            write.Fail(SqliteFault.Explain(failure, _store.Path));
        }
    }

    private void RollBack()
    {
        try
        {
            if (_session.IsInTransaction)
            {
                _session.Execute("ROLLBACK");
            }
        }
        catch (SqliteException)
        {
            // Those who waited have the first failure; the next transaction meets and reports what is left of
            // it.
        }
    }

    /// <summary>A write that waits for its turn.</summary>
    private abstract class PendingWrite(CancellationToken cancellation)
    {
        /// <summary>Whether its sender no longer waits; it is then answered so and not carried out.</summary>
        public bool GaveUp()
        {
            if (!cancellation.IsCancellationRequested)
            {
                return false;
            }

            Cancel(cancellation);
            return true;
        }

        public abstract void Carry(StoreTransaction transaction);

        public abstract void Succeed();

        public abstract void Fail(Exception failure);

        protected abstract void Cancel(CancellationToken cancellation);
    }

    private sealed class PendingWrite<T>(Func<StoreTransaction, T> work, CancellationToken cancellation)
        : PendingWrite(cancellation)
    {
        private readonly TaskCompletionSource<T> _answer = new(
            TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Answer => _answer.Task;

        public override void Carry(StoreTransaction transaction) => _result = work(transaction);

        public override void Succeed() => _answer.TrySetResult(_result!);

        public override void Fail(Exception failure) => _answer.TrySetException(failure);

        protected override void Cancel(CancellationToken cancellation) =>
            _answer.TrySetCanceled(cancellation);
    }
}
