using System.Collections.Immutable;
using Shared.Engine;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>
/// Progress as plain lines, with every report of the headline metrics and what a slot said before its attempt
/// failed or was lost.
/// </summary>
/// <param name="output">Takes the lines.</param>
/// <param name="events">What is new.</param>
/// <param name="metrics">Names of the headline metrics.</param>
public sealed class VerboseLines(TextWriter output, AttemptEvents events, IReadOnlyList<string> metrics)
    : IProgressDisplay
{
    /// <inheritdoc/>
    public void Measured(StoredBatches stored)
    {
        foreach (var batch in stored.Batches)
        {
            foreach (var report in batch.Points.Where(p => metrics.Contains(p.Metric)).GroupBy(p => p.Step))
            {
                var values = report.Select(p => $", {p.Metric} {ProgressText.Number(p.Value)}");
                var again = batch.Attempt.Number == 1 ? "" : $", attempt {batch.Attempt.Number}";
                output.WriteLine(
                    $"trial {batch.Attempt.Trial}{again}: update {report.Key}{string.Concat(values)}");
            }
        }
    }

    /// <inheritdoc/>
    public void Show(SweepState state, ImmutableArray<TrialProgress> rows, DateTimeOffset now)
    {
        foreach (var happened in events.Since(rows, now))
        {
            output.WriteLine(LogText.Line(happened.Text));
            var said = happened.IsTrouble ? happened.Attempt.LogTail.TrimEnd('\n') : "";
            foreach (var line in said.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                output.WriteLine($"    {LogText.Line(line)}");
            }
        }
    }

    /// <inheritdoc/>
    public void Say(string sentence) => output.WriteLine(sentence);
}
