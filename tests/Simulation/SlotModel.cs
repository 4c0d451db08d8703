using Shared.Execution;
using Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>A slot's process: carries out what <see cref="SlotStep"/> decides, and trains.</summary>
internal sealed class SlotModel
{
    private const double SlowestMessage = 0.03;   // seconds
    private const long Resident = 1L << 30;   // bytes
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(1);

    private readonly World _world;
    private readonly WorkerModel _worker;
    private readonly Mailbox _inbox;
    private readonly Mailbox _toWorker;
    private SlotState _state = SlotState.Initial;
    private SlotAction.CancelTraining? _cancelled;

    public SlotModel(World world, WorkerModel worker, int number, int processId)
    {
        _world = world;
        _worker = worker;
        Number = number;
        ProcessId = processId;
        _inbox = new Mailbox(world.Agenda, SlowestMessage, () => TimeSpan.Zero);
        _toWorker = new Mailbox(world.Agenda, SlowestMessage, () => TimeSpan.Zero);
        world.Agenda.After(world.Agenda.Between(0.2, 3), Ready);
        Flush();
    }

    /// <summary>The slot's number on its worker.</summary>
    public int Number { get; }

    /// <summary>Which process this is; no two of a simulation are the same.</summary>
    public int ProcessId { get; }

    /// <summary>Whether the process runs.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>The worker says something.</summary>
    public void Tell(ToSlot message) => Post(new SlotInput.Received(message));

    /// <summary>The worker's end of the pipe is closed.</summary>
    public void LoseWorker() => Post(new SlotInput.WorkerGone());

    /// <summary>The process ends; what it wrote to its pipe still arrives, and then the end of it.</summary>
    public void Kill(string reason)
    {
        if (IsAlive)
        {
            IsAlive = false;
            _toWorker.Post(() => _worker.Post(new WorkerInput.SlotExited(Number, reason, "the log")));
        }
    }

    private void Ready()
    {
        if (IsAlive)
        {
            Say(new FromSlot.Ready(ProcessId, _worker.Kind.Environment));
        }
    }

    private void Flush()
    {
        if (IsAlive)
        {
            if (_state.Running is not null)
            {
                Post(new SlotInput.FlushDue());
            }

            _world.Agenda.After(FlushEvery, Flush);
        }
    }

    private void Post(params IReadOnlyList<SlotInput> inputs) => _inbox.Post(() =>
    {
        foreach (var input in inputs)
        {
            if (IsAlive)
            {
                Take(input);
            }
        }
    });

    private void Take(SlotInput input)
    {
        (_state, var actions) = SlotStep.Step(_state, input);
        foreach (var action in actions)
        {
            CarryOut(action);
        }
    }

    private void CarryOut(SlotAction action)
    {
        switch (action)
        {
            case SlotAction.Train train:
                Train(train.Start);
                break;
            case SlotAction.CancelTraining cancel:
                _world.Tally.Add(cancel.KeepCheckpoint ? Sight.TrainingDrained : Sight.TrainingCancelled);
                _cancelled = cancel;
                break;
            case SlotAction.Send send:
                Say(send.Message);
                break;
            case SlotAction.Exit exit:
                exit.Reason.ShouldBe("the worker is gone", "a worker never overfills its slot");
                Kill(exit.Reason);
                break;
        }
    }

    /// <summary>Memory leaks now and then, so that the worker replaces the process.</summary>
    private void Say(FromSlot message)
    {
        var leaked = message is FromSlot.Ended && _world.Agenda.Draw() < 0.1;
        var resident = leaked ? Resident + (2 * SlotRules.ResidentGrowthLimit) : Resident;
        _toWorker.Post(() => _worker.Post(
            new WorkerInput.SlotSaid(Number, message, "the log") { ResidentBytes = resident }));
    }

    private void Train(ToSlot.Start start)
    {
        var place = new AttemptPlace(_worker.Name, Number, ProcessId);
        _world.Store.PlaceOf(start.Attempt).ShouldBe(place, "an attempt runs where it was claimed");
        _cancelled = null;
        if (start.From is { } from)
        {
            _worker.HasSpooled(from.Path).ShouldBeTrue("its checkpoint is there before it starts");
        }

        if (_worker.Kind.IsBroken)
        {
            _world.Agenda.After(
                _world.Agenda.Between(0.05, 0.5),
                () => Post(new SlotInput.Ended(AttemptOutcome.Failed, "as everything does on this box", 0)));
            return;
        }

        Update(start.Attempt, TrialModel.Of(start.Attempt.Trial), start.From?.Update ?? 0, made: 0);
    }

    /// <summary>The next update of training; what it reports goes through the slot's loop.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="trial">What it does.</param>
    /// <param name="done">The last finished update.</param>
    /// <param name="made">The last one that this attempt finished itself; 0 for none.</param>
    private void Update(AttemptId attempt, TrialModel trial, int done, int made) => _world.Agenda.After(
        _world.Agenda.Between(0.05, 0.9), () =>
    {
        if (!IsAlive)
        {
            return;
        }

        if (_cancelled is { KeepCheckpoint: false })
        {
            Post(new SlotInput.Ended(AttemptOutcome.Preempted, "", made));
        }
        else if (done == trial.Updates.Length)
        {
            End(trial, made);
        }
        else
        {
            done++;
            Post([.. trial.Updates[done - 1].Select(point => new SlotInput.Measured(point))]);
            GoOn(attempt, trial, done);
        }
    });

    /// <summary>Leaves a checkpoint where one is due; one that is told to drain stops after it.</summary>
    private void GoOn(AttemptId attempt, TrialModel trial, int done)
    {
        var isDraining = _cancelled is { KeepCheckpoint: true };
        var isLast = done == trial.Updates.Length;
        if (!isLast && (isDraining || done % trial.CheckpointEvery == 0))
        {
            var path = $"{attempt}@{done}";
            _worker.Spool(path);
            Post(new SlotInput.Checkpointed(done, path, $"sha of {path}", 1));
        }

        if (isDraining && !isLast)
        {
            Post(new SlotInput.Ended(AttemptOutcome.Preempted, "", done));
        }
        else
        {
            Update(attempt, trial, done, done);
        }
    }

    private void End(TrialModel trial, int made)
    {
        if (trial.Outcome is AttemptOutcome.Completed)
        {
            Post(new SlotInput.Produced(TrialModel.Picture, "image/png", "/spool/x", "00ff"));
        }

        Post(new SlotInput.Ended(
            trial.Outcome,
            trial.Outcome is AttemptOutcome.Completed ? "" : "as it must",
            made));
    }
}
