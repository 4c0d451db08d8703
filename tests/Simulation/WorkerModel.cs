using System.Collections.Immutable;
using Shared.Execution;
using Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>A worker's process: carries out what <see cref="WorkerStep"/> decides, as a shell does.</summary>
/// <remarks>
/// Actions of one slot are carried out in order, different slots interleave freely; an action that the store
/// does not answer is tried again under the same id, except renewals and looks, which the next tick repeats.
/// </remarks>
internal sealed class WorkerModel
{
    private const double SlowestInput = 0.01;   // seconds
    private const int NoSlot = 0;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly World _world;
    private readonly Agenda _agenda;
    private readonly Mailbox _inbox;
    private readonly Dictionary<int, SlotModel> _slots = [];
    private readonly Dictionary<int, Queue<Action>> _chains = [];
    private readonly Dictionary<int, int> _claims = [];
    private WorkerState _state;
    private DateTimeOffset _frozenUntil;

    public WorkerModel(World world, string name, int slots)
    {
        _world = world;
        _agenda = world.Agenda;
        Name = name;
        _inbox = new Mailbox(_agenda, SlowestInput, () => FrozenFor);
        _state = WorkerState.Open(WorkerPlan.OfRun(name, slots), StoreModel.Times, _agenda.Now);
        (_state, var first) = WorkerStep.Begin(_state);
        CarryOut(first);
        _agenda.After(Look, Tick);
    }

    /// <summary>The worker's name; no two of a simulation are the same.</summary>
    public string Name { get; }

    /// <summary>Whether the process runs.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>The store does not answer this worker until then.</summary>
    public DateTimeOffset CutOffUntil { get; set; }

    /// <summary>The processes of its slots that run.</summary>
    public IEnumerable<SlotModel> LivingSlots => _slots.Values.Where(s => s.IsAlive);

    private TimeSpan FrozenFor => _frozenUntil - _agenda.Now;

    /// <summary>Something happens to the worker.</summary>
    public void Post(WorkerInput input) => _inbox.Post(() => Take(input));

    /// <summary>The process stands still for a while; its slots do not.</summary>
    public void Freeze(TimeSpan length) => _frozenUntil = _agenda.Now + length;

    /// <summary>The process is killed: its slots find out, and the calls it made may still arrive.</summary>
    public void Kill()
    {
        IsAlive = false;
        foreach (var slot in LivingSlots)
        {
            slot.LoseWorker();
        }
    }

    private void Tick()
    {
        if (FrozenFor > TimeSpan.Zero)
        {
            _agenda.After(FrozenFor, Tick);   // ticks that were missed are not made up for
        }
        else if (IsAlive)
        {
            Post(new WorkerInput.Tick(_agenda.Now));
            _agenda.After(Look, Tick);
        }
    }

    private void Take(WorkerInput input)
    {
        if (!IsAlive)
        {
            return;
        }

        Note(input);
        (_state, var actions) = WorkerStep.Step(_state, input);
        CarryOut(actions);
        Check();
        EndIfDone();
    }

    private void Note(WorkerInput input)
    {
        if (input is not WorkerInput.ClaimAnswered answered)
        {
            return;
        }

        foreach (var slot in answered.Slots)
        {
            _claims[slot]--;
        }

        foreach (var grant in answered.Grants)
        {
            SeeIf(_state.IsEnding, Sight.ClaimAfterTheEnd);
            SeeIf(!_state.IsEnding && _state.Slots[grant.Slot] is SlotView.Gone, Sight.ClaimForGoneSlot);
        }
    }

    private void SeeIf(bool isSeen, Sight sight)
    {
        if (isSeen)
        {
            _world.Saw(sight);
        }
    }

    private void CarryOut(ImmutableArray<WorkerAction> actions)
    {
        foreach (var action in actions)
        {
            switch (action)
            {
                case WorkerAction.StartSlot start:
                    _slots.GetValueOrDefault(start.Slot)?.IsAlive.ShouldBeFalse("a slot is one process");
                    _slots[start.Slot] = new SlotModel(_world, this, start.Slot, _world.NextProcessId());
                    break;
                case WorkerAction.EndSlot end:
                    _slots[end.Slot].Kill("it was told to end");
                    break;
                case WorkerAction.Tell tell:
                    Tell(tell.Slot, tell.Message);
                    break;
                case WorkerAction.Begin begin:
                    Tell(begin.Slot, begin.Start);
                    break;
                case WorkerAction.DropSpooled:
                    break;
                case WorkerAction.Exit exit:
                    SeeIf(
                        exit.Reason.StartsWith("the store has not", StringComparison.Ordinal),
                        Sight.WorkerCutOff);
                    LivingSlots.ToList().ForEach(s => s.Kill("its worker ends"));
                    break;
                default:
                    Ask(action);
                    break;
            }
        }
    }

