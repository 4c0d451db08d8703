using System.Collections.Immutable;
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
    private readonly Dictionary<AttemptId, List<CheckpointId>> _checkpoints = [];
    private readonly Dictionary<AttemptId, CheckpointId> _from = [];
    private readonly HashSet<CheckpointId> _unread = [];
    private readonly HashSet<int> _blocked = [];
    private int _trials;
    private bool _isPaused;
    private bool _isOver;

    /// <summary>The events so far.</summary>
    public IReadOnlyList<SweepEvent> Events => _events;

    /// <summary>The outcome of each trial that has one.</summary>
    public IReadOnlyDictionary<int, Outcome> Outcomes => _outcomes;

    /// <summary>The attempts that run now.</summary>
    public IReadOnlyCollection<AttemptId> Running => _running.Values;

    /// <summary>How many attempts were lost so far.</summary>
    public int Losses { get; private set; }

    /// <summary>Whether this attempt is the one that runs its trial.</summary>
    public bool Runs(AttemptId attempt) =>
        _running.TryGetValue(attempt.Trial, out var current) && current == attempt;

    /// <summary>Adds an event, if it may follow the ones before it.</summary>
    public void Add(SweepEvent happened)
    {
        Require(
            !_isOver || happened is SweepEvent.SweepExtended or SweepEvent.TrialReopened,
            $"{happened} follows the end of the sweep");
        switch (happened)
        {
            case SweepEvent.AttemptStarted started:
                Start(started);
                break;
            case SweepEvent.AttemptCheckpointed made:
                Checkpoint(made);
                break;
            case SweepEvent.AttemptFinished finished:
                if (finished.IsSourceUnreadable && _from.TryGetValue(finished.Attempt, out var unread))
                {
                    _unread.Add(unread);
                }

                End(finished.Attempt, finished);
                break;
            case SweepEvent.AttemptLost lost:
                Losses++;
                End(lost.Attempt, lost);
                break;
            case SweepEvent.AttemptHandedBack back:
                End(back.Attempt, back);
                break;
            case SweepEvent.AttemptCancelled cancelled:
                End(cancelled.Attempt, cancelled);
                break;
            default:
                AddOther(happened);
                break;
        }

        _events.Add(happened);
    }

    private void AddOther(SweepEvent happened)
    {
        switch (happened)
        {
            case SweepEvent.SweepSubmitted submitted:
                AddTrials(submitted.Plan.Trials, submitted.Plan.From is not null);
                break;
            case SweepEvent.SweepExtended extended:
                _isOver = false;
                AddTrials(extended.Addition.Trials, isBlocked: _events[0] is SweepEvent.SweepSubmitted
                {
                    Plan.From: not null,
                });
                break;
            case SweepEvent.TrialReleased released:
                Require(_blocked.Remove(released.Trial), $"trial {released.Trial} was released");
                break;
            case SweepEvent.TrialEnded ended:
                Require(!_running.ContainsKey(ended.Trial), $"trial {ended.Trial} ends while it runs");
                Require(_outcomes.TryAdd(ended.Trial, ended.Outcome), $"trial {ended.Trial} ends twice");
                break;
            case SweepEvent.TrialReopened reopened:
                Reopen(reopened.Trial);
                break;
            case SweepEvent.SweepCompleted:
                Require(_running.Count == 0 && _outcomes.Count == _trials, "a sweep completes too early");
                (_isOver, _isPaused) = (true, false);
                break;
            case SweepEvent.SweepCancelled:
                Require(_running.Count == 0, "an attempt runs on in a cancelled sweep");
                _isOver = true;
                break;
            case SweepEvent.SweepPaused:
                _isPaused = true;
                break;
            case SweepEvent.SweepResumed:
                _isPaused = false;
                break;
        }
    }

    private void AddTrials(ImmutableArray<PlannedTrial> trials, bool isBlocked)
    {
        Require(trials[0].Number == _trials + 1, "trials are numbered on");
        _trials += trials.Length;
        if (isBlocked)
        {
            _blocked.UnionWith(trials.Select(t => t.Number));
        }
    }

    private void Start(SweepEvent.AttemptStarted started)
    {
        var (trial, number) = (started.Attempt.Trial, started.Attempt.Number);
        Require(!_isPaused, $"{started.Attempt} starts while the sweep is paused");
        Require(!_outcomes.ContainsKey(trial), $"{started.Attempt} starts after its trial ended");
        Require(!_blocked.Contains(trial), $"{started.Attempt} starts before its parent's artifact is there");
        Require(number == _started.GetValueOrDefault(trial) + 1, $"{started.Attempt} is no new number");
        Require(
            started.From is not { } from
                || _checkpoints.GetValueOrDefault(from.Attempt, []).FindLast(c => !_unread.Contains(c)) == from,
            $"{started.Attempt} goes on from a checkpoint that is not its attempt's newest that may be read");
        if (started.From is { } source)
        {
            _from[started.Attempt] = source;
        }

        _started[trial] = number;
        Require(_running.TryAdd(trial, started.Attempt), $"{started.Attempt} starts while another one runs");
    }

    private void Checkpoint(SweepEvent.AttemptCheckpointed made)
    {
        Require(Runs(made.Attempt), $"{made.Attempt} leaves a checkpoint without running");
        if (!_checkpoints.TryGetValue(made.Attempt, out var left))
        {
            _checkpoints[made.Attempt] = left = [];
        }

        left.Add(new CheckpointId(made.Attempt, made.Update, made.Sha256));
    }

    private void End(AttemptId attempt, SweepEvent end)
    {
        Require(Runs(attempt), $"{attempt} ends without running");
        Require(_ends.TryAdd(attempt, end), $"{attempt} ends twice");
        _running.Remove(attempt.Trial);
    }

    private void Reopen(int trial)
    {
        _isOver = false;
        Require(
            _outcomes.Remove(trial, out var outcome) && outcome is Outcome.Failed or Outcome.Cancelled,
            $"trial {trial} is opened again after {outcome}");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"what must not happen: {otherwise}");
        }
    }
}
