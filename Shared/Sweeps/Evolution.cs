using System.Collections.Immutable;
using System.Diagnostics;

namespace Shared.Sweeps;

/// <summary>What each event does to the state; no rule is judged here.</summary>
internal static class Evolution
{
    /// <summary>The state after one more event.</summary>
    public static SweepState After(SweepState state, SweepEvent happened)
    {
        var next = happened switch
        {
            SweepEvent.SweepSubmitted submitted => Submitted(submitted),
            SweepEvent.SweepExtended extended => Extended(state, extended),
            SweepEvent.SweepCompleted completed => Completed(state, completed),
            SweepEvent.SweepCancelled cancelled => Cancelled(state, cancelled),
            SweepEvent.SweepPaused paused => state with { IsPaused = true, HandsBack = paused.Now },
            SweepEvent.SweepResumed => Resumed(state),
            SweepEvent.PriorityChanged changed => state with { Priority = changed.Priority },
            SweepEvent.LimitsChanged changed => state with { Limits = changed.Limits },
            SweepEvent.WorkerExcluded excluded => state with
            {
                Excluded = state.Excluded.SetItem(excluded.Worker, excluded.Reason),
            },
            _ => OfTrial(state, happened),
        };

        var answers = next.Answers.TryGetValue(happened.Command, out var earlier) ? earlier : [];
        return next with
        {
            Version = state.Version + 1,
            Answers = next.Answers.SetItem(happened.Command, answers.Add(happened)),
        };
    }

    private static SweepState OfTrial(SweepState state, SweepEvent happened) => happened switch
    {
        SweepEvent.AttemptStarted started => Started(state, started),
        SweepEvent.AttemptCheckpointed made => Checkpointed(state, made),
        SweepEvent.AttemptFinished finished => Finished(state, finished),
        SweepEvent.AttemptLost lost => Ended(state, lost.Attempt, AttemptOutcome.Lost, lost),
        SweepEvent.AttemptHandedBack back => Ended(state, back.Attempt, AttemptOutcome.Preempted, back),
        SweepEvent.AttemptCancelled cancelled =>
            Ended(state, cancelled.Attempt, AttemptOutcome.Cancelled, cancelled),
        SweepEvent.TrialRetryPlanned planned => With(
            state, state.Trial(planned.Trial) with { NotBefore = planned.NotBefore }),
        SweepEvent.TrialReleased released => Released(state, released),
        SweepEvent.TrialReopened reopened => Reopened(state, reopened.Trial),
        SweepEvent.TrialEnded ended => TrialEnded(state, ended),
        _ => throw new UnreachableException($"event {happened.GetType().Name}"),
    };

    private static SweepState Submitted(SweepEvent.SweepSubmitted submitted) => WithTrials(
        SweepState.Initial with
        {
            Name = submitted.Name,
            Plan = submitted.Plan,
            Program = submitted.Program,
            SubmittedAt = submitted.At,
        },
        submitted.Plan.Trials);

    private static SweepState Extended(SweepState state, SweepEvent.SweepExtended extended)
    {
        var (plan, added) = (state.Plan!, extended.Addition);
        return WithTrials(
            state with
            {
                CompletedAt = null,
                Plan = plan with
                {
                    Spec = added.Spec,
                    Swept = added.Swept,
                    Configurations = [.. plan.Configurations, .. added.Configurations],
                    Trials = [.. plan.Trials, .. added.Trials],
                },
            },
            added.Trials);
    }

    /// <summary>New trials wait for a slot, or for their parents where the sweep has one.</summary>
    private static SweepState WithTrials(SweepState state, ImmutableArray<PlannedTrial> trials)
    {
        var numbers = trials.Select(t => t.Number);
        var next = state with
        {
            Trials =
            [
                .. state.Trials,
                .. trials.Select(t => new TrialState(t.Number, t.Configuration, t.Replicate, [], null)),
            ],
        };
        return state.Plan!.From is null
            ? next with { Waiting = state.Waiting.Union(numbers) }
            : next with { Blocked = state.Blocked.Union(numbers) };
    }

    private static SweepState Cancelled(SweepState state, SweepEvent.SweepCancelled cancelled) => state with
    {
        CancelledAt = cancelled.At,
        Waiting = state.Waiting.Clear(),
        Blocked = state.Blocked.Clear(),
        Trials =
        [
            .. state.Trials.Select(
                trial => trial.Outcome is null ? trial with { Outcome = Outcome.Cancelled } : trial),
        ],
    };

    /// <summary>
    /// A pause ends with what it held up: what is added or opened again later is not held up by it.
    /// </summary>
    private static SweepState Completed(SweepState state, SweepEvent.SweepCompleted completed) => state with
    {
        CompletedAt = completed.At,
        IsPaused = false,
        HandsBack = false,
    };

