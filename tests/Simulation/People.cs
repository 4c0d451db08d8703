using System.Collections.Immutable;
using Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>
/// People who control the sweep while it runs, not always sensibly; and one who puts it in order in the end.
/// </summary>
internal sealed class People(World world)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TidyEvery = TimeSpan.FromSeconds(3);

    private static readonly AttemptEnvironment Nowhere =
        new("", "", ImmutableSortedDictionary<string, string>.Empty, "");

    private Agenda Agenda => world.Agenda;

    private SweepState State => world.Store.State;

    /// <summary>Somebody does something.</summary>
    public void Act()
    {
        var id = new CommandId(Agenda.DrawId());
        Send(Agenda.Draw(5) == 0 ? Nonsense(id) : Sensible(id));
    }

    /// <summary>Somebody ends the sweep for good.</summary>
    public void Cancel() => Send(new SweepCommand.CancelSweep(new CommandId(Agenda.DrawId()), Agenda.Now));

    /// <summary>
    /// Somebody looks now and then, and wants the sweep to go on and every trial to have the outcome that it
    /// has when nobody disturbs it.
    /// </summary>
    public void Tidy()
    {
        foreach (var command in TidyUp().ToList())
        {
            world.Store.Send(command);
        }

        world.HaveWorkers();
        Agenda.After(TidyEvery, Tidy);
    }

    private IEnumerable<SweepCommand> TidyUp()
    {
        var id = () => new CommandId(Agenda.DrawId());
        if (State is { IsEnded: false } and ({ IsPaused: true } or { Excluded.IsEmpty: false }))
        {
            yield return new SweepCommand.ResumeSweep(id(), Agenda.Now);
        }

        if (!State.IsEnded && State.Limits != SweepLimits.None)
        {
            yield return new SweepCommand.ChangeLimits(id(), Agenda.Now, SweepLimits.None);
        }

        foreach (var trial in State.IsCancelled ? [] : State.Trials.Where(t => !world.EndedAsExpected(t)))
        {
            if (trial.Outcome is Outcome.Failed or Outcome.Cancelled)
            {
                yield return new SweepCommand.RetryTrial(id(), Agenda.Now, trial.Number);
            }
        }
    }

    private void Send(SweepCommand command) => world.Network.Call(
        TimeSpan.Zero,
        () => false,
        mayComeLater: true,
        () => world.Store.Send(command),
        () => world.Store.Send(command),
        _ => { },
        () => Agenda.After(RetryAfter, () => Send(command)));

    private SweepCommand Sensible(CommandId id) => Agenda.Draw(14) switch
    {
        0 => new SweepCommand.PauseSweep(id, Agenda.Now, Now: false),
        1 => new SweepCommand.PauseSweep(id, Agenda.Now, Now: true),
        < 5 => new SweepCommand.ResumeSweep(id, Agenda.Now),
        5 or 6 => new SweepCommand.CancelTrial(id, Agenda.Now, Trial()),
        7 or 8 => new SweepCommand.RetryTrial(id, Agenda.Now, Trial()),
        9 => new SweepCommand.ChangePriority(id, Agenda.Now, Agenda.Draw(10)),
        10 => Limits(id, 1 + Agenda.Draw(3), null),
        11 => Limits(id, null, TimeSpan.FromSeconds(Agenda.Draw(200))),
        12 => Limits(id, null, null),
        _ => Extend(id, State.Trials.Length + 1),
    };

    private SweepCommand Nonsense(CommandId id)
    {
        world.Tally.Add(Fault.NonsenseSent);
        var attempt = State.Running.IsEmpty
            ? new AttemptId(StoreModel.Sweep, 1, 99)
            : State.Running.Values.ElementAt(Agenda.Draw(State.Running.Count));
        return Agenda.Draw(8) switch
        {
            0 => new SweepCommand.CancelTrial(id, Agenda.Now, 99),
            1 => Limits(id, 0, null),
            2 => Extend(id, State.Trials.Length),
            3 => Finish(id, attempt, AttemptOutcome.Lost, 0),
            4 => Finish(id, attempt, AttemptOutcome.Completed, 10_000),
            6 => new SweepCommand.ClaimTrials(
                id, Agenda.Now, [new AttemptPlace("../nobody\n", 1, 1)], Nowhere, null),
            5 => new SweepCommand.FailWaitingTrial(id, Agenda.Now, 99, "nonsense"),
            _ => new SweepCommand.RecordCheckpoint(id, Agenda.Now, attempt, 0, "00", 0),
        };
    }

    private SweepCommand.FinishAttempt Finish(
        CommandId id, AttemptId attempt, AttemptOutcome outcome, int lastBatch) =>
        new(id, Agenda.Now, attempt, outcome, "nonsense", "", lastBatch);

    private SweepCommand.ChangeLimits Limits(CommandId id, int? concurrency, TimeSpan? budget) =>
        new(id, Agenda.Now, new SweepLimits(concurrency, budget));

    private SweepCommand.ExtendSweep Extend(CommandId id, int first) =>
        new(id, Agenda.Now, world.Store.AdditionOf(first, 1 + Agenda.Draw(2)));

    private int Trial() => 1 + Agenda.Draw(State.Trials.Length);
}
