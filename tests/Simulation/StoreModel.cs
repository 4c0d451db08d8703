using System.Collections.Immutable;
using Shared.Engine;
using Shared.Search;
using Shared.Sweeps;
using Tests.Contracts;

namespace Tests.Simulation;

/// <summary>
/// An engine in memory: what a store promises, over the real aggregate. Every call is one transaction, and
/// the store's clock is the one that counts.
/// </summary>
internal sealed class StoreModel
{
    public const string Sweep = "s";
    public const string Program = "program";
    public const int Retries = 1;

    private static readonly Configuration OnlyOne = Configuration.Of([], []);

    private readonly Agenda _agenda;
    private readonly Tally _tally;
    private readonly Bug _bug;
    private readonly ParentModel? _parent;
    private readonly StoreSetup _setup;
    private readonly Dictionary<AttemptId, DateTimeOffset> _leases = [];
    private readonly Dictionary<AttemptId, AttemptPlace> _places = [];
    private readonly HashSet<string> _living = new(StringComparer.Ordinal);
    private readonly List<string> _lines = [];

    public StoreModel(Agenda agenda, StoreSetup setup, Tally tally, Bug bug)
    {
        (_agenda, _tally, _bug, _setup) = (agenda, tally, bug, setup);
        _parent = setup.HasParent
            ? new ParentModel(agenda, tally, PlanOf(TrialsOf(1, ParentModel.Trials)))
            : null;
        Work = new StoredWork(agenda, tally, bug);
        Send(new SweepCommand.ResumeSweep(new CommandId(agenda.DrawId()), agenda.Now));   // of no sweep yet
        var submit = new SweepCommand.Submit(
            new CommandId(agenda.DrawId()), agenda.Now, Sweep, PlanOf(setup), Program);
        Send(submit);
        Send(submit with { Id = new CommandId(agenda.DrawId()) });   // somebody else's
    }

