using System.Collections.Immutable;
using System.Data.Common;
using Akka.Actor;
using Akka.Persistence;
using Engine.Akka.Wire;
using Engine.Sql;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Akka.Coordinator;

/// <summary>
/// One sweep: replays its history, then decides commands in their order, appends what they make and lets the
/// rows of the store follow before it answers.
/// </summary>
/// <remarks>
/// It stops at the first failure, whatever it is, and is begun anew by the next command: a history that another
/// has gone on with, or rows that did not follow, are then seen as they are. Of a history that cannot be read it
/// says so, and leaves.
/// </remarks>
internal sealed class SweepActor : ReceivePersistentActor
{
    private const int QueueLimit = 1_024;   // commands that wait; a sender that hears that asks again
    private const int GroupLimit = 64;   // commands that are decided and appended together
    private const int SnapshotEvery = 500;   // events

    private readonly string _sweep;
    private readonly ISweepIndex _index;
    private readonly bool _isReplayedWhole;
    private readonly Queue<Pending> _waiting = new();
    private SweepState _state = SweepState.Initial;
    private SweepState _followed = SweepState.Initial;   // what the rows say
    private ImmutableArray<(Pending Command, Reply Reply)> _answers = [];
    private bool _isBusy = true;
    private bool _isLeaving;
    private bool _isStale;
    private SweepUnreadableException? _unreadable;
    private long _snapshotAt;

