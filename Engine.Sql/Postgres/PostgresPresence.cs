using System.Collections.Concurrent;
using Npgsql;
using Shared.Engine;

namespace Engine.Sql.Postgres;

/// <summary>
/// The connection that listens for news and holds the locks of the workers of this process. It is opened when
/// it is first needed; when it breaks, it is opened again and the locks are taken again, in the background.
/// </summary>
/// <remarks>
/// Listening has a connection of its own because Npgsql can miss a notification that comes while another
/// command runs.
/// </remarks>
internal sealed class PostgresPresence : IAsyncDisposable
{
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromSeconds(1);

    private readonly PostgresConnecting _connecting;
    private readonly ConcurrentDictionary<string, Guid> _tokens = new(StringComparer.Ordinal);
    private readonly HashSet<string> _absent = new(StringComparer.Ordinal);   // to be joined again
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly NewsBell _bell = new();
    private readonly Lazy<Task> _listening;
    private NpgsqlConnection? _connection;
    private CancellationTokenSource _interrupt = new();
    private int _interrupting;   // callers that want the connection now
    private int _isNews = 1;   // 1 when something was heard since the last call of WaitAsync

    public PostgresPresence(PostgresConnecting connecting)
    {
        _connecting = connecting;
        _listening = new Lazy<Task>(() => Task.Run(ListenAsync));
    }

    /// <summary>The token of a worker that this process has joined as; nothing when it has not.</summary>
    public Guid? TokenOf(string? worker) =>
        worker is not null && _tokens.TryGetValue(worker, out var token) ? token : null;

    /// <summary>The worker that this process has joined as, where it is one.</summary>
    public string? OnlyWorker => _tokens.Count == 1 ? _tokens.Keys.FirstOrDefault() : null;

    /// <summary>Takes the lock of a worker's name.</summary>
    /// <exception cref="WorkerNameTakenException">A living worker has that name.</exception>
    public async Task<IAsyncDisposable> JoinAsync(string worker, CancellationToken cancellation)
    {
        WorkerName.Require(worker);
        var token = Guid.NewGuid();
        var isJoined = await InterruptAsync(
            async connection =>
            {
                var isTaken = !_tokens.ContainsKey(worker)
                    && await TakeAsync(connection, worker, token, cancellation);
                if (isTaken)
                {
                    _tokens[worker] = token;
                }

                return isTaken;
            },
            cancellation);
        if (!isJoined)
        {
            throw new WorkerNameTakenException(worker);
        }

        _ = _listening.Value;   // from here on the lock is taken again when the connection breaks
        return new Membership(this, worker, token);
    }

    /// <summary>Waits for news since the last call; the first call counts as news.</summary>
    /// <param name="limit">How long at most.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False after the limit.</returns>
    public async Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        if (!_listening.IsValueCreated)
        {
            // What is announced from here on is heard.
            await InterruptAsync(_ => Task.FromResult(true), cancellation);
            _ = _listening.Value;
        }

        var rung = _bell.Next;
        if (Interlocked.Exchange(ref _isNews, 0) == 0)
        {
            await Task.WhenAny(rung, Task.Delay(limit, cancellation));
            cancellation.ThrowIfCancellationRequested();
            return Interlocked.Exchange(ref _isNews, 0) == 1;
        }

        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_listening.IsValueCreated)
        {
            await _listening.Value;
        }

        await _turn.WaitAsync();
        await CloseAsync();
        _turn.Dispose();
        _stop.Dispose();
        _interrupt.Dispose();
    }

    /// <summary>Works on the connection between two waits for notifications.</summary>
    private async Task<T> InterruptAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _interrupting);
        try
        {
            await Volatile.Read(ref _interrupt).CancelAsync();
            await _turn.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _interrupting);
        }

        try
        {
            return await work(await EnsureAsync(cancellation));
        }
        catch (Exception failure) when (PostgresFault.IsOne(failure))
        {
            await CloseAsync();
            throw PostgresFault.Explain(failure, _connecting.Store);
        }
        finally
        {
            Volatile.Write(ref _interrupt, new CancellationTokenSource());
            _turn.Release();
        }
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync();
            }
            catch (OperationCanceledException)
            {
                // Interrupted or stopped: the loop sees which.
            }
            catch (Exception failure) when (PostgresFault.IsOne(failure)
                || failure is StoreUnreachableException or StoreUnusableException)
            {
                Ring();   // what was announced meanwhile is not known
                await Task.WhenAny(Task.Delay(ReconnectPause, _stop.Token));
            }
        }
    }

    private async Task ListenOnceAsync()
    {
        await _turn.WaitAsync(_stop.Token);
        var isWhole = false;
        try
        {
            var connection = await EnsureAsync(_stop.Token);
            isWhole = true;
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, _interrupt.Token);
            if (Volatile.Read(ref _interrupting) > 0)
            {
                return;
            }

            var limit = _absent.Count == 0 ? Timeout.InfiniteTimeSpan : ReconnectPause;
            try
            {
                await connection.WaitAsync(limit, end.Token);
            }
            catch (Exception failure) when (PostgresFault.IsOne(failure))
            {
                isWhole = false;
                throw;
            }
        }
        finally
        {
            if (!isWhole)
            {
                await CloseAsync();
            }

            _turn.Release();
        }
    }

    private async Task<NpgsqlConnection> EnsureAsync(CancellationToken cancellation)
    {
        if (_connection is null)
        {
            _connection = (await _connecting.OpenStoreAsync(cancellation)).Connection;
            _connection.Notification += (_, _) => Ring();
            await using var listen = new NpgsqlCommand("LISTEN sweeps", _connection);
            await listen.ExecuteNonQueryAsync(cancellation);
            _absent.UnionWith(_tokens.Keys);
            Ring();
        }

        foreach (var worker in _absent.ToList())
        {
            // The server may not have noticed yet that the old connection is gone: then once more later.
            if (!_tokens.TryGetValue(worker, out var token)
                || await TakeAsync(_connection, worker, token, cancellation))
            {
                _absent.Remove(worker);
            }
        }

        return _connection;
    }

    private static async Task<bool> TakeAsync(
        NpgsqlConnection connection, string worker, Guid token, CancellationToken cancellation)
    {
        await using var join = new NpgsqlCommand("SELECT sweeps.join_worker($1, $2)", connection);
        join.Parameters.Add(new NpgsqlParameter { Value = worker });
        join.Parameters.Add(new NpgsqlParameter { Value = token });
        return (bool)(await join.ExecuteScalarAsync(cancellation))!;
    }

    private async Task LeaveAsync(string worker, Guid token)
    {
        if (!_tokens.TryRemove(KeyValuePair.Create(worker, token)) || _stop.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await InterruptAsync(
                async connection =>
                {
                    await using var leave = new NpgsqlCommand("SELECT sweeps.leave_worker($1)", connection);
                    leave.Parameters.Add(new NpgsqlParameter { Value = token });
                    return await leave.ExecuteNonQueryAsync();
                },
                CancellationToken.None);
        }
        catch (StoreUnreachableException)
        {
            // The lock went with the connection; those who look wait for the grace.
        }
    }

    private void Ring()
    {
        Interlocked.Exchange(ref _isNews, 1);
        _bell.Raise();
    }

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    private sealed class Membership(PostgresPresence presence, string worker, Guid token) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await presence.LeaveAsync(worker, token);
    }
}
