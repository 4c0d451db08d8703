using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>
/// Tells what is new since the last look: attempts that started or ended, and quarters of a trial's updates.
/// </summary>
/// <param name="before">The sweep when this look-out began: what had ended then is not told again.</param>
/// <param name="metrics">Names of the headline metrics.</param>
public sealed class AttemptEvents(SweepState before, IReadOnlyList<string> metrics)
{
    private const int Quarters = 4;

    private readonly HashSet<AttemptId> _old =
        [.. before.Trials.SelectMany(t => t.Attempts).Where(a => a.EndedAt is not null).Select(a => a.Id)];

    private readonly Dictionary<AttemptId, int> _quarters = [];
    private readonly HashSet<AttemptId> _ended = [];

    /// <summary>What is new, trial by trial, each as one line.</summary>
    /// <param name="rows">One row a trial.</param>
    /// <param name="now">Present time.</param>
    public IEnumerable<AttemptEvent> Since(IEnumerable<TrialProgress> rows, DateTimeOffset now) =>
        from row in rows
        from attempt in row.Trial.Attempts
        where !_old.Contains(attempt.Id)
        from happened in Of(row, attempt, now)
        select happened;

    private IEnumerable<AttemptEvent> Of(TrialProgress row, AttemptState attempt, DateTimeOffset now)
    {
        var name = $"trial {row.Trial.Number} ({row.Label}, replicate {row.Trial.Replicate})";
        var from = attempt.From?.Update ?? 0;
        if (_quarters.TryAdd(attempt.Id, from * Quarters / row.Updates))
        {
            var again = attempt.Id.Number == 1 ? "" : $", attempt {attempt.Id.Number}";
            var resumed = from == 0 ? "" : $", going on after update {from}";
            yield return new AttemptEvent(
                attempt, attempt.StartedAt, $"{name}{again} started on slot {attempt.Place.Slot}{resumed}");
        }

        var quarter = row.Step * Quarters / row.Updates;
        if (attempt.EndedAt is null && quarter > _quarters[attempt.Id])
        {
            _quarters[attempt.Id] = quarter;
            yield return new AttemptEvent(
                attempt, now,
                $"{name} {row.Step}/{row.Updates}{Values(row)}, ETA {ProgressText.Time(row.Remaining)}");
        }

        if (attempt.EndedAt is { } end && _ended.Add(attempt.Id))
        {
            var reason = attempt.Reason.Length == 0 ? "" : $": {attempt.Reason}";
            var took = ProgressText.Time(end - attempt.StartedAt);
            yield return new AttemptEvent(
                attempt, end, $"{name} {Outcome(attempt)} after {took}{Values(row)}{reason}");
        }
    }

    private string Values(TrialProgress row) => string.Concat(metrics
        .Zip(row.Values)
        .Where(m => m.Second is not null)
        .Select(m => $", {m.First} {ProgressText.Number(m.Second)}"));

    private static string Outcome(AttemptState attempt) => attempt.Outcome switch
    {
        AttemptOutcome.Preempted => "handed back",
        { } outcome => ProgressText.Word(outcome),
        null => "",
    };
}

/// <summary>Something that happened to an attempt.</summary>
/// <param name="Attempt">The attempt as it is now.</param>
/// <param name="At">When it happened; for a quarter, when it was seen.</param>
/// <param name="Text">One line.</param>
public sealed record AttemptEvent(AttemptState Attempt, DateTimeOffset At, string Text)
{
    /// <summary>Whether the attempt failed or was lost, and this is its end.</summary>
    public bool IsTrouble =>
        Attempt.Outcome is AttemptOutcome.Failed or AttemptOutcome.Lost && At == Attempt.EndedAt;
}
