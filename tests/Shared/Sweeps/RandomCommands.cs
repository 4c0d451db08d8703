using System.Collections.Immutable;
using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

/// <summary>
/// Commands of every kind from one seed: mostly sensible, sometimes late, repeated or plain nonsense, at
/// times that jump back and forth.
/// </summary>
internal sealed class RandomCommands(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<SweepCommand> _accepted = [];
    private DateTimeOffset _now = Given.Noon;

    /// <summary>Whether a command of that id was accepted before.</summary>
    public bool WasAccepted(CommandId id) => _accepted.Exists(c => c.Id == id);

    /// <summary>Remembers an accepted command, so that it may come again.</summary>
    public void Accepted(SweepCommand command) => _accepted.Add(command);

    /// <summary>The next command.</summary>
    public SweepCommand Next(SweepState state, int step)
    {
        _now += TimeSpan.FromSeconds((_random.NextDouble() * 200) - (_random.Next(10) == 0 ? 100 : 5));
        var id = 1_000 + step;
        return state.Plan is null || _random.Next(100) == 0 ? Submission(state, id) : OfSubmitted(state, id);
    }

    private SweepCommand Submission(SweepState state, int id)
    {
        if (state.Plan is null && _random.Next(2) == 0)
        {
            return Given.Claim(id) with { At = _now };
        }

        var plan = Given.Plan(2 + _random.Next(8), retries: _random.Next(3)) with
        {
            From = seed % 3 == 0 ? new ParentSweep("parent", "model.safetensors") : null,
            Requirements = seed % 4 == 0 ? new Requirements(Labels("site", "a"), "cpu", null) : null,
        };
        return new SweepCommand.Submit(Given.Id(id), _now, "demo", plan, Given.Program);
    }

    private SweepCommand OfSubmitted(SweepState state, int id)
    {
        var attempt = state.Running.IsEmpty || _random.Next(10) == 0
            ? Given.Attempt(1 + _random.Next(10), 1 + _random.Next(3))   // perhaps stale, perhaps nonsense
            : state.Running.Values.ElementAt(_random.Next(state.Running.Count));
        return _random.Next(26) switch
        {
            0 when _accepted.Count > 0 => _accepted[_random.Next(_accepted.Count)],
            1 => Given.HandBack(id, attempt) with { At = _now },
            2 => Given.Lose(id, attempt) with { At = _now },
            3 => Given.FalseStart(id, attempt) with { At = _now },
            4 or 5 => Given.Finish(id, attempt, AttemptOutcome.Failed) with
            {
                At = _now,
                Updates = _random.Next(3),
                IsSourceUnreadable = _random.Next(3) == 0,
            },
            6 => Given.Finish(id, attempt, (AttemptOutcome)_random.Next(6)) with { At = _now },
            7 => Given.Checkpoint(id, attempt, _random.Next(50)) with { At = _now },
            < 12 => OfPeople(state, id),
            12 => new SweepCommand.ReleaseTrial(
                Given.Id(id), _now, Trial(state),
                new ParentArtifact(Given.Attempt(1, sweep: "parent"), "model.safetensors", "ab12")),
            13 when _random.Next(4) == 0 =>
                new SweepCommand.FailWaitingTrial(Given.Id(id), _now, Trial(state), "its parent failed"),
            _ => Claim(id),
        };
    }

    private SweepCommand OfPeople(SweepState state, int id) => _random.Next(20) switch
    {
        0 => new SweepCommand.PauseSweep(Given.Id(id), _now, Now: false),
        1 => new SweepCommand.PauseSweep(Given.Id(id), _now, Now: true),
        < 7 => new SweepCommand.ResumeSweep(Given.Id(id), _now),
        7 when _random.Next(4) == 0 => new SweepCommand.CancelSweep(Given.Id(id), _now),
        8 or 9 => new SweepCommand.CancelTrial(Given.Id(id), _now, Trial(state)),
        < 14 => new SweepCommand.RetryTrial(Given.Id(id), _now, Trial(state)),
        14 => new SweepCommand.ChangePriority(Given.Id(id), _now, _random.Next(-5, 6)),
        15 => Limits(id, _random.Next(-1, 4), TimeSpan.FromSeconds(_random.Next(-100, 1_000))),
        16 or 17 => Limits(id, null, null),
        _ => Extension(state, id),
    };

    private SweepCommand.ChangeLimits Limits(int id, int? concurrency, TimeSpan? budget) =>
        new(Given.Id(id), _now, new SweepLimits(concurrency, budget));

    private SweepCommand.ExtendSweep Extension(SweepState state, int id)
    {
        var first = state.Trials.Length + 1 + (_random.Next(3) == 0 ? 1 : 0);
        return new(Given.Id(id), _now, Given.Addition(first, first + _random.Next(3)));
    }

    private SweepCommand.ClaimTrials Claim(int id)
    {
        var worker = _random.Next(60) == 0 ? "../w" : $"w{_random.Next(4)}";
        ImmutableArray<AttemptPlace> places =
            [.. Enumerable.Range(1, 1 + _random.Next(3)).Select(slot => Given.Place(worker, slot))];
        var environment = Given.Environment(_random.Next(20) == 0 ? "program-2" : Given.Program) with
        {
            Device = _random.Next(4) == 0 ? "Another CPU" : "Fake CPU",
        };
        return new(Given.Id(id), _now, places, environment, Offer: _random.Next(4) == 0
            ? null
            : WorkerOffer.Nothing with { Labels = Labels("site", "a") });
    }

    /// <summary>Mostly one that is there.</summary>
    private int Trial(SweepState state) => _random.Next(state.Trials.Length + 2);

    private static ImmutableSortedDictionary<string, string> Labels(string name, string value) =>
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(name, value);
}
