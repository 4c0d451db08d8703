using System.Collections.Immutable;
using System.Diagnostics;
using Shared.Engine;
using Shared.Execution;
using Shared.Metrics;
using Shared.Search;
using Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>
/// An engine in memory: what a store promises, over the real aggregate. Every call is one transaction.
/// </summary>
internal sealed class StoreModel
{
    public const string Sweep = "s";
    public const string Program = "program";

    private readonly Agenda _agenda;
    private readonly Action<Sight> _saw;
    private readonly Dictionary<AttemptId, DateTimeOffset> _leases = [];
    private readonly Dictionary<AttemptId, AttemptPlace> _places = [];
    private readonly Dictionary<(AttemptId Attempt, int Number), ImmutableArray<MetricPoint>> _batches = [];
    private readonly HashSet<AttemptId> _pictures = [];
    private readonly HashSet<string> _living = new(StringComparer.Ordinal);

    public StoreModel(Agenda agenda, int trials, int retries, Action<Sight> saw)
    {
        _agenda = agenda;
        _saw = saw;
        var plan = new SweepPlan(
            "{}", "Does it hold?", "toy", null, 1, retries, new MetricGoal("m0", Goal.Minimize), [], [],
            ImmutableArray<Configuration>.Empty,
            [.. Enumerable.Range(1, trials).Select(n => new PlannedTrial(n, "00000000", n))]);
        Send(new SweepCommand.Submit(new CommandId(agenda.DrawId()), agenda.Now, Sweep, plan, Program));
    }

