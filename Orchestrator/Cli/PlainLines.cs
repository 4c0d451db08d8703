using System.Collections.Immutable;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>
/// Progress as plain lines: one when an attempt starts or ends, and one for each quarter of a trial.
/// </summary>
/// <param name="output">Takes the lines.</param>
/// <param name="metrics">Names of the headline metrics.</param>
public sealed class PlainLines(TextWriter output, ImmutableArray<string> metrics) : IProgressDisplay
{
    private const int Quarters = 4;

    private readonly Dictionary<AttemptId, int> _quarters = [];
    private readonly HashSet<AttemptId> _ended = [];

    /// <inheritdoc/>
    public void Show(SweepState state, ImmutableArray<TrialProgress> rows)
    {
        foreach (var row in rows)
        {
            foreach (var attempt in row.Trial.Attempts)
            {
                ShowAttempt(row, attempt);
            }
        }
    }

    /// <inheritdoc/>
    public void Say(string sentence) => output.WriteLine(sentence);

    private void ShowAttempt(TrialProgress row, AttemptState attempt)
    {
        var name = $"trial {row.Trial.Number} ({row.Label}, replicate {row.Trial.Replicate})";
        if (_quarters.TryAdd(attempt.Id, 0))
        {
            var again = attempt.Id.Number == 1 ? "" : $", attempt {attempt.Id.Number}";
            output.WriteLine($"{name}{again} started on slot {attempt.Place.Slot}");
        }

        var quarter = row.Step * Quarters / row.Updates;
        if (attempt.EndedAt is null && quarter > _quarters[attempt.Id])
        {
            _quarters[attempt.Id] = quarter;
            output.WriteLine($"{name} {row.Step}/{row.Updates}{Values(row)}, ETA {ProgressText.Time(row.Remaining)}");
        }

        if (attempt.EndedAt is { } end && _ended.Add(attempt.Id))
        {
            var reason = attempt.Reason.Length == 0 ? "" : $": {attempt.Reason}";
            output.WriteLine(
                $"{name} {Outcome(attempt)} after {ProgressText.Time(end - attempt.StartedAt)}{Values(row)}{reason}");
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