    /// <summary>An actor that has replayed nothing yet.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="index">The rows of the store.</param>
    /// <param name="isReplayedWhole">Whether snapshots are left alone, because the last one is of no use.</param>
    public SweepActor(string sweep, ISweepIndex index, bool isReplayedWhole)
    {
        _sweep = sweep;
        _index = index;
        _isReplayedWhole = isReplayedWhole;
        Recover<StoredEvent>(Fold);
        Recover<SnapshotOffer>(Restore);
        Recover<RecoveryCompleted>(_ => Begin());
        Command<Carry>(carry => Queue(new Pending(carry.Command, Sender)));
        Command<Restored>(_ => Go());
        Command<Looked>(Decide);
        Command<Followed>(_ => Answer());
        Command<Broke>(broke => Break(broke.Failure));
        Command<Leave>(_ => Leave());
        Command<SaveSnapshotSuccess>(saved => DeleteSnapshots(
            new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1)));
        Command<SaveSnapshotFailure>(_ => { });   // the next one may be kept; the history is whole without
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(_ => { });   // an old snapshot takes room and nothing else
    }

    /// <inheritdoc/>
    public override string PersistenceId => $"sweep-{_sweep}";

    /// <inheritdoc/>
    public override Recovery Recovery => _isReplayedWhole
        ? new Recovery(SnapshotSelectionCriteria.None)
        : Recovery.Default;

    /// <inheritdoc/>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Refuse(IsTaken(cause)
            ? $"another coordinator writes the history of {_sweep}"
            : $"the journal did not take an event of {_sweep}: {cause.Message}");

    /// <inheritdoc/>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Refuse($"an event of {_sweep} cannot be stored: {cause.Message}");
        Context.Stop(Self);
    }

    private void Restore(SnapshotOffer offer)
    {
        if (offer.Snapshot is SweepState state)
        {
            _state = state;
            _snapshotAt = state.Version;
            return;
        }

        _isStale = true;   // what follows it cannot be folded
    }

    private void Fold(StoredEvent stored)
    {
        if (_isStale || _unreadable is not null)
        {
            return;
        }

        try
        {
            _state = _index.Fold(_state, _sweep, LastSequenceNr, stored.Json);
        }
        catch (SweepUnreadableException unreadable)
        {
            _unreadable = unreadable;
        }
    }

    private void Begin()
    {
        if (_isStale)
        {
            Context.Parent.Tell(new Stale(_sweep));
            Context.Stop(Self);
            return;
        }

        if (_unreadable is not null)
        {
            _isBusy = false;
            Context.Parent.Tell(new Restored(_sweep, LastSequenceNr));
            Context.Parent.Tell(new Ended(_sweep));
            return;
        }

        if (_state.Version == 0)
        {
            Self.Tell(new Restored(_sweep, 0));
        }
        else
        {
            PipeToSelf(async () =>
            {
                await _index.RestoreAsync(_state, CancellationToken.None);
                return new Restored(_sweep, _state.Version);
            });
        }
    }

    private void Go()
    {
        _followed = _state;
        Context.Parent.Tell(new Restored(_sweep, _state.Version));
        _isBusy = false;
        Next();
    }

    private void Queue(Pending pending)
    {
        if (_unreadable is not null || _waiting.Count >= QueueLimit)
        {
            pending.Sender.Tell(_unreadable is null
                ? new Reply.NotYet($"{QueueLimit} commands wait for {_sweep}")
                : Reply.After(_unreadable));
            return;
        }

        _waiting.Enqueue(pending);
        Next();
    }

    private void Next()
    {
        if (_isBusy || _waiting.Count == 0)
        {
            if (!_isBusy && _isLeaving)
            {
                Context.Stop(Self);
            }

            return;
        }

        _isBusy = true;
        var group = new List<Pending>(GroupLimit);
        while (group.Count < GroupLimit && _waiting.TryDequeue(out var pending))
        {
            group.Add(pending);
        }

        _answers = [.. group.Select(pending => (pending, (Reply)new Reply.NotYet("")))];
        PipeToSelf(async () =>
        {
            var moments = ImmutableArray.CreateBuilder<StoreMoment>(group.Count);
            foreach (var pending in group)
            {
                moments.Add(await _index.LookAsync(pending.Command, CancellationToken.None));
            }

            return new Looked(moments.ToImmutable());
        });
    }

    private void Decide(Looked looked)
    {
        var next = _state;
        var events = new List<SweepEvent>();
        _answers =
        [
            .. _answers.Zip(looked.Moments, (answer, moment) =>
            {
                // A submission has the time at which it was named; the sweep's row has it too.
                var command = answer.Command.Command;
                var now = command is SweepCommand.Submit ? command.At : moment.Now;
                (var decision, next) = Deciding.Decide(next, command, now, (_, _) => moment.HasBatches);
                events.AddRange(decision is Decision.Accepted { IsRepeat: false } accepted ? accepted.Events : []);
                return (answer.Command, ReplyTo(decision));
            }),
        ];
        if (events.Count == 0)
        {
            Answer();
            return;
        }

        var left = events.Count;
        PersistAll(events, happened =>
        {
            _state = Sweep.Evolve(_state, happened);
            left--;
            if (left == 0)
            {
                Follow();
            }
        });
    }

    private void Follow()
    {
        var (before, after) = (_followed, _state);
        _followed = after;
        PipeToSelf(async () =>
        {
            await _index.FollowAsync(_sweep, before, after, CancellationToken.None);
            return new Followed();
        });
        if (after.Version - _snapshotAt >= SnapshotEvery)
        {
            _snapshotAt = after.Version;
            SaveSnapshot(after);
        }
    }

    private void Answer()
    {
        foreach (var (pending, reply) in _answers)
        {
            pending.Sender.Tell(reply);
        }

        _answers = [];
        _isBusy = false;
        if ((_state.IsEnded || _state.Version == 0) && _waiting.Count == 0)
        {
            Context.Parent.Tell(new Ended(_sweep));
        }

        Next();
    }

    private void Leave()
    {
        _isLeaving = true;
        Next();
    }

    private void Break(Exception failure)
    {
        Refuse(Reply.After(failure));
        Context.Stop(Self);
    }

    private void Refuse(string why) => Refuse(new Reply.Silent(why));

    private void Refuse(Reply reply)
    {
        foreach (var pending in _answers.Select(answer => answer.Command).Concat(_waiting))
        {
            pending.Sender.Tell(reply);
        }

        _answers = [];
        _waiting.Clear();
    }

    private void PipeToSelf(Func<Task<object>> work) =>
        _ = work().PipeTo(Self, failure: failure => new Broke(failure));

    private static Reply ReplyTo(Decision decision) => decision switch
    {
        Decision.Accepted accepted => new Reply.Accepted(accepted.IsRepeat),
        Decision.Rejected rejected => new Reply.Rejected(rejected.Reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Whether a database refused a row because one of that number is there.</summary>
    private static bool IsTaken(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException { SqlState: "23505" }
                or Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 19 })
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Pending(SweepCommand Command, IActorRef Sender);

    private sealed record Looked(ImmutableArray<StoreMoment> Moments) : ILocal;

    private sealed record Followed : ILocal;

    private sealed record Broke(Exception Failure) : ILocal;
}
