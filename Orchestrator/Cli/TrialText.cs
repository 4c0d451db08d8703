using System.Globalization;

namespace Orchestrator.Cli;

/// <summary>One trial for a person, as lines.</summary>
public static class TrialText
{
    private const int LogLinesShown = 12;
    private const int Indent = 4;

    /// <summary>The lines.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="label">Its swept parameters, as one line.</param>
    public static IEnumerable<string> Of(TrialView trial, string label)
    {
        yield return $"trial {trial.Trial} of {trial.Sweep}: {trial.State}"
            + (trial.Cause.Length > 0 ? $", {trial.Cause}" : "");
        yield return $"configuration {trial.Configuration} ({label}), replicate {trial.Replicate}";
        if (trial.NotBefore is { } due)
        {
            yield return $"it may start again at {Time(due)}";
        }

        if (trial.WaitsFor is { } artifact)
        {
            yield return $"it waits for {artifact}";
        }

        if (trial.Parent is { } parent)
        {
            yield return $"it begins with {parent.Artifact} of trial {parent.Trial} of {parent.Sweep}, "
                + $"attempt {parent.Attempt}, sha256 {parent.Sha256}";
        }

        if (trial.Attempts.IsEmpty)
        {
            yield return "no attempt has started";
        }

        foreach (var line in trial.Attempts.SelectMany(Of))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Of(AttemptView attempt)
    {
        yield return "";
        yield return $"attempt {attempt.Number}: {(attempt.Outcome is { } o ? ProgressText.Word(o) : "running")}"
            + (attempt.Reason.Length > 0 ? $": {attempt.Reason}" : "");
        var rows = Rows(attempt).ToList();
        foreach (var line in TextTable.Lines(rows[0], rows[1..]))
        {
            yield return Indented(line);
        }

        if (attempt.LogTail.Length > 0)
        {
            yield return Indented("the last of its log; all that is stored: ./sweep logs");
        }

        var log = attempt.LogTail.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in log.TakeLast(LogLinesShown))
        {
            yield return Indented($"| {line}");
        }
    }

    private static IEnumerable<string[]> Rows(AttemptView attempt)
    {
        yield return ["where", $"slot {attempt.Slot} of {attempt.Worker}, process {attempt.ProcessId}"];
        yield return
        [
            "device",
            $"{attempt.Device}, {attempt.Kernel}"
            + string.Concat(attempt.Libraries.Select(library => $", {library.Key} {library.Value}")),
        ];
        yield return ["program", attempt.Program];
        yield return
        [
            "time",
            attempt.EndedAt is { } end
                ? $"{Time(attempt.StartedAt)} to {Time(end)}, {ProgressText.Time(end - attempt.StartedAt)}"
                : $"since {Time(attempt.StartedAt)}",
        ];
        yield return ["began", Began(attempt)];
        yield return ["reported", Reported(attempt)];
        foreach (var (name, point) in attempt.Metrics)
        {
            yield return [name, $"{ProgressText.Number(point.Value)} at update {point.Step}"];
        }

        foreach (var artifact in attempt.Artifacts)
        {
            yield return [artifact.Name, $"{ProgressText.Bytes(artifact.Bytes)}, {artifact.MediaType}"];
        }
    }

    private static string Began(AttemptView attempt) => attempt.FromAttempt is { } from
        ? $"after update {attempt.BeganAfterUpdate}, from the checkpoint of attempt {from}"
        : "at update 0";

    private static string Reported(AttemptView attempt)
    {
        var updates = attempt is { FirstUpdate: { } first, LastUpdate: { } last }
            ? $"updates {first} to {last}"
            : "nothing yet";
        return attempt.CheckpointUpdate is { } checkpoint
            ? $"{updates}; its newest checkpoint is of update {checkpoint}"
            : updates;
    }

    private static string Indented(string line) => new string(' ', Indent) + line;

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
