using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using Shared.Engine;

namespace Engine.Sql;

/// <summary>
/// The lock files of the workers of a store, in a folder beside it. A lock holds its process id and a session
/// id that is new each time a worker joins, so that a lease of a worker's earlier life is told from one of
/// its present life.
/// </summary>
internal sealed class WorkerLocks(string storePath)
{
    private const string Extension = ".lock";

    private readonly string _folder = storePath + ".workers";
    private readonly ConcurrentDictionary<string, string> _sessions = new(StringComparer.Ordinal);

    /// <summary>Takes the lock of a worker's name.</summary>
    /// <exception cref="WorkerNameTakenException">Another holds it.</exception>
    /// <exception cref="StoreUnusableException">The lock file cannot be written.</exception>
    public IAsyncDisposable Join(string worker)
    {
        var session = Guid.NewGuid().ToString("N");
        var held = Take(worker, session) ?? throw new WorkerNameTakenException(worker);
        _sessions[worker] = session;
        return new Membership(this, worker, session, held);
    }

    /// <summary>The session in which a worker that lives has joined, here or elsewhere; empty without one.</summary>
    public string SessionOf(string worker) => _sessions.TryGetValue(worker, out var session)
        ? session
        : FileLock.ContentIfHeld(FileOf(worker))?.Split('\n') is [_, var elsewhere, ..] ? elsewhere : "";

    /// <summary>Why a lease's worker is known to be gone, or nothing when it may live.</summary>
    /// <param name="worker">Name of the worker.</param>
    /// <param name="session">The session in which it claimed; empty when it claimed without one.</param>
    public string? WhyGone(string worker, string session)
    {
        var content = FileLock.ContentIfHeld(FileOf(worker));
        if (content is null)
        {
            return $"worker {worker} is gone (its lock is free)";
        }

        // The worker of this lease held the lock; whoever holds it with another session came after it.
        var holds = session.Length == 0 || content.Contains(session, StringComparison.Ordinal);
        return holds ? null : $"worker {worker} is gone (another process has its name now)";
    }

    /// <summary>Names of the workers whose locks are held, in ordinal order.</summary>
    public ImmutableArray<string> Living()
    {
        if (!Directory.Exists(_folder))
        {
            return [];
        }

        return
        [
            .. Directory.EnumerateFiles(_folder, "*" + Extension)
                .Where(file => FileLock.ContentIfHeld(file) is not null)
                .Select(file => Uri.UnescapeDataString(Path.GetFileNameWithoutExtension(file)))
                .Order(StringComparer.Ordinal),
        ];
    }

    private FileLock? Take(string worker, string session)
    {
        try
        {
            Directory.CreateDirectory(_folder);
            return FileLock.TryTake(
                FileOf(worker),
                string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n{session}\n"));
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new StoreUnusableException(
                $"worker {worker} cannot lock a file in {_folder}: {failure.Message}");
        }
    }

    // The file stays when its lock is free: to delete it would let two processes lock two files of one name.
    private string FileOf(string worker) => Path.Combine(_folder, Uri.EscapeDataString(worker) + Extension);

    private sealed class Membership(WorkerLocks locks, string worker, string session, FileLock held)
        : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            locks._sessions.TryRemove(KeyValuePair.Create(worker, session));
            held.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
