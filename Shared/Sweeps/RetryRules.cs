namespace Shared.Sweeps;

/// <summary>How often a trial is tried again, and after how long.</summary>
public static class RetryRules
{
    /// <summary>
    /// How many lost attempts a trial may have before it is failed, where they were lost on at least two
    /// workers or the sweep has seen only one.
    /// </summary>
    public const int LostAttemptLimit = 5;

    /// <summary>How many lost attempts a trial may have at all.</summary>
    public const int LostAttemptCeiling = 20;

    /// <summary>
    /// How many attempts of a trial may fail before their first update, where they failed on at least two
    /// workers or the sweep has seen only one.
    /// </summary>
    public const int FalseStartLimit = 3;

    /// <summary>How many attempts of a trial may fail before their first update at all.</summary>
    public const int FalseStartCeiling = 10;

    /// <summary>
    /// So many different trials that fail on a worker before their first update, with no update made on it
    /// between, exclude it, unless the sweep has seen no other worker that is not excluded.
    /// </summary>
    public const int FalseStartsOfWorker = 3;

    private const double LongestWait = 300;   // seconds

    /// <summary>The wait after the nth failure: 1 s, 2 s, 4 s … at most 5 minutes.</summary>
    public static TimeSpan AfterFailures(int failures) =>
        TimeSpan.FromSeconds(Math.Min(Math.Pow(2, failures - 1), LongestWait));

    /// <summary>The wait after the nth loss: none after the first, then as after failures.</summary>
    public static TimeSpan AfterLosses(int losses) =>
        losses == 1 ? TimeSpan.Zero : AfterFailures(losses - 1);

    /// <summary>Whether this loss is one too many.</summary>
    internal static bool IsLostTooOften(SweepState state, AttemptId attempt, int losses) => IsTooOften(
        state, attempt, losses, LostAttemptLimit, LostAttemptCeiling, a => a.Outcome is AttemptOutcome.Lost);

    /// <summary>Whether this failure before the first update is one too many.</summary>
    internal static bool IsFalseStartTooOften(SweepState state, AttemptId attempt, int starts) => IsTooOften(
        state, attempt, starts, FalseStartLimit, FalseStartCeiling,
        a => a is { Outcome: AttemptOutcome.Failed, IsFalseStart: true });

    /// <summary>Whether the sweep has seen another worker, and has not excluded it.</summary>
    internal static bool KnowsAnotherThan(SweepState state, string worker) => state.Trials
        .SelectMany(t => t.Attempts)
        .Any(a => a.Place.Worker != worker && !state.Excluded.ContainsKey(a.Place.Worker));

    private static bool IsTooOften(
        SweepState state,
        AttemptId attempt,
        int count,
        int limit,
        int ceiling,
        Func<AttemptState, bool> isOne)
    {
        if (count < limit || count >= ceiling)
        {
            return count >= ceiling;
        }

        var places = state.Trial(attempt.Trial).Counted
            .Where(a => isOne(a) || a.Id == attempt)
            .Select(a => a.Place.Worker)
            .Distinct(StringComparer.Ordinal);
        var workers = state.Trials.SelectMany(t => t.Attempts).Select(a => a.Place.Worker)
            .Distinct(StringComparer.Ordinal);
        return places.Take(2).Count() == 2 || workers.Take(2).Count() == 1;
    }
}
