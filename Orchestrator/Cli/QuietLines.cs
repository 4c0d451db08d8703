using System.Collections.Immutable;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>Progress of which only failed and lost attempts are said.</summary>
/// <param name="error">Takes the lines.</param>
/// <param name="events">What is new.</param>
public sealed class QuietLines(TextWriter error, AttemptEvents events) : IProgressDisplay
{
    /// <inheritdoc/>
    public void Show(SweepState state, ImmutableArray<TrialProgress> rows, DateTimeOffset now)
    {
        foreach (var happened in events.Since(rows, now).Where(e => e.IsTrouble))
        {
            error.WriteLine(happened.Text);
        }
    }

    /// <inheritdoc/>
    public void Say(string sentence)
    {
        // What the worker says is in worker.log, and its end is shown where it ends early.
    }
}
