using System.Collections.Immutable;
using Shared.Execution;
using Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>A worker's process: carries out what <see cref="WorkerStep"/> decides, as a shell does.</summary>
/// <remarks>
/// An action that the store does not answer is tried again under the same id, except renewals and looks,
/// which the next tick repeats.
/// </remarks>
internal sealed class WorkerModel
{
    private const double SlowestInput = 0.01;   // seconds
    private const int NoSlot = 0;
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly World _world;
    private readonly Agenda _agenda;
    private readonly Mailbox _inbox;
    private readonly WorkerCalls _calls;
    private readonly SortedDictionary<int, SlotModel> _slots = [];
    private readonly Chains _chains = new();
    private readonly Dictionary<int, int> _claims = [];
    private readonly HashSet<string> _spool = new(StringComparer.Ordinal);
    private WorkerState _state;
    private DateTimeOffset _frozenUntil;

    public WorkerModel(World world, string name, WorkerKind kind)
    {
        (_world, _agenda, Name, Kind) = (world, world.Agenda, name, kind);
        _calls = new WorkerCalls(world.Store, world.Agenda, kind);
        _inbox = new Mailbox(_agenda, SlowestInput, () => FrozenFor);
        var plan = WorkerPlan.OfRun(name, kind.Slots) with
        {
            Devices = [.. Enumerable.Range(0, kind.Slots).Select(slot => 1 + (slot / 2))],
            IsForOneSweep = kind.IsForOneSweep,
            UploadsAtOnce = kind.IsForOneSweep,
        };
        (_state, var first) = WorkerStep.Begin(WorkerState.Open(plan, StoreModel.Times, Now));
        CarryOut(first);
        _agenda.After(TickEvery, Tick);
    }

    /// <summary>The worker's name; no two of a simulation are the same.</summary>
    public string Name { get; }

    /// <summary>What it is like.</summary>
    public WorkerKind Kind { get; }

    /// <summary>Whether the process runs.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>How many reasons there are for which the store does not answer this worker.</summary>
    public int CutOffs { get; set; }

    /// <summary>It is killed as soon as the store has done what it asks next.</summary>
    public bool DiesAtCommit { get; set; }

    /// <summary>Whether it lives and has not given up so many slots that no device holds a trial.</summary>
    public bool IsOfUse => IsAlive && Widths.Hold(_state, _world.Store.Width);

    /// <summary>The processes of its slots that run.</summary>
    public IEnumerable<SlotModel> LivingSlots => _slots.Values.Where(s => s.IsAlive);

    private DateTimeOffset Now => _agenda.Now + Kind.ClockSkew;

    private TimeSpan FrozenFor => _frozenUntil - _agenda.Now;

    /// <summary>Something happens to the worker.</summary>
    public void Post(WorkerInput input) => _inbox.Post(() => Take(input));

    /// <summary>The process stands still for a while; its slots do not.</summary>
    public void Freeze(TimeSpan length) => _frozenUntil = _agenda.Now + length;

    /// <summary>A slot wrote a file.</summary>
    public void Spool(string path) => _spool.Add(path);

    /// <summary>Whether a file is there.</summary>
    public bool HasSpooled(string path) => _spool.Contains(path);

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
            _inbox.Post(() => Take(new WorkerInput.Tick(Now)));   // it tells the time at which it is handled
            _agenda.After(TickEvery, Tick);
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
            _world.Tally.Add(sight);
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
                    _world.Tally.Add(Sight.SlotRetired);
                    _slots[end.Slot].Kill("it was told to end");
                    break;
                case WorkerAction.Tell tell:
                    var told = _slots[tell.Slot];
                    _chains.Add([tell.Slot], done => Then(() => told.Tell(tell.Message), done));
                    break;
                case WorkerAction.Begin begin:
                    Begin(begin);
                    break;
                case WorkerAction.DropSpooled drop:
                    _chains.Add([drop.Slot], done => Then(() => _spool.Remove(drop.Path), done));
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

    private static void Then(Action work, Action done)
    {
        work();
        done();
    }

    /// <summary>The checkpoint is fetched first, where there is one.</summary>
    private void Begin(WorkerAction.Begin begin)
    {
        var slot = _slots[begin.Slot];
        if (begin.From is { } from)
        {
            var path = $"slot-{begin.Slot}.from";
            Ask(begin);
            _chains.Add([begin.Slot], done => Then(
                () =>
                {
                    if (_world.Store.Work.IsSpoiled(from))
                    {
                        Refuse(begin, from);
                        return;
                    }

                    _spool.Add(path);
                    var start = begin.Start with { From = new StartFrom(from.Update, path, from.Sha256) };
                    slot.Tell(start);
                },
                done));
        }
        else
        {
            _chains.Add([begin.Slot], done => Then(() => slot.Tell(begin.Start), done));
        }
    }

