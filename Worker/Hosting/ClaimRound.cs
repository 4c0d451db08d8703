using System.Collections.Immutable;
using System.Diagnostics;
using Shared.Engine;
using Shared.Execution;
using Shared.Sweeps;

namespace Worker.Hosting;

/// <summary>
/// One claim of a worker: its free slots of a device go from sweep to sweep until all have a trial.
/// </summary>
/// <param name="claim">The claim.</param>
/// <param name="sweep">The one sweep of this worker; nothing for every unfinished one.</param>
/// <param name="coordinator">Where sweeps are.</param>
/// <param name="reader">Reads them.</param>
/// <param name="data">The data sets of this machine.</param>
/// <param name="offer">What the worker has beside data.</param>
/// <param name="now">The worker's time.</param>
/// <remarks>
/// It may be asked again after a silence: a command whose answer was not heard is sent again under its id, so
/// that nothing is granted unheard.
/// </remarks>
internal sealed class ClaimRound(
    WorkerAction.Claim claim,
    string? sweep,
    ICoordinator coordinator,
    SweepReader reader,
    WorkerData data,
    WorkerOffer offer,
    Func<DateTimeOffset> now)
{
    private readonly List<Grant> _grants = [];
    private readonly List<string> _reasons = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private Asking? _unheard;
    private bool _isHeldBack;   // for a wide trial, until enough slots are free

    /// <summary>Why it granted nothing, one sentence a sweep.</summary>
    public IReadOnlyList<string> Reasons => _reasons;

    private IEnumerable<AttemptPlace> Free => claim.Places.Where(
        place => _grants.TrueForAll(grant => grant.Slot != place.Slot && !grant.Beside.Contains(place.Slot)));

    /// <summary>Asks the store.</summary>
    /// <exception cref="StoreUnreachableException">Ask again.</exception>
    public async Task<WorkerInput> AskAsync()
    {
        try
        {
            if (_unheard is { } unheard
                && await PassOverAsync(unheard.State.Name, () => SendAsync(unheard)) is { } known)
            {
                return known;
            }

            return await GoAsync();
        }
        catch (StoreUnreachableException) when (_unheard is null && _grants.Count > 0)
        {
            return Answer();   // what was granted is not kept waiting
        }
    }

    private async Task<WorkerInput> GoAsync()
    {
        foreach (var name in await CandidatesAsync())
        {
            if (_asked.Contains(name) || await reader.ReadAsync(name) is not { } state)
            {
                continue;
            }

            if (sweep is not null && state.IsEnded)
            {
                return new WorkerInput.SweepOver();
            }

            if (await PassOverAsync(name, () => AskAsync(state)) is { } end)
            {
                return end;
            }

            if (_isHeldBack || !Free.Any())
            {
                break;
            }
        }

        return Answer();
    }

    /// <summary>Goes on with the next sweep where one became unreadable since it was looked at.</summary>
    private async Task<WorkerInput?> PassOverAsync(string name, Func<Task<WorkerInput?>> ask)
    {
        try
        {
            return await ask();
        }
        catch (SweepUnreadableException unreadable) when (reader.IsPassedOver(unreadable))
        {
            _unheard = null;
            _asked.Add(name);
            return null;
        }
    }

    private async Task<IEnumerable<string>> CandidatesAsync() => sweep is null
        ? SweepOrder.Of(await coordinator.ListAsync(CancellationToken.None)).Select(summary => summary.Name)
        : [sweep];

    /// <summary>Asks one sweep; the look before writes nothing where nothing is to be had.</summary>
    private async Task<WorkerInput?> AskAsync(SweepState state)
    {
        var worker = claim.Places[0].Worker;
        var environment = claim.Environment;
        var mine = offer;
        if (state is { IsPaused: false, Waiting.IsEmpty: false })
        {
            foreach (var set in state.Plan!.AllData)
            {
                var found = await data.FindAsync(set);
                if (found.Problem is { } problem)
                {
                    return Refused(state, problem, isForGood: true);
                }

                environment = environment with { Libraries = environment.Libraries.SetItems(found.Libraries) };
                mine = offer with { Data = data.Whole };
            }
        }

        // What time decides is asked of the store, whose clock counts.
        if (Claiming.Refusal(state, worker, environment, mine, now()) is
        { } refusal and not (Rejection.NotYet or Rejection.BudgetSpent))
        {
            return Refused(
                state,
                WhyIdle.Sentence(state, refusal, worker, environment, mine),
                WhyIdle.IsForGood(refusal));
        }

        var width = state.Plan!.Resources?.Slots ?? 1;
        if (WhyTooWide(state, width) is { } tooWide)
        {
            return Refused(state, tooWide, isForGood: width > claim.MostRoom);
        }

        var groups = Free.Chunk(width).Where(group => group.Length == width).ToImmutableArray();
        _unheard = new Asking(state, groups, environment, mine, new CommandId(Guid.NewGuid()));
        return await SendAsync(_unheard);
    }

    private async Task<WorkerInput?> SendAsync(Asking asking)
    {
        var command = new SweepCommand.ClaimTrials(
            asking.Id, now(), [.. asking.Groups.Select(group => group[0])], asking.Environment, asking.Offer);
        var decision = await coordinator.SendAsync(asking.State.Name, command, CancellationToken.None);
        _unheard = null;
        _asked.Add(asking.State.Name);
        switch (decision)
        {
            case Decision.Accepted accepted:
                await GrantAsync(asking, [.. accepted.Events.OfType<SweepEvent.AttemptStarted>()]);
                return null;
            case Decision.Rejected rejected:
                var worker = claim.Places[0].Worker;
                return Refused(
                    asking.State,
                    WhyIdle.Sentence(asking.State, rejected.Reason, worker, asking.Environment, asking.Offer),
                    WhyIdle.IsForGood(rejected.Reason));
            default:
                throw new UnreachableException($"a claim was answered by {decision}");
        }
    }

    /// <summary>
    /// Why free slots do not hold a trial of a sweep; where they will, sweeps that come after it wait too, or
    /// theirs would take every slot that becomes free.
    /// </summary>
    private string? WhyTooWide(SweepState state, int width)
    {
        var free = Free.Count();
        if (width <= free)
        {
            return null;
        }

        _isHeldBack = width <= claim.Room;
        return _isHeldBack
            ? $"{state.Name}: a trial takes {width} slots of one device, and {free} are free"
            : $"{state.Name}: a trial takes {width} slots of one device, and {claim.Room} of this one work";
    }

    private async Task GrantAsync(Asking asking, ImmutableArray<SweepEvent.AttemptStarted> started)
    {
        var state = asking.State;
        if (started.Any(start => IsUnseen(state, start.Attempt.Trial)))
        {
            // The sweep was extended, or the trial's parent found, between the look and the claim.
            state = (await coordinator.ReadAsync(state.Name, CancellationToken.None))!;
        }

        _grants.AddRange(started.Select(start => GrantOf(state, asking, start)));
    }

    private static bool IsUnseen(SweepState state, int trial) => trial > state.Trials.Length
        || (state.Plan!.From is not null && state.Trial(trial).Parent is null);

    private WorkerInput? Refused(SweepState state, string reason, bool isForGood)
    {
        _asked.Add(state.Name);
        _reasons.Add(reason);
        return sweep is not null && isForGood ? new WorkerInput.ClaimsRefused(reason) : null;
    }

    private WorkerInput Answer() => new WorkerInput.ClaimAnswered(
        [.. claim.Places.Select(place => place.Slot)], [.. _grants]);

    private static Grant GrantOf(SweepState state, Asking asking, SweepEvent.AttemptStarted started)
    {
        var group = asking.Groups.Single(places => places[0].Slot == started.Place.Slot);
        return new Grant(
            started.Place.Slot,
            TrialStart.Of(state.Plan!, started.Attempt),
            started.From,
            [.. group.Skip(1).Select(place => place.Slot)])
        {
            Parent = started.From is null ? state.Trial(started.Attempt.Trial).Parent : null,
        };
    }

    private sealed record Asking(
        SweepState State,
        ImmutableArray<AttemptPlace[]> Groups,
        AttemptEnvironment Environment,
        WorkerOffer Offer,
        CommandId Id);
}
