using System.Diagnostics;

namespace Shared.Sweeps;

/// <summary>The aggregate: every rule about what may happen to a sweep, as pure functions.</summary>
public static class Sweep
{
    /// <summary>
    /// How many lost attempts a trial may have before it is failed, where they were lost on at least two
    /// workers or the sweep has seen only one.
    /// </summary>
    public const int LostAttemptLimit = 5;

    /// <summary>How many lost attempts a trial may have at all.</summary>
    public const int LostAttemptCeiling = 20;

    /// <summary>Which events a command makes, or why it makes none.</summary>
    public static Decision Decide(SweepState state, SweepCommand command)
    {
        if (state.Answers.TryGetValue(command.Id, out var answer))
        {
            // The same command again: the first answer stands.
            return new Decision.Accepted(answer, IsRepeat: true);
        }

        if (command is SweepCommand.Submit submit)
        {
            return state.Plan is null ? Accept(Submitted(submit)) : Reject(Rejection.AlreadySubmitted);
        }

        if (state.Plan is null)
        {
            return Reject(Rejection.UnknownSweep);
        }

        return command switch
        {
            SweepCommand.ClaimTrial claim => Decide(state, claim),
            SweepCommand.FinishAttempt finish => Decide(state, finish),
            SweepCommand.LoseAttempt lose => Decide(state, lose),
            SweepCommand.HandBackAttempt handBack => Decide(state, handBack),
            _ => throw new UnreachableException($"command {command.GetType().Name}"),
        };
    }

    /// <summary>The state after one more event.</summary>
    public static SweepState Evolve(SweepState state, SweepEvent happened)
    {
        var next = happened switch
        {
            SweepEvent.SweepSubmitted submitted => Evolve(submitted),
            SweepEvent.AttemptStarted started => Evolve(state, started),
            SweepEvent.AttemptFinished finished => Ended(
                state, finished.Attempt, finished.Outcome, finished),
            SweepEvent.AttemptLost lost => Ended(state, lost.Attempt, AttemptOutcome.Lost, lost),
            SweepEvent.AttemptHandedBack back => Ended(state, back.Attempt, AttemptOutcome.Preempted, back),
            SweepEvent.TrialEnded ended => Evolve(state, ended),
            SweepEvent.SweepCompleted completed => state with { CompletedAt = completed.At },
            _ => throw new UnreachableException($"event {happened.GetType().Name}"),
        };

        var answers = next.Answers.TryGetValue(happened.Command, out var earlier) ? earlier : [];
        return next with
        {
            Version = state.Version + 1,
            Answers = next.Answers.SetItem(happened.Command, answers.Add(happened)),
        };
    }

    /// <summary>The state after a history.</summary>
    public static SweepState Fold(IEnumerable<SweepEvent> history) =>
        history.Aggregate(SweepState.Initial, Evolve);

    private static Decision Decide(SweepState state, SweepCommand.ClaimTrial claim)
    {
        if (state.Waiting.IsEmpty)
        {
            return Reject(Rejection.NothingToClaim);
        }

        if (claim.Environment.Program != state.Program)
        {
            return Reject(Rejection.ProgramMismatch);
        }

        var trial = state.Trial(state.Waiting.Min);
        var attempt = new AttemptId(state.Name, trial.Number, trial.Attempts.Length + 1);
        return Accept(
            new SweepEvent.AttemptStarted(claim.Id, claim.At, attempt, claim.Place, claim.Environment));
    }

    private static Decision Decide(SweepState state, SweepCommand.FinishAttempt finish)
    {
        if (!Runs(state, finish.Attempt))
        {
            return Reject(Rejection.StaleAttempt);
        }

        if (finish.Outcome is AttemptOutcome.Lost or AttemptOutcome.Preempted)
        {
            return Reject(Rejection.InvalidOutcome);
        }

        var finished = new SweepEvent.AttemptFinished(
            finish.Id,
            finish.At,
            finish.Attempt,
            finish.Outcome,
            finish.Reason,
            finish.LogTail,
            finish.LastBatch);
        return Accept(WithTrialEnd(state, finish, finish.Attempt, finished, finish.Outcome switch
        {
            AttemptOutcome.Completed => Outcome.Completed,
            AttemptOutcome.Diverged => Outcome.Diverged,
            _ => IsOutOfRetries(state, finish.Attempt) ? Outcome.Failed : null,
        }));
    }