    private static SweepState Resumed(SweepState state) => state with
    {
        IsPaused = false,
        HandsBack = false,
        Excluded = state.Excluded.Clear(),
        FalseStarts = state.FalseStarts.Clear(),
    };

    private static SweepState Started(SweepState state, SweepEvent.AttemptStarted started)
    {
        var trial = state.Trial(started.Attempt.Trial);
        var attempt = new AttemptState(
            started.Attempt, started.Place, started.Environment, started.At, null, null, "", "", 0)
        {
            From = started.From,
        };
        return With(state, trial with { Attempts = trial.Attempts.Add(attempt), NotBefore = null }) with
        {
            Waiting = state.Waiting.Remove(trial.Number),
            Running = state.Running.SetItem(trial.Number, started.Attempt),
        };
    }

    private static SweepState Checkpointed(SweepState state, SweepEvent.AttemptCheckpointed made)
    {
        var trial = state.Trial(made.Attempt.Trial);
        var attempt = trial.Attempts[made.Attempt.Number - 1] with
        {
            Checkpoint = new CheckpointId(made.Attempt, made.Update, made.Sha256),
        };
        attempt = attempt with { EarlierCheckpoint = trial.Attempts[made.Attempt.Number - 1].Checkpoint };
        return WithAttempt(state, trial, attempt) with
        {
            FalseStarts = state.FalseStarts.Remove(attempt.Place.Worker),
        };
    }

    private static SweepState Finished(SweepState state, SweepEvent.AttemptFinished finished)
    {
        var ended = Ended(state, finished.Attempt, finished.Outcome, finished);
        var attempt = ended.Trial(finished.Attempt.Trial).Attempts[finished.Attempt.Number - 1];
        var worker = attempt.Place.Worker;
        return attempt.IsSourceUnreadable ? ended : ended with
        {
            FalseStarts = attempt is { Outcome: AttemptOutcome.Failed, IsFalseStart: true }
                ? state.FalseStarts.SetItem(
                    worker, state.FalseStarts.GetValueOrDefault(worker, []).Add(attempt.Id.Trial))
                : state.FalseStarts.Remove(worker),
        };
    }

    private static SweepState Ended(SweepState state, AttemptId id, AttemptOutcome outcome, SweepEvent end)
    {
        var trial = state.Trial(id.Trial);
        var attempt = trial.Attempts[id.Number - 1] with { EndedAt = end.At, Outcome = outcome };
        attempt = end switch
        {
            SweepEvent.AttemptFinished f => attempt with
            {
                Reason = f.Reason,
                LogTail = f.LogTail,
                LastBatch = f.LastBatch,
                Updates = f.Updates,
                IsSourceUnreadable = f.IsSourceUnreadable,
            },
            SweepEvent.AttemptLost l => attempt with { Reason = l.Reason, LogTail = l.LogTail },
            _ => attempt,
        };
        var took = end.At - attempt.StartedAt;
        return WithAttempt(state, trial, attempt) with
        {
            Waiting = state.Waiting.Add(id.Trial),
            Running = state.Running.Remove(id.Trial),
            Spent = took > TimeSpan.Zero ? state.Spent + took : state.Spent,
        };
    }

    private static SweepState Released(SweepState state, SweepEvent.TrialReleased released) =>
        With(state, state.Trial(released.Trial) with { Parent = released.Parent }) with
        {
            Blocked = state.Blocked.Remove(released.Trial),
            Waiting = state.Waiting.Add(released.Trial),
        };

    /// <summary>A trial whose parent's artifact it never got waits for that again.</summary>
    private static SweepState Reopened(SweepState state, int number)
    {
        var trial = state.Trial(number);
        var next = With(
            state,
            trial with { Outcome = null, Cause = "", NotBefore = null, Forgiven = trial.Attempts.Length });
        var isBlocked = state.Plan!.From is not null && trial.Parent is null;
        return next with
        {
            CompletedAt = null,
            Blocked = isBlocked ? state.Blocked.Add(number) : state.Blocked,
            Waiting = isBlocked ? state.Waiting : state.Waiting.Add(number),
        };
    }

    private static SweepState TrialEnded(SweepState state, SweepEvent.TrialEnded ended)
    {
        var trial = state.Trial(ended.Trial) with
        {
            Outcome = ended.Outcome,
            Cause = ended.Cause ?? "",
            NotBefore = null,
        };
        return With(state, trial) with
        {
            Waiting = state.Waiting.Remove(ended.Trial),
            Blocked = state.Blocked.Remove(ended.Trial),
        };
    }

    private static SweepState WithAttempt(SweepState state, TrialState trial, AttemptState attempt) =>
        With(state, trial with { Attempts = trial.Attempts.SetItem(attempt.Id.Number - 1, attempt) });

    private static SweepState With(SweepState state, TrialState trial) =>
        state with { Trials = state.Trials.SetItem(trial.Number - 1, trial) };
}
