using System.Globalization;
using Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>
/// A second, simpler bookkeeping of the events, against which the real one is checked as it grows.
/// </summary>
internal sealed class History
{
    private readonly List<SweepEvent> _events = [];
    private readonly Dictionary<AttemptId, SweepEvent> _ends = [];
    private readonly Dictionary<int, AttemptId> _running = [];
    private readonly Dictionary<int, Outcome> _outcomes = [];
    private readonly Dictionary<int, int> _started = [];

    /// <summary>The events so far.</summary>
    public IReadOnlyList<SweepEvent> Events => _events;

    /// <summary>The outcome of each trial that has one.</summary>
    public IReadOnlyDictionary<int, Outcome> Outcomes => _outcomes;

    /// <summary>The attempts that run now.</summary>
    public IReadOnlyCollection<AttemptId> Running => _running.Values;

    /// <summary>Whether this attempt is the one that runs its trial.</summary>
    public bool Runs(AttemptId attempt) =>
        _running.TryGetValue(attempt.Trial, out var current) && current == attempt;

    /// <summary>How many attempts of a trial ended by an event of this kind.</summary>
    public int Count<TEnd>(int trial)
        where TEnd : SweepEvent => _ends.Count(e => e.Key.Trial == trial && e.Value is TEnd);

    /// <summary>The end that gave a trial its result.</summary>
    public SweepEvent.AttemptFinished? ResultOf(int trial) =>
        _ends.Values.OfType<SweepEvent.AttemptFinished>()
            .SingleOrDefault(e => e.Attempt.Trial == trial && e.Outcome is not AttemptOutcome.Failed);

    /// <summary>Adds an event, if it may follow the ones before it.</summary>
    public void Add(SweepEvent happened)
    {
        _events.OfType<SweepEvent.SweepCompleted>()
            .ShouldBeEmpty("nothing follows the completion of a sweep");
        switch (happened)
        {
            case SweepEvent.AttemptStarted started:
                Start(started.Attempt);
                break;
            case SweepEvent.AttemptFinished finished:
                End(finished.Attempt, finished);
                break;
            case SweepEvent.AttemptLost lost:
                End(lost.Attempt, lost);
                break;
            case SweepEvent.AttemptHandedBack back:
                End(back.Attempt, back);
                break;
            case SweepEvent.TrialEnded ended:
                _running.ContainsKey(ended.Trial).ShouldBeFalse();
                _outcomes.TryAdd(ended.Trial, ended.Outcome).ShouldBeTrue($"trial {ended.Trial} ends once");
                break;
            case SweepEvent.SweepCompleted:
                _running.ShouldBeEmpty();
                break;
        }

        _events.Add(happened);
    }

    private void Start(AttemptId attempt)
    {
        _outcomes.ContainsKey(attempt.Trial).ShouldBeFalse($"{attempt} starts after its trial ended");
        var number = _started.GetValueOrDefault(attempt.Trial) + 1;
        attempt.Number.ShouldBe(
            number, $"attempts of trial {attempt.Trial.ToString(CultureInfo.InvariantCulture)}");
        _started[attempt.Trial] = number;
        _running.TryAdd(attempt.Trial, attempt).ShouldBeTrue($"{attempt} starts while another attempt runs");
    }

    private void End(AttemptId attempt, SweepEvent end)
    {
        Runs(attempt).ShouldBeTrue($"{attempt} ends without running");
        _ends.TryAdd(attempt, end).ShouldBeTrue($"{attempt} ends once");
        _running.Remove(attempt.Trial);
    }
}