    private static Decision Decide(SweepState state, SweepCommand.LoseAttempt lose)
    {
        if (!Runs(state, lose.Attempt))
        {
            return Reject(Rejection.StaleAttempt);
        }

        var lost = new SweepEvent.AttemptLost(lose.Id, lose.At, lose.Attempt, lose.Reason, lose.LogTail);
        Outcome? outcome = IsLostTooOften(state, lose.Attempt) ? Outcome.Failed : null;
        return Accept(WithTrialEnd(state, lose, lose.Attempt, lost, outcome));
    }

    private static Decision Decide(SweepState state, SweepCommand.HandBackAttempt handBack) =>
        Runs(state, handBack.Attempt)
            ? Accept(new SweepEvent.AttemptHandedBack(handBack.Id, handBack.At, handBack.Attempt))
            : Reject(Rejection.StaleAttempt);

    private static SweepEvent[] WithTrialEnd(
        SweepState state, SweepCommand command, AttemptId attempt, SweepEvent end, Outcome? outcome)
    {
        if (outcome is null)
        {
            return [end];
        }

        var trialEnded = new SweepEvent.TrialEnded(command.Id, command.At, attempt.Trial, outcome.Value);
        var isLast = state.Waiting.IsEmpty && state.Running.Count == 1;
        return isLast
            ? [end, trialEnded, new SweepEvent.SweepCompleted(command.Id, command.At)]
            : [end, trialEnded];
    }

    private static bool Runs(SweepState state, AttemptId attempt) =>
        state.Running.TryGetValue(attempt.Trial, out var current) && current == attempt;

    private static bool IsOutOfRetries(SweepState state, AttemptId attempt) =>
        1 + Count(state, attempt.Trial, AttemptOutcome.Failed) > state.Plan!.Retries;

    private static bool IsLostTooOften(SweepState state, AttemptId attempt)
    {
        var losses = 1 + Count(state, attempt.Trial, AttemptOutcome.Lost);
        if (losses is < LostAttemptLimit or >= LostAttemptCeiling)
        {
            return losses >= LostAttemptCeiling;
        }

        var places = state.Trial(attempt.Trial).Attempts
            .Where(a => a.Outcome is AttemptOutcome.Lost || a.Id == attempt)
            .Select(a => a.Place.Worker)
            .Distinct(StringComparer.Ordinal);
        var workers = state.Trials.SelectMany(t => t.Attempts).Select(a => a.Place.Worker)
            .Distinct(StringComparer.Ordinal);
        return places.Take(2).Count() == 2 || workers.Take(2).Count() == 1;
    }

    private static int Count(SweepState state, int trial, AttemptOutcome outcome) =>
        state.Trial(trial).Attempts.Count(a => a.Outcome == outcome);

    private static SweepEvent.SweepSubmitted Submitted(SweepCommand.Submit submit) =>
        new(submit.Id, submit.At, submit.Name, submit.Plan, submit.Program);

    private static SweepState Evolve(SweepEvent.SweepSubmitted submitted) => SweepState.Initial with
    {
        Name = submitted.Name,
        Plan = submitted.Plan,
        Program = submitted.Program,
        SubmittedAt = submitted.At,
        Trials = [.. submitted.Plan.Trials.Select(
            t => new TrialState(t.Number, t.Configuration, t.Replicate, [], null))],
        Waiting = [.. submitted.Plan.Trials.Select(t => t.Number)],
    };

    private static SweepState Evolve(SweepState state, SweepEvent.AttemptStarted started)
    {
        var trial = state.Trial(started.Attempt.Trial);
        var attempt = new AttemptState(
            started.Attempt, started.Place, started.Environment, started.At, null, null, "", "", 0);
        return With(state, trial with { Attempts = trial.Attempts.Add(attempt) }) with
        {
            Waiting = state.Waiting.Remove(trial.Number),
            Running = state.Running.SetItem(trial.Number, started.Attempt),
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
            },
            SweepEvent.AttemptLost l => attempt with { Reason = l.Reason, LogTail = l.LogTail },
            _ => attempt,
        };

        return With(state, trial with { Attempts = trial.Attempts.SetItem(id.Number - 1, attempt) }) with
        {
            Waiting = state.Waiting.Add(id.Trial),
            Running = state.Running.Remove(id.Trial),
        };
    }

    private static SweepState Evolve(SweepState state, SweepEvent.TrialEnded ended) =>
        With(state, state.Trial(ended.Trial) with { Outcome = ended.Outcome }) with
        {
            Waiting = state.Waiting.Remove(ended.Trial),
        };

    private static SweepState With(SweepState state, TrialState trial) =>
        state with { Trials = state.Trials.SetItem(trial.Number - 1, trial) };

    private static Decision Accept(params SweepEvent[] events) =>
        new Decision.Accepted([.. events], IsRepeat: false);

    private static Decision Reject(Rejection reason) => new Decision.Rejected(reason);
}
