using System.Collections.Immutable;
using System.Diagnostics;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>
/// What one transaction knows and does. Its states are seen by others only after <see cref="Publish"/>, so
/// that a transaction that is rolled back leaves nothing behind.
/// </summary>
internal sealed class StoreTransaction(SqliteSession session, StoreContext store)
{
    private ImmutableDictionary<string, SweepState> _states = ImmutableDictionary<string, SweepState>.Empty;

    /// <summary>The connection, in its transaction.</summary>
    public SqliteSession Session => session;

    /// <summary>What every transaction of the store shares.</summary>
    public StoreContext Store => store;

    /// <summary>The store's time.</summary>
    public DateTimeOffset Now => store.Time.GetUtcNow();

    /// <summary>Whether it holds a change that others may wait for.</summary>
    public bool IsNews { get; private set; }

    /// <summary>The state of a sweep now; the initial one when there is none of that name.</summary>
    public SweepState Read(string sweep)
    {
        if (_states.TryGetValue(sweep, out var read))
        {
            return read;   // nobody else can have changed it since
        }

        var state = EventTable.CatchUp(session, sweep, store.Cache.Known(sweep), store.Path);
        if (state is null)
        {
            // The file was replaced by an older copy: what this process remembers is not its history.
            store.Cache.Forget(sweep);
            state = EventTable.CatchUp(session, sweep, SweepState.Initial, store.Path)!;
        }

        _states = _states.SetItem(sweep, state);
        return state;
    }

    /// <summary>
    /// Decides a command and appends what it makes; lease rows and the sweep's row follow the events.
    /// </summary>
    public Decision Decide(string sweep, SweepCommand command)
    {
        var state = Read(sweep);
        var (decision, next) = Deciding.Decide(
            state, command, Now, (attempt, last) => MetricTable.HasAll(session, attempt, last));
        if (decision is Decision.Accepted { IsRepeat: false } accepted)
        {
            Append(sweep, state, next, accepted.Events);
        }

        return decision;
    }

    /// <summary>Submits a sweep under a name that is free.</summary>
    /// <param name="baseName">Name as the sweep file gives it.</param>
    /// <param name="submit">The command, with the name that is free.</param>
    public void Submit(string baseName, SweepCommand.Submit submit)
    {
        var state = Read(submit.Name);
        if (Sweep.Decide(state, submit) is not Decision.Accepted accepted)
        {
            throw new UnreachableException($"the name {submit.Name} was found free");
        }

        SweepTable.Add(session, baseName, submit);
        Append(submit.Name, state, accepted.Events.Aggregate(state, Sweep.Evolve), accepted.Events);
    }

    /// <summary>
    /// Runs one of several pieces of work; when it fails, the others are as if it had never begun.
    /// </summary>
    public void RunApart(Action<StoreTransaction> work)
    {
        var before = _states;
        session.Execute("SAVEPOINT apart");
        var isDone = false;
        try
        {
            work(this);
            isDone = true;
        }
        finally
        {
            End(isDone, before);
        }
    }

    /// <summary>Shows the states to later transactions; only once this one is committed.</summary>
    public void Publish()
    {
        foreach (var state in _states.Values.Where(s => s.Version > 0))
        {
            store.Cache.Remember(state);
        }

        if (IsNews)
        {
            store.News.Raise();
        }
    }

    private void End(bool isDone, ImmutableDictionary<string, SweepState> before)
    {
        if (!isDone)
        {
            _states = before;
            if (!session.IsInTransaction)
            {
                return;   // SQLite has rolled everything back by itself
            }

            session.Execute("ROLLBACK TO apart");
        }

        session.Execute("RELEASE apart");
    }

    private void Append(
        string sweep, SweepState state, SweepState next, ImmutableArray<SweepEvent> events)
    {
        EventTable.Append(session, sweep, state.Version, events, Now);
        Follow(sweep, state, next);
        _states = _states.SetItem(sweep, next);
    }

    /// <summary>Lets the rows of a sweep follow a change of its state.</summary>
    public void Follow(string sweep, SweepState state, SweepState next)
    {
        var leases = LeaseChanges.Between(state, next);
        foreach (var attempt in leases.Taken)
        {
            LeaseTable.Remove(session, attempt);
        }

        foreach (var attempt in leases.Given)
        {
            var worker = attempt.Place.Worker;
            LeaseTable.Add(
                session, new Lease(attempt.Id, worker, store.Workers.SessionOf(worker), store.LeaseEnd(), Now));
        }

        if (SweepRow.Of(next) is var row && row != SweepRow.Of(state))
        {
            SweepTable.Update(session, sweep, row);
        }

        if (News.IsMade(state, next))
        {
            SqliteSchema.Announce(session);
            IsNews = true;
        }
    }
}

/// <summary>What every transaction of one open store shares.</summary>
/// <param name="Path">The database file, absolute.</param>
/// <param name="Engine">The engine that the store belongs to.</param>
/// <param name="Time">The clock.</param>
/// <param name="LeaseTimes">Lease times of the store.</param>
/// <param name="Cache">States of committed events.</param>
/// <param name="Workers">The workers' lock files.</param>
/// <param name="News">Wakes those of this process who wait for a change.</param>
internal sealed record StoreContext(
    string Path,
    StoreEngine Engine,
    TimeProvider Time,
    LeaseTimes LeaseTimes,
    StateCache Cache,
    WorkerLocks Workers,
    NewsBell News)
{
    /// <summary>When a lease ends that is given or renewed now.</summary>
    public DateTimeOffset LeaseEnd() => Time.GetUtcNow() + LeaseTimes.Lease;
}
