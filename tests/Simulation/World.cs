using System.Collections.Immutable;
using Shared.Execution;
using Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>
/// One simulated run of a sweep: a store, workers with slots, people, and what goes wrong, all from one seed.
/// </summary>
internal sealed class World
{
    private const long MostHappenings = 300_000;
    private static readonly DateTimeOffset SeasonEnd = DateTimeOffset.UnixEpoch.AddSeconds(Troubles.Season);

    private static readonly ImmutableSortedDictionary<string, string> Site =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("site", "a");

    private readonly List<WorkerModel> _workers = [];
    private readonly People _people;
    private readonly bool _hasParent;
    private DateTimeOffset _silentUntil;
    private int _names;
    private int _processes;
    private int _mayBeLost;

    public World(int seed, Troubles troubles, Bug bug = Bug.None)
    {
        Agenda = new Agenda(seed);
        Troubles = troubles;
        _hasParent = Agenda.Draw(5) == 0;
        var setup = new StoreSetup(
            12 + Agenda.Draw(5), _hasParent, Agenda.Draw(4) == 0 ? new Requirements(Site, null, null) : null,
            Width: Agenda.Draw(5) == 0 ? 2 : 1);
        Store = new StoreModel(Agenda, setup, Tally, bug) { Happened = Hear };
        Network = new Network(this);
        _people = new People(this);
        for (var worker = 3 + Agenda.Draw(2); worker > 0; worker--)
        {
            Agenda.After(Agenda.Between(0, 2), Join);
        }

        Faults.Schedule(this, _people);
        Agenda.After(SeasonEnd - Agenda.Now, _people.Tidy);
    }

    public Agenda Agenda { get; }

    public Troubles Troubles { get; }

    public StoreModel Store { get; }

    public Network Network { get; }

    /// <summary>What the run came across, and how often.</summary>
    public Tally Tally { get; } = new();

    /// <summary>Whether something may still go wrong.</summary>
    public bool IsSeason => Agenda.Now < SeasonEnd;

    /// <summary>Whether the store answers nobody now.</summary>
    public bool IsStoreSilent => Agenda.Now < _silentUntil;

    /// <summary>The workers that live.</summary>
    public IEnumerable<WorkerModel> Workers => _workers.Where(w => w.IsAlive);

    private bool IsDone => !IsSeason
        && (Store.State.IsCancelled
            || (Store.State.IsCompleted && Store.State.Trials.All(EndedAsExpected)));

    public int NextProcessId() => ++_processes;

    /// <summary>
    /// Whether a trial has the outcome that it has when nobody disturbs it, and for that reason.
    /// </summary>
    public bool EndedAsExpected(TrialState trial) => _hasParent && ParentModel.EndsWithout(trial.Number)
        ? trial.Outcome is Outcome.Failed
        : trial.Outcome == TrialModel.Of(trial.Number).TrialOutcome
            && (trial.Outcome is not Outcome.Failed || HasFailedByItself(trial));

    /// <summary>A fault can have so many attempts lost.</summary>
    public void MayCost(int attempts) => _mayBeLost += attempts;

    /// <summary>The store answers nobody for a while.</summary>
    public void SilenceStore(TimeSpan length)
    {
        var until = Agenda.Now + length;
        _silentUntil = until > _silentUntil ? until : _silentUntil;
    }

    /// <summary>Runs until the sweep is over and every worker has gone home.</summary>
    public World Run()
    {
        var areSentHome = false;
        while (!IsDone || Workers.Any())
        {
            if (!Agenda.RunNext() || Agenda.Happened > MostHappenings)
            {
                throw new InvalidOperationException($"the sweep does not end: {Store.State}");
            }

            if (IsDone && !areSentHome)
            {
                Workers.Where(w => !w.Kind.IsForOneSweep).ToList()
                    .ForEach(w => w.Post(new WorkerInput.StopAsked()));
            }

            areSentHome = IsDone;
        }

        CheckResults();
        return this;
    }

