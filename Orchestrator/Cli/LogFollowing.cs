using Shared.Engine;
using Shared.Reports.Document;

namespace Orchestrator.Cli;

/// <summary>
/// Tells what is new in the logs of a trial since they were last looked at: each line once, and how many lines
/// nobody will see.
/// </summary>
public sealed class LogFollowing
{
    private readonly Dictionary<int, int> _told = [];   // lines of each attempt, with those left out
    private readonly HashSet<int> _over = [];

    /// <summary>The new lines, with a head where an attempt is new and one where it has ended since.</summary>
    /// <param name="logs">The logs as they are now.</param>
    public IEnumerable<string> Next(LogsView logs) =>
        logs.Attempts.Where(attempt => !_over.Contains(attempt.Attempt)).SelectMany(Next).ToList();

    private IEnumerable<string> Next(AttemptLog attempt)
    {
        var log = LogEnd.Parse(attempt.Log);
        var isNew = !_told.TryGetValue(attempt.Attempt, out var told);
        if (isNew)
        {
            yield return Head(attempt) + (log.Written > 0 ? "" : NoneOf(attempt));
        }

        if (log.LeftOut() > told)
        {
            yield return LogEnd.Mark(log.LeftOut() - told);
        }

        foreach (var line in log.Last.Skip(told - log.LeftOut()))
        {
            foreach (var shown in LogText.Visible(line).Split('\n'))
            {
                yield return shown;
            }
        }

        _told[attempt.Attempt] = Math.Max(told, log.Written);
        if (attempt.Outcome is null)
        {
            yield break;
        }

        _over.Add(attempt.Attempt);
        if (!isNew)
        {
            yield return Head(attempt) + (log.Written > 0 ? ""
                : told > 0 ? "; what it said last is not stored"
                : NoneOf(attempt));
        }
    }

    private static string Head(AttemptLog attempt)
    {
        var where = $"attempt {attempt.Attempt} on slot {attempt.Slot} of {attempt.Worker}";
        var how = attempt.Outcome is { } outcome ? ProgressText.Word(outcome) : "running";
        var why = attempt.Reason.Length > 0 ? $": {attempt.Reason}" : "";
        return LogText.Line($"# {where}, {how}{why}");
    }

    private static string NoneOf(AttemptLog attempt) =>
        attempt.Outcome is null ? "; no line of it is stored yet" : "; no log of it is stored";
}
