using System.Collections.Immutable;
using Shared.Execution;
using Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>A slot's process: carries out what <see cref="SlotStep"/> decides, and trains.</summary>
internal sealed class SlotModel
{
    private const double SlowestMessage = 0.03;   // seconds
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(1);

    private readonly World _world;
    private readonly WorkerModel _worker;
    private readonly Mailbox _inbox;
    private readonly Mailbox _toWorker;
    private SlotState _state = SlotState.Initial;
    private bool _isCancelled;

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
            var environment = new AttemptEnvironment(
                "a processor", "plain", ImmutableSortedDictionary<string, string>.Empty, StoreModel.Program);
            Say(new FromSlot.Ready(ProcessId, environment));
        }
    }

    private void Flush()
    {
        if (IsAlive)
        {
            Post(new SlotInput.FlushDue());
            _world.Agenda.After(FlushEvery, Flush);
        }
    }

    private void Post(params ImmutableArray<SlotInput> inputs) => _inbox.Post(() =>
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
                var place = _world.Store.PlaceOf(train.Start.Attempt);
                place.ShouldBe(
                    new AttemptPlace(_worker.Name, Number, ProcessId),
                    "an attempt runs where it was claimed");
                _isCancelled = false;
                Update(TrialModel.Of(train.Start.Attempt.Trial), 0);
                break;
            case SlotAction.CancelTraining:
                _world.Saw(Sight.TrainingCancelled);
                _isCancelled = true;
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

    private void Say(FromSlot message) =>
        _toWorker.Post(() => _worker.Post(new WorkerInput.SlotSaid(Number, message, "the log")));

    /// <summary>The next update of training; what it reports goes through the slot's loop.</summary>
    private void Update(TrialModel trial, int done) => _world.Agenda.After(
        _world.Agenda.Between(0.05, 0.9), () =>
    {
        if (!IsAlive)
        {
            return;
        }

        if (_isCancelled)
        {
            Post(new SlotInput.Ended(AttemptOutcome.Preempted, "", done));
        }
        else if (done == trial.Updates.Length)
        {
            End(trial);
        }
        else
        {
            Post([.. trial.Updates[done].Select(point => new SlotInput.Measured(point))]);
            Update(trial, done + 1);
        }
    });

    private void End(TrialModel trial)
    {
        if (trial.Outcome is AttemptOutcome.Completed)
        {
            Post(new SlotInput.Produced(TrialModel.Picture, "image/png", "/spool/x", "00ff"));
        }

        Post(new SlotInput.Ended(
            trial.Outcome,
            trial.Outcome is AttemptOutcome.Completed ? "" : "as it must",
            trial.Updates.Length));
    }
}
