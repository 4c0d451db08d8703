using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Engine.Akka.Wire;
using Engine.Sql;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Akka.Coordinator;

/// <summary>
/// The one coordinator of a cluster: names sweeps, hands commands to the actor of their sweep, and keeps leases.
/// It answers nothing before the history of every unfinished sweep is replayed.
/// </summary>
internal sealed class CoordinatorActor : ReceiveActor, IWithTimers
{
    private const int HeldLimit = 1_024;   // commands for a sweep whose actor stops
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DecideLimit = TimeSpan.FromSeconds(10);

    private readonly IStore _store;
    private readonly ISweepIndex _index;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _since;
    private readonly ParcelShelf _shelf = new();
    private readonly Dictionary<string, Child> _children = new(StringComparer.Ordinal);
    private readonly HashSet<string> _whole = new(StringComparer.Ordinal);   // snapshots of no use
    private readonly HashSet<string> _starting = new(StringComparer.Ordinal);
    private bool _isListed;
    private Task _leaseWork = Task.CompletedTask;

    /// <summary>A coordinator that knows nothing yet.</summary>
    /// <param name="store">The store; this actor disposes of nothing.</param>
    /// <param name="index">The rows of the store.</param>
    /// <param name="time">The node's clock.</param>
    public CoordinatorActor(IStore store, ISweepIndex index, TimeProvider time)
    {
        _store = store;
        _index = index;
        _time = time;
        _since = time.GetUtcNow();
        Receive<Parcel>(Take);
        Receive<Listed>(Begin);
        Receive<Unlisted>(_ => Timers.StartSingleTimer(nameof(Look), new Look(), RestartPause));
        Receive<Look>(_ => List());
        Receive<Again>(again => ChildOf(again.Sweep));
        Receive<Order>(order => Deliver(order.Sweep, order.Command, Sender));
        Receive<Restored>(Note);
        Receive<Ended>(ended => Release(ended.Sweep));
        Receive<Stale>(stale => _whole.Add(stale.Sweep));
        Receive<Gone>(gone => Bury(gone.Sweep));
        List();
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void List() => _ = _store.ListAsync(CancellationToken.None).PipeTo(
        Self,
        success: listed => new Listed(
            [.. listed.Where(s => !s.IsCompleted && !s.IsCancelled).Select(s => s.Name)]),
        failure: _ => new Unlisted());

    private void Begin(Listed listed)
    {
        _starting.UnionWith(listed.Unfinished);
        foreach (var sweep in listed.Unfinished)
        {
            ChildOf(sweep);
        }

        _isListed = true;
    }

    private void Note(Restored restored)
    {
        if (_starting.Remove(restored.Sweep) && restored.Version == 0)
        {
            // Its coordinator ended between the row and the first event; nobody was told of it.
            _ = _index.ForgetAsync(restored.Sweep, CancellationToken.None);   // else the next coordinator does
            Release(restored.Sweep);
        }
    }

    private void Take(Parcel parcel)
    {
        if (!_isListed || _starting.Count > 0)
        {
            Sender.Tell(new Reply.NotYet("the coordinator replays its histories"));
            return;
        }

        var (request, reply) = _shelf.Take(parcel);
        if (reply is not null)
        {
            Sender.Tell(reply);
            return;
        }

        var self = Self;   // Self is only there while a message is handled
        switch (request)
        {
            case Request.Send send:
                Deliver(send.Sweep, send.Command, Sender);
                break;
            case Request.Submit submit:
                Answer(() => SubmitAsync(submit.Submission, self));
                break;
            case Request.Renew renew:
                AnswerInTurn(() => RenewAsync(renew));
                break;
            case Request.Lose lose:
                AnswerInTurn(() => LoseAsync(lose, self));
                break;
            case Request.Describe:
                Sender.Tell(new Reply.Description(View()));
                break;
        }
    }

    private async Task<Reply> SubmitAsync(Submission submission, IActorRef self)
    {
        var (reply, now) = await _index.NameAsync(submission, CancellationToken.None);
        if (reply is SubmitReply.Unfinished unfinished)
        {
            return new Reply.Blocked(unfinished.Sweep, unfinished.ChangedKeys);
        }

        var name = ((SubmitReply.Submitted)reply).Sweep;
        var begun = await self.Ask<Reply>(new Order(name, submission.Command(name, now)), DecideLimit);
        return begun is Reply.Accepted ? new Reply.Named(name) : begun;
    }

    private async Task<Reply> RenewAsync(Request.Renew renew) =>
        new Reply.Attempts(await _store.RenewAsync(renew.Attempts, CancellationToken.None));

    private async Task<Reply> LoseAsync(Request.Lose lose, IActorRef self)
    {
        var abandoned = await _index.AbandonedAsync(lose.Sweep, lose.ExpiredToo, CancellationToken.None);
        var lost = ImmutableArray.CreateBuilder<AttemptId>();
        foreach (var (attempt, reason) in abandoned)
        {
            var command = new SweepCommand.LoseAttempt(
                new CommandId(Guid.NewGuid()), At: default, attempt, reason, LogTail: "");
            switch (await self.Ask<Reply>(new Order(attempt.Sweep, command), DecideLimit))
            {
                case Reply.Accepted:
                    lost.Add(attempt);
                    break;
                case Reply.Unreadable unreadable when lose.Sweep is not null:
                    return unreadable;   // among all sweeps it costs that one and no other
            }
        }

        return new Reply.Attempts(lost.ToImmutable());
    }

    /// <summary>Renewals and losses take turns, so that no lease is lost that was just renewed.</summary>
    private void AnswerInTurn(Func<Task<Reply>> work)
    {
        var before = _leaseWork;
        var answer = GoAsync();
        _leaseWork = answer;
        _ = answer.PipeTo(Sender);

        async Task<Reply> GoAsync()
        {
            await before;
            return await Guarded(work);
        }
    }

    private void Answer(Func<Task<Reply>> work) => _ = Guarded(work).PipeTo(Sender);

    private static async Task<Reply> Guarded(Func<Task<Reply>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure)
            when (failure is StoreUnusableException or StoreUnreachableException or AskTimeoutException)
        {
            return Reply.After(failure);
        }
    }