    /// <summary>A worker's process ended by itself.</summary>
    public void Ended(WorkerModel worker) => Leave(worker, TimeSpan.Zero);

    /// <summary>A worker's process is killed, and its slots find out.</summary>
    public void Kill(WorkerModel worker)
    {
        MayCost(worker.Kind.Slots);
        worker.Kill();
        Leave(worker, Agenda.Between(0, 2));
    }

    /// <summary>Somebody starts workers where none is left that would end the sweep.</summary>
    public void HaveWorkers()
    {
        if (!IsDone && !Workers.Any(
            w => w is { IsOfUse: true, Kind: { IsBroken: false, Program: StoreModel.Program, Offer: not null } }))
        {
            Join();
        }
    }

    /// <summary>A worker comes that can run everything.</summary>
    public void Join() => Join(new WorkerKind(
        2 + Agenda.Draw(Store.Width == 1 ? 2 : 3),
        Agenda.Draw(4) == 0 ? "another processor" : "a processor",
        StoreModel.Program,
        WorkerOffer.Nothing with { Labels = Site },
        IsForOneSweep: Agenda.Draw(2) == 0,
        IsBroken: false));

    /// <summary>A worker comes.</summary>
    public void Join(WorkerKind kind)
    {
        if (!IsDone)
        {
            var name = $"w{++_names}";
            Store.Join(name);
            kind.ClockSkew = Agenda.Between(-3600, 3600);
            _workers.Add(new WorkerModel(this, name, kind));
        }
    }

    private void Leave(WorkerModel worker, TimeSpan lockFreeAfter)
    {
        Agenda.After(lockFreeAfter, () => Store.Leave(worker.Name));
        if (worker.Kind is { IsBroken: false, Program: StoreModel.Program, Offer: not null })
        {
            Agenda.After(Agenda.Between(0.5, 5), Join);   // somebody starts another one
        }
    }

    private static bool HasFailedByItself(TrialState trial) =>
        trial.Counted.Count(
            a => a is { Outcome: AttemptOutcome.Failed, IsFalseStart: false, IsCheckpointUnreadable: false })
            == StoreModel.Retries + 1;

    /// <summary>The news of an event reach most workers; and a loss has a cause.</summary>
    private void Hear(SweepEvent happened)
    {
        if (Store.History.Losses > _mayBeLost)
        {
            throw new InvalidOperationException(
                $"{Store.History.Losses} attempts were lost, what was done can cost {_mayBeLost}: "
                + happened);
        }

        foreach (var worker in Workers.Where(_ => Agenda.Draw() < 0.7).ToList())
        {
            Agenda.After(Agenda.Between(0, 0.2), () => worker.Post(new WorkerInput.NewsCame()));
        }
    }

    private void CheckResults()
    {
        var history = Store.History;
        history.Events[^1].ShouldBeOfType(
            Store.State.IsCancelled ? typeof(SweepEvent.SweepCancelled) : typeof(SweepEvent.SweepCompleted));
        history.Running.ShouldBeEmpty();
        Store.ReplayEqualsLive().ShouldBeTrue("a replay equals what was lived");
        foreach (var trial in Store.State.Trials)
        {
            if (trial.Outcome is Outcome.Completed or Outcome.Diverged)
            {
                CheckResult(trial, TrialModel.Of(trial.Number));
            }
            else if (!Store.State.IsCancelled)
            {
                EndedAsExpected(trial).ShouldBeTrue($"trial {trial.Number} fails only if it must");
            }
        }
    }

    private void CheckResult(TrialState trial, TrialModel model)
    {
        var last = trial.Attempts[^1];
        trial.Outcome.ShouldBe(model.TrialOutcome);
        last.Outcome.ShouldBe(model.Outcome, "nothing runs after the result");
        Store.Work.CurveOf(trial, last.Id).SequenceEqual(model.Points)
            .ShouldBeTrue($"{last.Id} and what it went on from stored every point once, in order");
        Store.Work.HasPicture(last.Id).ShouldBe(model.Outcome is AttemptOutcome.Completed);
    }
}