    private void Tell(int number, ToSlot message)
    {
        var slot = _slots[number];
        Chain(number, () =>
        {
            slot.Tell(message);
            Continue(number);
        });
    }

    private void Ask(WorkerAction action)
    {
        var slot = SlotOf(action);
        var call = new Call(slot, action, new CommandId(_agenda.DrawId()), _agenda.Sleeps);
        foreach (var place in action is WorkerAction.Claim claim ? claim.Places : [])
        {
            _claims[place.Slot] = _claims.GetValueOrDefault(place.Slot) + 1;
        }

        Chain(slot, () => Send(call));
    }

    private void Send(Call call)
    {
        var latency = _agenda.Draw() < 0.02 ? _agenda.Between(0.05, 2) : _agenda.Between(0.001, 0.05);
        _agenda.After(latency + (FrozenFor > TimeSpan.Zero ? FrozenFor : TimeSpan.Zero), () => Arrive(call));
    }

    /// <summary>The call reaches the store, or does not; the worker may be dead by then.</summary>
    private void Arrive(Call call)
    {
        // A judgement under way when everything fell asleep would be a race of one call that no shell can
        // see.
        var isOutdated = call.Action is WorkerAction.Look { ExpiredToo: true }
            && call.Sleeps != _agenda.Sleeps;
        if (_world.IsStoreSilent || _agenda.Now < CutOffUntil || isOutdated)
        {
            _agenda.After(_agenda.Between(0, 1), () => GoUnanswered(call));
            return;
        }

        var answer = _world.Store.CarryOut(call.Action, call.Id);
        var isLost = _agenda.Draw() < _world.Troubles.LostAnswers;
        _agenda.After(_agenda.Between(0.001, 0.02), () =>
        {
            if (isLost)
            {
                GoUnanswered(call);
            }
            else
            {
                GoAnswered(call, answer);
            }
        });
    }

    private void GoAnswered(Call call, WorkerInput? answer)
    {
        if (IsAlive)
        {
            if (answer is not null)
            {
                Post(answer);
            }

            Post(new WorkerInput.StoreAnswered(_agenda.Now));
            Continue(call.Slot);
        }
    }

    private void GoUnanswered(Call call)
    {
        if (!IsAlive)
        {
            return;
        }

        Post(new WorkerInput.StoreSilent());
        if (call.Action is WorkerAction.Look)
        {
            Post(new WorkerInput.LookUnanswered());
        }

        if (call.Action is WorkerAction.Renew or WorkerAction.Look)
        {
            Continue(call.Slot);
        }
        else
        {
            _agenda.After(RetryAfter, () => Send(call));
        }
    }

    private void Chain(int slot, Action work)
    {
        if (!_chains.TryGetValue(slot, out var chain))
        {
            _chains[slot] = chain = new Queue<Action>();
        }

        chain.Enqueue(work);
        if (chain.Count == 1)
        {
            work();
        }
    }

    /// <summary>What a slot's chain was doing is done.</summary>
    private void Continue(int slot)
    {
        var chain = _chains[slot];
        chain.Dequeue();
        if (chain.TryPeek(out var next))
        {
            next();
        }

        EndIfDone();
    }

    private void EndIfDone()
    {
        if (IsAlive && _state.IsEnding && _inbox.IsEmpty && _chains.Values.All(c => c.Count == 0))
        {
            IsAlive = false;
            _world.Ended(this);
        }
    }

    /// <summary>What holds for every worker at every moment.</summary>
    private void Check()
    {
        if (_state.IsEnding)
        {
            return;
        }

        var held = 0;
        foreach (var (number, view) in _state.Slots)
        {
            held += view is SlotView.Busy busy && _state.Leases.Held.Contains(busy.Attempt) ? 1 : 0;
            var claims = view is SlotView.Claiming or SlotView.Gone ? 1 : 0;
            if (_claims.GetValueOrDefault(number) != claims)
            {
                throw new InvalidOperationException(
                    $"{_claims[number]} claims under way for slot {number}: {view}");
            }
        }

        if (held != _state.Leases.Held.Count)
        {
            throw new InvalidOperationException(
                $"leases are held for what no slot, or more than one, runs: {_state}");
        }
    }

    private static int SlotOf(WorkerAction action) => action switch
    {
        WorkerAction.Claim a => a.Places[0].Slot,
        WorkerAction.StoreBatch a => a.Slot,
        WorkerAction.StoreArtifact a => a.Slot,
        WorkerAction.Finish a => a.Slot,
        WorkerAction.Lose a => a.Slot,
        WorkerAction.HandBack a => a.Slot,
        _ => NoSlot,
    };

    private sealed record Call(int Slot, WorkerAction Action, CommandId Id, int Sleeps);
}
