using System.Collections.Immutable;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>
/// Progress as plain lines: one when an attempt starts or ends, and one for each quarter of a trial.
/// </summary>
/// <param name="output">Takes the lines.</param>
/// <param name="events">What is new.</param>
public sealed class PlainLines(TextWriter output, AttemptEvents events) : IProgressDisplay
{
    /// <inheritdoc/>
    public void Show(SweepState state, ImmutableArray<TrialProgress> rows, DateTimeOffset now)
    {
        foreach (var happened in events.Since(rows, now))
        {
            output.WriteLine(LogText.Line(happened.Text));
        }
    }

    /// <inheritdoc/>
    public void Say(string sentence) => output.WriteLine(sentence);
}
