using Shared.Execution;
using Shared.Metrics;
using Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>
/// One simulated run of a sweep: a store, workers with slots, and what goes wrong, all from one seed.
/// </summary>
internal sealed class World
{
    private const int Retries = 1;
    private const long MostHappenings = 1_000_000;

    private readonly List<WorkerModel> _workers = [];
    private readonly int _slots;
    private DateTimeOffset _silentUntil;
    private int _names;
    private int _processes;

    public World(int seed, Troubles troubles)
    {
        Agenda = new Agenda(seed);
        Troubles = troubles;
        Store = new StoreModel(Agenda, trials: 4 + Agenda.Draw(9), Retries, Saw);
        _slots = 1 + Agenda.Draw(3);
        var workers = 1 + Agenda.Draw(3);
        for (var worker = 0; worker < workers; worker++)
        {
            Agenda.After(Agenda.Between(0, 2), Join);
        }

        Schedule(troubles);
    }

    public Agenda Agenda { get; }

    public Troubles Troubles { get; }

    public StoreModel Store { get; }

    /// <summary>What the run came across, and how often.</summary>
    public Dictionary<Sight, int> Sights { get; } = [];

    /// <summary>Whether the store answers nobody now.</summary>
    public bool IsStoreSilent => Agenda.Now < _silentUntil;

    public void Saw(Sight sight) => Sights[sight] = Sights.GetValueOrDefault(sight) + 1;

    public int NextProcessId() => ++_processes;

    /// <summary>Runs until the sweep is over and every worker has gone home.</summary>
    public World Run()
    {
        while (!Store.State.IsCompleted || _workers.Any(w => w.IsAlive))
        {
            if (!Agenda.RunNext() || Agenda.Happened > MostHappenings)
            {
                throw new InvalidOperationException($"the sweep does not complete: {Store.State}");
            }
        }

        CheckResults();
        return this;
    }

    /// <summary>A worker's process ended by itself.</summary>
    public void Ended(WorkerModel worker) => Leave(worker, TimeSpan.Zero);

    /// <summary>
    /// Whether a trial has the same outcome and the same points in this run and in another.
    /// </summary>
    public bool HasSameResult(World other, int trial) =>
        Store.State.Trial(trial).Outcome == other.Store.State.Trial(trial).Outcome
        && PointsOf(trial).SequenceEqual(other.PointsOf(trial));

    /// <summary>Whether a trial failed because too many of its attempts were lost.</summary>
    public bool IsLostTooOften(TrialState trial) =>
        trial.Outcome is Outcome.Failed
        && Store.History.Count<SweepEvent.AttemptLost>(trial.Number) >= RetryRules.LostAttemptLimit;

    private IEnumerable<MetricPoint> PointsOf(int trial) => Store.History.ResultOf(trial) is { } result
        ? Store.PointsOf(result.Attempt, result.LastBatch)
        : [];

    private void Join()
    {
        if (!Store.State.IsCompleted)
        {
            var name = $"w{++_names}";
            Store.Join(name);
            _workers.Add(new WorkerModel(this, name, _slots));
        }
    }

    private void Leave(WorkerModel worker, TimeSpan lockFreeAfter)
    {
        Agenda.After(lockFreeAfter, () => Store.Leave(worker.Name));
        Agenda.After(Agenda.Between(0.5, 5), Join);   // somebody starts another one
    }

    private void Schedule(Troubles troubles)
    {
        Often(troubles.SlotCrashes, () => Pick(_workers.SelectMany(w => w.LivingSlots))?.Kill("signal 9"));
        Often(troubles.WorkerKills, KillWorker);
        Often(troubles.Stops, () => PickWorker()?.Post(new WorkerInput.StopAsked()));
        Often(
            troubles.Outages, () => _silentUntil = Agenda.Now + Agenda.Between(0.5, troubles.LongestOutage));
        Often(troubles.Partitions, Partition);
        Often(troubles.Freezes, () => PickWorker()?.Freeze(Agenda.Between(1, 40)));
        Often(troubles.Sleeps, () => Agenda.Sleep(Agenda.Between(1, 1000)));
    }

    private void Often(int most, Action trouble)
    {
        for (var left = most == 0 ? 0 : 1 + Agenda.Draw(most); left > 0; left--)
        {
            Agenda.After(Agenda.Between(0, Troubles.Season), trouble);
        }
    }

    private void KillWorker()
    {
        if (PickWorker() is { } worker)
        {
            worker.Kill();
            Leave(worker, Agenda.Between(0, 2));
        }
    }

    private void Partition()
    {
        if (PickWorker() is not { } worker)
        {
            return;
        }

        var length = Agenda.Between(1, 90);
        worker.CutOffUntil = Agenda.Now + length;
        if (Agenda.Draw() < 0.5)
        {
            Store.Leave(worker.Name);   // the store sees its connection gone, and has it back later
            Agenda.After(length, () =>
            {
                if (worker.IsAlive)
                {
                    Store.Join(worker.Name);
                }
            });
        }
    }

    private WorkerModel? PickWorker() => Pick(_workers.Where(w => w.IsAlive));

    private T? Pick<T>(IEnumerable<T> from)
        where T : class
    {
        var all = from.ToList();
        return all.Count == 0 ? null : all[Agenda.Draw(all.Count)];
    }

    private void CheckResults()
    {
        var history = Store.History;
        history.Events[^1].ShouldBeOfType<SweepEvent.SweepCompleted>();
        history.Running.ShouldBeEmpty();
        foreach (var trial in Store.State.Trials)
        {
            trial.Outcome.ShouldBe(history.Outcomes[trial.Number]);
            trial.Attempts.ShouldAllBe(a => a.Outcome != null);
            var model = TrialModel.Of(trial.Number);
            if (history.ResultOf(trial.Number) is { } result)
            {
                CheckResult(trial, model, result);
            }
            else
            {
                CheckFailure(trial, model);
            }
        }
    }

    private void CheckResult(TrialState trial, TrialModel model, SweepEvent.AttemptFinished result)
    {
        trial.Outcome.ShouldBe(model.TrialOutcome);
        result.Attempt.ShouldBe(trial.Attempts[^1].Id, "nothing runs after the result");
        Store.PointsOf(result.Attempt, result.LastBatch).SequenceEqual(model.Points)
            .ShouldBeTrue($"{result.Attempt} stored every point once, in order");
        Store.HasPicture(result.Attempt).ShouldBe(model.Outcome is AttemptOutcome.Completed);
    }

    private void CheckFailure(TrialState trial, TrialModel model)
    {
        trial.Outcome.ShouldBe(Outcome.Failed);
        if (IsLostTooOften(trial))
        {
            Saw(Sight.TrialLostTooOften);
            return;
        }

        model.TrialOutcome.ShouldBe(Outcome.Failed, $"trial {trial.Number} fails only if it must");
        Store.History.Count<SweepEvent.AttemptFinished>(trial.Number).ShouldBe(Retries + 1);
    }
}
