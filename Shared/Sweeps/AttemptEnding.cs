namespace Shared.Sweeps;

/// <summary>What an attempt's checkpoint or end means for its trial and its worker.</summary>
internal static class AttemptEnding
{
    /// <summary>Accepts a checkpoint that is newer than what the attempt has.</summary>
    public static Decision Decide(SweepState state, SweepCommand.RecordCheckpoint record)
    {
        if (!Sweep.Runs(state, record.Attempt))
        {
            return Sweep.Reject(Rejection.StaleAttempt);
        }

        var attempt = state.Trial(record.Attempt.Trial).Attempts[^1];
        var last = Math.Max(attempt.From?.Update ?? 0, attempt.Checkpoint?.Update ?? 0);
        return record.Update > last && record.LastBatch >= 0
            ? Sweep.Accept(new SweepEvent.AttemptCheckpointed(
                record.Id, record.At, record.Attempt, record.Update, record.Sha256))
            : Sweep.Reject(Rejection.InvalidNumber);
    }

    /// <summary>Ends an attempt as it says, and its trial unless that is tried again.</summary>
    public static Decision Decide(SweepState state, SweepCommand.FinishAttempt finish)
    {
        if (!Sweep.Runs(state, finish.Attempt))
        {
            return Sweep.Reject(Rejection.StaleAttempt);
        }

        if (finish.LastBatch < 0 || finish.Updates < 0)
        {
            return Sweep.Reject(Rejection.InvalidNumber);
        }

        var finished = new SweepEvent.AttemptFinished(
            finish.Id,
            finish.At,
            finish.Attempt,
            finish.Outcome,
            finish.Reason,
            finish.LogTail,
            finish.LastBatch)
        {
            Updates = finish.Updates,
            IsSourceUnreadable = finish is { IsSourceUnreadable: true, Outcome: AttemptOutcome.Failed }
                && WithEnd(state, finish).HasNoUpdate,
        };
        return finish.Outcome switch
        {
            AttemptOutcome.Completed => End(state, finish, finished, Outcome.Completed),
            AttemptOutcome.Diverged => End(state, finish, finished, Outcome.Diverged),
            AttemptOutcome.Failed => Failed(state, finish, finished),
            _ => Sweep.Reject(Rejection.InvalidOutcome),
        };
    }

    /// <summary>Ends an attempt whose slot or worker is gone.</summary>
    public static Decision Decide(SweepState state, SweepCommand.LoseAttempt lose)
    {
        if (!Sweep.Runs(state, lose.Attempt))
        {
            return Sweep.Reject(Rejection.StaleAttempt);
        }

        var lost = new SweepEvent.AttemptLost(lose.Id, lose.At, lose.Attempt, lose.Reason, lose.LogTail);
        var losses = 1 + Count(state, lose.Attempt.Trial, AttemptOutcome.Lost);
        if (RetryRules.IsLostTooOften(state, lose.Attempt, losses))
        {
            return Sweep.Accept([lost, .. Sweep.EndOf(
                state, lose, lose.Attempt.Trial, Outcome.Failed,
                $"its attempts were lost {losses} times, the last time because {lose.Reason}")]);
        }

        return Sweep.Accept(Waits(lost, lose, lose.Attempt.Trial, RetryRules.AfterLosses(losses)));
    }

    /// <summary>Ends an attempt that its worker gives up; it costs nothing.</summary>
    public static Decision Decide(SweepState state, SweepCommand.HandBackAttempt handBack) =>
        Sweep.Runs(state, handBack.Attempt)
            ? Sweep.Accept(new SweepEvent.AttemptHandedBack(handBack.Id, handBack.At, handBack.Attempt))
            : Sweep.Reject(Rejection.StaleAttempt);

    private static Decision End(
        SweepState state, SweepCommand.FinishAttempt finish, SweepEvent finished, Outcome outcome) =>
        Sweep.Accept([finished, .. Sweep.EndOf(state, finish, finish.Attempt.Trial, outcome)]);

    private static Decision Failed(
        SweepState state, SweepCommand.FinishAttempt finish, SweepEvent.AttemptFinished finished)
    {
        var trial = state.Trial(finish.Attempt.Trial);
        var attempt = WithEnd(state, finish) with { IsSourceUnreadable = finished.IsSourceUnreadable };
        if (attempt.IsCheckpointUnreadable)
        {
            return Sweep.Accept(Waits(finished, finish, trial.Number, RetryRules.AfterFailures(1)));
        }

        if (attempt.IsFalseStart)
        {
            return FalseStart(state, finish, finished, attempt);
        }

        var failures = 1 + trial.Counted.Count(
            a => a is { Outcome: AttemptOutcome.Failed, IsFalseStart: false, IsCheckpointUnreadable: false });
        return failures > state.Plan!.Retries
            ? End(state, finish, finished, Outcome.Failed)
            : Sweep.Accept(Waits(finished, finish, trial.Number, RetryRules.AfterFailures(failures)));
    }

    private static AttemptState WithEnd(SweepState state, SweepCommand.FinishAttempt finish) =>
        state.Trial(finish.Attempt.Trial).Attempts[^1] with { Updates = finish.Updates };

    /// <summary>
    /// A failure before the first update counts against the worker, unless it is the parent's model that cannot be
    /// read: several trials in a row exclude it, as long as the sweep knows another worker that could run them. A
    /// trial that starts nowhere is stopped all the same.
    /// </summary>
    /// <remarks>
    /// The last worker is never excluded: a sweep that nobody may run would neither go on nor end, where its
    /// trials' own limits end it with the cause shown.
    /// </remarks>
    private static Decision FalseStart(
        SweepState state,
        SweepCommand.FinishAttempt finish,
        SweepEvent.AttemptFinished finished,
        AttemptState attempt)
    {
        var number = finish.Attempt.Trial;
        var starts = 1 + state.Trial(number).Counted.Count(
            a => a is { Outcome: AttemptOutcome.Failed, IsFalseStart: true });
        List<SweepEvent> events = RetryRules.IsFalseStartTooOften(state, finish.Attempt, starts)
            ?
            [
                finished,
                .. Sweep.EndOf(
                    state, finish, number, Outcome.Failed,
                    $"{starts} attempts failed before their first update, the last one because "
                    + finish.Reason),
            ]
            : [.. Waits(finished, finish, number, RetryRules.AfterFailures(starts))];
        var worker = attempt.Place.Worker;
        var trials = state.FalseStarts.GetValueOrDefault(worker, []).Add(number).Count;
        if (!attempt.IsSourceUnreadable
            && trials >= RetryRules.FalseStartsOfWorker
            && !state.Excluded.ContainsKey(worker)
            && RetryRules.KnowsAnotherThan(state, worker)
            && events[^1] is not SweepEvent.SweepCompleted)
        {
            events.Add(new SweepEvent.WorkerExcluded(
                finish.Id, finish.At, worker,
                $"{trials} trials in a row failed on it before their first update, the last one because "
                + finish.Reason));
        }

        return Sweep.Accept(events);
    }

    private static IEnumerable<SweepEvent> Waits(
        SweepEvent end, SweepCommand command, int trial, TimeSpan wait) =>
        wait == TimeSpan.Zero
            ? [end]
            : [end, new SweepEvent.TrialRetryPlanned(command.Id, command.At, trial, command.At + wait)];

    private static int Count(SweepState state, int trial, AttemptOutcome outcome) =>
        state.Trial(trial).Counted.Count(a => a.Outcome == outcome);
}