    /// <summary>Beat 2 s, lease 12 s, cut-off limit 60 s.</summary>
    public static LeaseTimes Times { get; } =
        new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(60));

    /// <summary>The sweep as the aggregate sees it.</summary>
    public SweepState State { get; private set; } = SweepState.Initial;

    /// <summary>The sweep as the checks see it.</summary>
    public History History { get; } = new();

    /// <summary>What attempts left beside events.</summary>
    public StoredWork Work { get; }

    /// <summary>Told of every event after it is stored.</summary>
    public Action<SweepEvent> Happened { get; set; } = _ => { };

    /// <summary>A worker shows that it lives.</summary>
    public void Join(string worker) => _living.Add(worker);

    /// <summary>A worker's lock is free.</summary>
    public void Leave(string worker) => _living.Remove(worker);

    /// <summary>Where an attempt was claimed for.</summary>
    public AttemptPlace PlaceOf(AttemptId attempt) => _places[attempt];

    /// <summary>How many slots of one device a trial takes.</summary>
    public int Width => _setup.Width;

    /// <summary>An addition of so many trials to what is there.</summary>
    public SweepAddition AdditionOf(int first, int count) => new("{}", [], [], Follow(TrialsOf(first, count)));

    /// <summary>Somebody came across something.</summary>
    public void See(Sight sight) => _tally.Add(sight);

    /// <summary>The store starts again and knows what it had committed.</summary>
    public void Restart()
    {
        Work.Restart();
        State = Replayed();
    }

    /// <summary>Whether what a replay of the stored history gives is what was lived.</summary>
    public bool ReplayEqualsLive() => StateJson.Of(Replayed()) == StateJson.Of(State);

    /// <summary>Decides a command at the store's time and appends its events.</summary>
    public Decision Send(SweepCommand command)
    {
        var (decision, _) = Deciding.Decide(State, command, _agenda.Now, Work.HasAll);
        if (_bug is Bug.AcceptStaleFinish)
        {
            decision = AcceptStale(command, decision);
        }

        switch (decision)
        {
            case Decision.Accepted { IsRepeat: true }:
                _tally.Add(Sight.CommandRepeated);
                break;
            case Decision.Accepted accepted:
                Append(accepted.Events);
                break;
            case Decision.Rejected rejected:
                _tally.Add($"rejection {rejected.Reason}");
                break;
        }

        return decision;
    }

    /// <summary>
    /// Sends a command that speaks for an attempt; one that does not run must change nothing.
    /// </summary>
    public Decision SendFor(AttemptId attempt, SweepCommand command)
    {
        var isStale = !History.Runs(attempt) && !State.Answers.ContainsKey(command.Id);
        var version = State.Version;
        var decision = Send(command);
        if (isStale)
        {
            _tally.Add(Sight.CommandOfStaleAttempt);
            if (State.Version != version
                || decision is not Decision.Rejected { Reason: Rejection.StaleAttempt })
            {
                throw new InvalidOperationException($"a stale {command} was answered by {decision}");
            }
        }

        return decision;
    }

    /// <summary>Extends the leases of attempts.</summary>
    /// <returns>The attempts that hold none.</returns>
    public ImmutableArray<AttemptId> Renew(ImmutableArray<AttemptId> attempts)
    {
        var refused = _bug is Bug.RenewAfterLoss
            ? []
            : attempts.Where(a => !_leases.ContainsKey(a)).ToImmutableArray();
        foreach (var attempt in attempts.Except(refused))
        {
            _leases[attempt] = _agenda.Now + Times.Lease;
        }

        if (!refused.IsEmpty)
        {
            _tally.Add(Sight.RenewalRefused);
        }

        CheckAgreement("a renewal");
        return refused;
    }

    /// <summary>Carries out what falls due: losses, and what follows from parents.</summary>
    public void Look(bool expiredToo)
    {
        foreach (var (attempt, end) in _leases.OrderBy(l => l.Key.Trial).ToList())
        {
            var isGone = !_living.Contains(_places[attempt].Worker);
            if (isGone || (expiredToo && end < _agenda.Now))
            {
                _tally.Add(isGone ? Sight.AttemptLost : Sight.AttemptLostByExpiry);
                var id = new CommandId(_agenda.DrawId());
                Send(new SweepCommand.LoseAttempt(id, _agenda.Now, attempt, "its worker is gone", ""));
            }
        }

        foreach (var command in _parent?.CommandsFor(State, _bug is Bug.StartBeforeParent) ?? [])
        {
            Send(command);
            Send(command with { Id = new CommandId(_agenda.DrawId()) });   // another worker saw it too
        }
    }

    private static SweepPlan PlanOf(ImmutableArray<PlannedTrial> trials) => new(
        "{}", "Does it hold?", "toy", null, 1, Retries, new MetricGoal("m0", Goal.Minimize), [], [],
        [OnlyOne], trials);

    private SweepPlan PlanOf(StoreSetup setup)
    {
        var plan = PlanOf(TrialsOf(1, setup.Trials)) with
        {
            From = setup.HasParent ? ParentModel.From : null,
            Requirements = setup.Requirements,
            Resources = setup.Width > 1 ? new SweepResources(setup.Width) : null,
        };
        return plan with { Trials = Follow(plan.Trials) };
    }

    private ImmutableArray<PlannedTrial> Follow(ImmutableArray<PlannedTrial> trials) =>
        _parent is null ? trials : _parent.Paired(trials);

    private static ImmutableArray<PlannedTrial> TrialsOf(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(n => new PlannedTrial(n, OnlyOne.Id, n))];

    private SweepState Replayed() =>
        global::Shared.Sweeps.Sweep.Fold(_lines.Select(SweepEventJson.Read));

    private static Decision AcceptStale(SweepCommand command, Decision decision) =>
        decision is Decision.Rejected { Reason: Rejection.StaleAttempt }
            && command is SweepCommand.FinishAttempt { Outcome: AttemptOutcome.Completed } f
            ? new Decision.Accepted(
                [
                    new SweepEvent.AttemptFinished(f.Id, f.At, f.Attempt, f.Outcome, "", "", f.LastBatch),
                    new SweepEvent.TrialEnded(f.Id, f.At, f.Attempt.Trial, Outcome.Completed),
                ],
                IsRepeat: false)
            : decision;

    private void Append(ImmutableArray<SweepEvent> events)
    {
        foreach (var decided in events)
        {
            var happened = _bug is Bug.ReuseAttemptNumber ? Renumbered(decided) : decided;
            History.Add(happened);
            _lines.Add(SweepEventJson.Write(happened));
            State = global::Shared.Sweeps.Sweep.Evolve(State, happened);
            Count(happened);
            FollowWithLeases(happened);
            if (_bug is Bug.ForgetRetry && happened is SweepEvent.TrialRetryPlanned planned)
            {
                var forgotten = State.Trial(planned.Trial) with { NotBefore = DateTimeOffset.MaxValue };
                State = State with { Trials = State.Trials.SetItem(planned.Trial - 1, forgotten) };
            }

            Happened(happened);
        }

        CheckAgreement($"{events[^1]}");
    }

    private void Count(SweepEvent happened)
    {
        _tally.Add($"event {happened.GetType().Name}");
        if (happened is SweepEvent.TrialEnded { Cause: { } cause })
        {
            _tally.Add(cause switch
            {
                _ when cause.Contains("were lost", StringComparison.Ordinal) => Sight.TrialLostTooOften,
                _ when cause.Contains("first update", StringComparison.Ordinal) => Sight.TrialStartedNowhere,
                _ => Sight.ParentEndedWithout,
            });
        }
    }

    private static SweepEvent Renumbered(SweepEvent happened) =>
        happened is SweepEvent.AttemptStarted { Attempt: { Number: > 1 } attempt } started
            ? started with { Attempt = attempt with { Number = attempt.Number - 1 } }
            : happened;

    private void CheckAgreement(string after)
    {
        var running = History.Running;
        if (State.Version != History.Events.Count
            || State.Running.Count != running.Count || !running.All(a => State.Running[a.Trial] == a)
            || _leases.Count != running.Count || !running.All(_leases.ContainsKey))
        {
            throw new InvalidOperationException($"state, leases and events do not agree after {after}");
        }

        var ended = State.Trials.Count(t => t.Outcome is not null);
        if (State.Waiting.Count + State.Blocked.Count + State.Running.Count + ended != State.Trials.Length
            || (State.Plan is not null && State.IsEnded != (ended == State.Trials.Length)))
        {
            throw new InvalidOperationException($"a trial is in two places or in none after {after}");
        }
    }

    private void FollowWithLeases(SweepEvent happened)
    {
        switch (happened)
        {
            case SweepEvent.AttemptStarted started:
                _leases[started.Attempt] = _agenda.Now + Times.Lease;
                _places[started.Attempt] = started.Place;
                CheckParent(started);
                CheckResumption(started);
                break;
            case SweepEvent.AttemptFinished finished:
                _leases.Remove(finished.Attempt);
                break;
            case SweepEvent.AttemptLost lost:
                _leases.Remove(lost.Attempt);
                break;
            case SweepEvent.AttemptHandedBack back:
                _leases.Remove(back.Attempt);
                break;
            case SweepEvent.AttemptCancelled cancelled:
                _leases.Remove(cancelled.Attempt);
                break;
        }
    }

    /// <summary>A trial that follows another begins with what the last attempt of that one left.</summary>
    private void CheckParent(SweepEvent.AttemptStarted started)
    {
        if (_parent is not null && !_parent.IsLeft(State.Trial(started.Attempt.Trial).Parent))
        {
            throw new InvalidOperationException(
                $"{started.Attempt} starts before its parent's artifact is committed");
        }
    }

    /// <summary>What an attempt goes on from is stored, and every point before it.</summary>
    private void CheckResumption(SweepEvent.AttemptStarted started)
    {
        if (started.From is not { } from)
        {
            return;
        }

        var trial = State.Trial(started.Attempt.Trial);
        var maker = trial.Attempts[from.Attempt.Number - 1];
        _tally.Add(
            maker.Environment.Device == started.Environment.Device
                ? Sight.AttemptResumed
                : Sight.AttemptResumedElsewhere);
        var before = Work.CurveOf(trial, from.Attempt).TakeWhile(point => point.Step <= from.Update);
        if (!Work.Has(from) || !before.SequenceEqual(TrialModel.Of(trial.Number).PointsUpTo(from.Update)))
        {
            throw new InvalidOperationException($"{started.Attempt} cannot go on from update {from.Update}");
        }
    }
}

/// <summary>What a simulated sweep is like.</summary>
internal sealed record StoreSetup(int Trials, bool HasParent, Requirements? Requirements, int Width);