    /// <summary>Beat 2 s, lease 12 s, cut-off limit 60 s.</summary>
    public static LeaseTimes Times { get; } =
        new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(60));

    /// <summary>The sweep as the aggregate sees it.</summary>
    public SweepState State { get; private set; } = SweepState.Initial;

    /// <summary>The sweep as the checks see it.</summary>
    public History History { get; } = new();

    /// <summary>A worker shows that it lives.</summary>
    public void Join(string worker) => _living.Add(worker);

    /// <summary>A worker's lock is free.</summary>
    public void Leave(string worker) => _living.Remove(worker);

    /// <summary>Where an attempt was claimed for.</summary>
    public AttemptPlace PlaceOf(AttemptId attempt) => _places[attempt];

    /// <summary>
    /// The stored points of an attempt, and whether its batches 1 to the last are all there.
    /// </summary>
    public IEnumerable<MetricPoint> PointsOf(AttemptId attempt, int lastBatch) =>
        Enumerable.Range(1, lastBatch).SelectMany(number => _batches[(attempt, number)]);

    /// <summary>Whether an attempt's picture is stored.</summary>
    public bool HasPicture(AttemptId attempt) => _pictures.Contains(attempt);

    /// <summary>Carries out a worker's action and gives the answer.</summary>
    public WorkerInput? CarryOut(WorkerAction action, CommandId id)
    {
        switch (action)
        {
            case WorkerAction.Claim claim:
                return Claim(claim, id);
            case WorkerAction.StoreBatch store:
                StoreBatch(store.Batch);
                return null;
            case WorkerAction.StoreArtifact store:
                _pictures.Add(store.Artifact.Attempt);
                return null;
            case WorkerAction.Finish { End: var end } finish:
                SendFor(end.Attempt, new SweepCommand.FinishAttempt(
                    id, _agenda.Now, end.Attempt, end.Outcome, end.Reason, finish.LogTail, end.LastBatch));
                return null;
            case WorkerAction.Lose lose:
                SendFor(lose.Attempt, new SweepCommand.LoseAttempt(
                    id, _agenda.Now, lose.Attempt, lose.Reason, lose.LogTail));
                return null;
            case WorkerAction.HandBack back:
                SendFor(back.Attempt, new SweepCommand.HandBackAttempt(id, _agenda.Now, back.Attempt));
                return null;
            case WorkerAction.Renew renew:
                return new WorkerInput.Renewed(_agenda.Now, Renew(renew.Attempts));
            case WorkerAction.Look look:
                LoseAbandoned(look.ExpiredToo);
                return new WorkerInput.Looked([.. look.Held.Where(a => !History.Runs(a))], []);
            default:
                throw new UnreachableException($"action {action.GetType().Name}");
        }
    }

    private WorkerInput Claim(WorkerAction.Claim claim, CommandId id)
    {
        switch (Send(new SweepCommand.ClaimTrials(
            id, _agenda.Now, claim.Places, claim.Environment, Offer: null)))
        {
            case Decision.Accepted { Events: var events }:
                return new WorkerInput.ClaimAnswered(
                    SlotsOf(claim), [.. events.OfType<SweepEvent.AttemptStarted>().Select(GrantOf)]);
            case Decision.Rejected:
                return State.IsCompleted
                    ? new WorkerInput.SweepOver()
                    : new WorkerInput.ClaimAnswered(SlotsOf(claim), []);
            case var other:
                throw new UnreachableException($"a claim was answered by {other}");
        }
    }

    private static ImmutableArray<int> SlotsOf(WorkerAction.Claim claim) =>
        [.. claim.Places.Select(place => place.Slot)];

    private Grant GrantOf(SweepEvent.AttemptStarted started)
    {
        var replicate = State.Plan!.Trials[started.Attempt.Trial - 1].Replicate;
        var start = new ToSlot.Start(started.Attempt, "toy", "{}", null, 1, replicate);
        return new Grant(started.Place.Slot, start, started.From, []);
    }

    private void StoreBatch(FromSlot.Measured batch)
    {
        batch.Points.Length.ShouldBeInRange(1, SlotStep.PointsPerBatch);
        if (batch.Points.Length == SlotStep.PointsPerBatch)
        {
            _saw(Sight.BatchFull);
        }

        if (!_batches.TryAdd((batch.Attempt, batch.Batch), batch.Points))
        {
            batch.Points.ShouldBe(
                _batches[(batch.Attempt, batch.Batch)], "a batch is stored twice as the same");
        }
    }

    private ImmutableArray<AttemptId> Renew(ImmutableArray<AttemptId> attempts)
    {
        var refused = attempts.Where(a => !_leases.ContainsKey(a)).ToImmutableArray();
        foreach (var attempt in attempts.Except(refused))
        {
            _leases[attempt] = _agenda.Now + Times.Lease;
        }

        if (!refused.IsEmpty)
        {
            _saw(Sight.RenewalRefused);
        }

        return refused;
    }

    private void LoseAbandoned(bool expiredToo)
    {
        foreach (var (attempt, end) in _leases.OrderBy(l => l.Key.Trial).ToList())
        {
            var isGone = !_living.Contains(_places[attempt].Worker);
            if (isGone || (expiredToo && end < _agenda.Now))
            {
                _saw(isGone ? Sight.AttemptLost : Sight.AttemptLostByExpiry);
                var id = new CommandId(_agenda.DrawId());
                Send(new SweepCommand.LoseAttempt(id, _agenda.Now, attempt, "its worker is gone", ""));
            }
        }
    }

    /// <summary>
    /// Sends a command that speaks for an attempt; one that does not run must change nothing.
    /// </summary>
    private void SendFor(AttemptId attempt, SweepCommand command)
    {
        var isStale = !History.Runs(attempt) && !State.Answers.ContainsKey(command.Id);
        var version = State.Version;

        var decision = Send(command);

        if (isStale)
        {
            _saw(Sight.CommandOfStaleAttempt);
            decision.ShouldBe(new Decision.Rejected(Rejection.StaleAttempt));
            State.Version.ShouldBe(version);
        }
        else
        {
            decision.ShouldBeOfType<Decision.Accepted>($"{command}");
        }
    }

    private Decision Send(SweepCommand command)
    {
        var decision = global::Shared.Sweeps.Sweep.Decide(State, command);
        switch (decision)
        {
            case Decision.Accepted { IsRepeat: true }:
                _saw(Sight.CommandRepeated);
                break;
            case Decision.Accepted when command is SweepCommand.FinishAttempt finish && !HasBatchesOf(finish):
                return new Decision.Rejected(Rejection.BatchesMissing);
            case Decision.Accepted accepted:
                Append(accepted.Events);
                break;
        }

        return decision;
    }

    private bool HasBatchesOf(SweepCommand.FinishAttempt finish) =>
        Enumerable.Range(1, finish.LastBatch).All(number => _batches.ContainsKey((finish.Attempt, number)));

    private void Append(ImmutableArray<SweepEvent> events)
    {
        foreach (var happened in events)
        {
            History.Add(happened);
            State = global::Shared.Sweeps.Sweep.Evolve(State, happened);
            FollowWithLeases(happened);
        }

        var running = History.Running;
        if (State.Version != History.Events.Count
            || State.Running.Count != running.Count || !running.All(a => State.Running[a.Trial] == a)
            || _leases.Count != running.Count || !running.All(_leases.ContainsKey))
        {
            throw new InvalidOperationException($"state, leases and events do not agree after {events[^1]}");
        }
    }

    private void FollowWithLeases(SweepEvent happened)
    {
        switch (happened)
        {
            case SweepEvent.AttemptStarted started:
                _leases.Add(started.Attempt, _agenda.Now + Times.Lease);
                _places.Add(started.Attempt, started.Place);
                break;
            case SweepEvent.AttemptFinished finished:
                _leases.Remove(finished.Attempt);
                break;
            case SweepEvent.AttemptLost lost:
                _leases.Remove(lost.Attempt);
                break;
            case SweepEvent.AttemptHandedBack back:
                _saw(Sight.AttemptHandedBack);
                _leases.Remove(back.Attempt);
                break;
        }
    }
}
