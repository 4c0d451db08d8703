namespace Shared.Sweeps;

/// <summary>What people may ask of a sweep while it runs, and after.</summary>
internal static class Control
{
    /// <summary>Stops claims; asked again, it can only become stricter.</summary>
    public static Decision Decide(SweepState state, SweepCommand.PauseSweep pause) =>
        state.IsEnded ? Sweep.Reject(Rejection.SweepEnded)
            : state.IsPaused && (state.HandsBack || !pause.Now) ? Sweep.Reject(Rejection.SweepPaused)
            : Sweep.Accept(new SweepEvent.SweepPaused(pause.Id, pause.At, pause.Now));

    /// <summary>Lets trials be claimed again, and excluded workers claim.</summary>
    public static Decision Decide(SweepState state, SweepCommand.ResumeSweep resume) =>
        state.IsEnded ? Sweep.Reject(Rejection.SweepEnded)
            : state.IsPaused || !state.Excluded.IsEmpty
                ? Sweep.Accept(new SweepEvent.SweepResumed(resume.Id, resume.At))
            : Sweep.Reject(Rejection.NotPaused);

    /// <summary>Ends everything that has not ended.</summary>
    public static Decision Decide(SweepState state, SweepCommand.CancelSweep cancel) =>
        state.IsEnded
            ? Sweep.Reject(Rejection.SweepEnded)
            : Sweep.Accept([
                .. state.Running.Values.Select(
                    a => new SweepEvent.AttemptCancelled(cancel.Id, cancel.At, a)),
                new SweepEvent.SweepCancelled(cancel.Id, cancel.At),
            ]);

    /// <summary>Ends one trial.</summary>
    public static Decision Decide(SweepState state, SweepCommand.CancelTrial cancel)
    {
        if (!Has(state, cancel.Trial))
        {
            return Sweep.Reject(Rejection.UnknownTrial);
        }

        if (state.Trial(cancel.Trial).Outcome is not null)
        {
            return Sweep.Reject(Rejection.TrialNotWaiting);
        }

        var end = Sweep.EndOf(state, cancel, cancel.Trial, Outcome.Cancelled);
        return state.Running.TryGetValue(cancel.Trial, out var attempt)
            ? Sweep.Accept([new SweepEvent.AttemptCancelled(cancel.Id, cancel.At, attempt), .. end])
            : Sweep.Accept(end);
    }

    /// <summary>Opens a failed or cancelled trial again, and its sweep with it.</summary>
    public static Decision Decide(SweepState state, SweepCommand.RetryTrial retry)
    {
        if (!Has(state, retry.Trial))
        {
            return Sweep.Reject(Rejection.UnknownTrial);
        }

        return state.IsCancelled ? Sweep.Reject(Rejection.SweepEnded)
            : state.Trial(retry.Trial).Outcome is Outcome.Failed or Outcome.Cancelled
                ? Sweep.Accept(new SweepEvent.TrialReopened(retry.Id, retry.At, retry.Trial))
            : Sweep.Reject(Rejection.TrialNotRetryable);
    }

    /// <summary>Says which sweeps are served first.</summary>
    public static Decision Decide(SweepState state, SweepCommand.ChangePriority change) =>
        state.IsEnded
            ? Sweep.Reject(Rejection.SweepEnded)
            : Sweep.Accept(new SweepEvent.PriorityChanged(change.Id, change.At, change.Priority));

    /// <summary>Says how much may run; what runs already runs to its end.</summary>
    public static Decision Decide(SweepState state, SweepCommand.ChangeLimits change) =>
        state.IsEnded ? Sweep.Reject(Rejection.SweepEnded)
            : change.Limits.IsValid
                ? Sweep.Accept(new SweepEvent.LimitsChanged(change.Id, change.At, change.Limits))
            : Sweep.Reject(Rejection.InvalidNumber);

    /// <summary>Adds trials, whose numbers follow on the last one's.</summary>
    public static Decision Decide(SweepState state, SweepCommand.ExtendSweep extend)
    {
        if (state.IsCancelled)
        {
            return Sweep.Reject(Rejection.SweepEnded);
        }

        return Follows(state, extend.Addition)
            ? Sweep.Accept(new SweepEvent.SweepExtended(extend.Id, extend.At, extend.Addition))
            : Sweep.Reject(Rejection.AdditionMismatch);
    }

    /// <summary>
    /// Whether an addition's configurations are new and each of its trials is one more pair of a known
    /// configuration and a replicate.
    /// </summary>
    private static bool Follows(SweepState state, SweepAddition addition)
    {
        var known = state.Plan!.Configurations.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var pairs = state.Trials.Select(t => (t.Configuration, t.Replicate)).ToHashSet();
        var numbers = Enumerable.Range(state.Trials.Length + 1, addition.Trials.Length);
        return !addition.Trials.IsEmpty
            && addition.Configurations.All(c => known.Add(c.Id))
            && addition.Trials.Select(t => t.Number).SequenceEqual(numbers)
            && addition.Trials.All(
                t => known.Contains(t.Configuration) && pairs.Add((t.Configuration, t.Replicate)));
    }

    private static bool Has(SweepState state, int trial) => trial >= 1 && trial <= state.Trials.Length;
}