    private ClusterView View()
    {
        var cluster = Cluster.Get(Context.System);
        return new ClusterView(
            cluster.SelfAddress.ToString(),
            _since,
            [
                .. cluster.State.Members.Order(Member.AgeOrdering).Select(member => new MemberView(
                    member.Address.ToString(),
                    [.. member.Roles.Order(StringComparer.Ordinal)],
                    member.Status.ToString().ToLowerInvariant(),
                    !cluster.State.Unreachable.Contains(member))),
            ],
            [.. _children.Keys.Order(StringComparer.Ordinal)]);
    }

    private void Deliver(string sweep, SweepCommand command, IActorRef sender)
    {
        var child = ChildOf(sweep);
        if (child.Held is null)
        {
            child.Actor.Tell(new Carry(command), sender);
        }
        else if (child.Held.Count < HeldLimit)
        {
            child.Held.Enqueue((command, sender));
        }
        else
        {
            sender.Tell(new Reply.NotYet($"{HeldLimit} commands wait for {sweep}"));
        }
    }

    private Child ChildOf(string sweep)
    {
        if (_children.TryGetValue(sweep, out var child))
        {
            return child;
        }

        var (index, isWhole) = (_index, _whole.Contains(sweep));
        var actor = Context.ActorOf(Props.Create(() => new SweepActor(sweep, index, isWhole)));
        Context.WatchWith(actor, new Gone(sweep));
        return _children[sweep] = new Child(actor);
    }

    /// <summary>Lets an actor go; what comes for its sweep meanwhile waits for the next one.</summary>
    private void Release(string sweep)
    {
        if (_children.TryGetValue(sweep, out var child) && child.Held is null)
        {
            child.Held = new Queue<(SweepCommand Command, IActorRef Sender)>();
            child.Actor.Tell(new Leave());
        }
    }

    private void Bury(string sweep)
    {
        _children.Remove(sweep, out var child);
        if (_starting.Contains(sweep))
        {
            Timers.StartSingleTimer(sweep, new Again(sweep), RestartPause);   // nobody is answered before
        }

        foreach (var (command, sender) in child?.Held ?? [])
        {
            Deliver(sweep, command, sender);
        }
    }

    private sealed class Child(IActorRef actor)
    {
        public IActorRef Actor => actor;

        /// <summary>What came while it stops; nothing while it does not.</summary>
        public Queue<(SweepCommand Command, IActorRef Sender)>? Held { get; set; }
    }

    private sealed record Look : ILocal;

    private sealed record Listed(ImmutableArray<string> Unfinished) : ILocal;

    private sealed record Unlisted : ILocal;

    private sealed record Again(string Sweep) : ILocal;

    private sealed record Order(string Sweep, SweepCommand Command) : ILocal;

    private sealed record Gone(string Sweep) : ILocal;
}