    /// <summary>What was fetched is no checkpoint: the attempt fails without having begun.</summary>
    private void Refuse(WorkerAction.Begin begin, CheckpointId from)
    {
        _world.Tally.Add(Sight.CheckpointUnread);
        var failed = new FromSlot.Ended(
            begin.Start.Attempt, AttemptOutcome.Failed, "it is not what was recorded", LastBatch: 0, from.Update)
        {
            IsSourceUnreadable = true,
        };
        Post(new WorkerInput.SlotSaid(begin.Slot, failed, ""));
    }

    private void Ask(WorkerAction action)
    {
        var slots = SlotsOf(action);
        var call = new Call(action, new CommandId(_agenda.DrawId()), _agenda.Sleeps, IsFirst: true);
        foreach (var slot in action is WorkerAction.Claim ? slots : [])
        {
            _claims[slot] = _claims.GetValueOrDefault(slot) + 1;
        }

        _chains.Add(slots, done => Send(call, done));
    }

    private void Send(Call call, Action done)
    {
        if (call.Action is WorkerAction.StoreCheckpoint store)
        {
            _spool.ShouldContain(store.Checkpoint.Path, "what is stored is there");
        }

        var isOnce = call.Action is WorkerAction.Renew or WorkerAction.Look;
        _world.Network.Call(
            FrozenFor > TimeSpan.Zero ? FrozenFor : TimeSpan.Zero,
            () => IsCutOff(call),
            mayComeLater: !isOnce,
            () => CarryOut(call),
            () => CarryOutLate(call),
            answer => GoAnswered(call, answer, done),
            () => GoUnanswered(call, isOnce, done));
    }

    /// <summary>
    /// A judgement under way when everything fell asleep would be a race of one call that no shell can see.
    /// </summary>
    private bool IsCutOff(Call call) => CutOffs > 0
        || (call.Action is WorkerAction.Look { ExpiredToo: true } && call.Sleeps != _agenda.Sleeps);

    private WorkerInput? CarryOut(Call call)
    {
        var answer = _calls.CarryOut(call.Action, call.Id, call.IsFirst);
        if (DiesAtCommit && IsAlive)
        {
            _world.Kill(this);
        }

        return answer;
    }

    /// <summary>
    /// A claim that comes when its sender has given it up is granted to nobody: that attempt will be lost.
    /// </summary>
    private void CarryOutLate(Call call)
    {
        var isKnown = _world.Store.State.Answers.ContainsKey(call.Id);
        var answer = _calls.CarryOut(call.Action, call.Id, isFirstTry: false);
        if (!isKnown && answer is WorkerInput.ClaimAnswered { Grants.Length: > 0 and var granted })
        {
            _world.Tally.Add(Fault.LateClaimGranted);
            _world.MayCost(granted);
        }
    }

    private void GoAnswered(Call call, WorkerInput? answer, Action done)
    {
        if (!IsAlive)
        {
            return;
        }

        if (call.Action is WorkerAction.StoreBatch batch)
        {
            _world.Store.Work.Acknowledged(batch.Batch);
        }
        else if (call.Action is WorkerAction.StoreCheckpoint store)
        {
            _spool.Remove(store.Checkpoint.Path);
        }

        if (answer is not null)
        {
            Post(answer);
        }

        Post(new WorkerInput.StoreAnswered(Now));
        done();
        EndIfDone();
    }

    private void GoUnanswered(Call call, bool isOnce, Action done)
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

        if (isOnce)
        {
            done();
            EndIfDone();
        }
        else
        {
            _agenda.After(RetryAfter, () => Send(call with { IsFirst = false }, done));
        }
    }

    private void EndIfDone()
    {
        if (IsAlive && _state.IsEnding && _inbox.IsEmpty && _chains.AreEmpty)
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

        Widths.Check(_state, _world.Store.Width);
    }

    private static ImmutableArray<int> SlotsOf(WorkerAction action) => action switch
    {
        WorkerAction.Claim a => [.. a.Places.Select(place => place.Slot)],
        WorkerAction.Begin a => [a.Slot],
        WorkerAction.StoreBatch a => [a.Slot],
        WorkerAction.StoreArtifact a => [a.Slot],
        WorkerAction.StoreCheckpoint a => [a.Slot],
        WorkerAction.Finish a => [a.Slot],
        WorkerAction.Lose a => [a.Slot],
        WorkerAction.HandBack a => [a.Slot],
        _ => [NoSlot],
    };

    private sealed record Call(WorkerAction Action, CommandId Id, int Sleeps, bool IsFirst);
}
