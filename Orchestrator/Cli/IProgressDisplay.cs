using System.Collections.Immutable;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>Shows a sweep while it runs: a live table on a terminal, plain lines elsewhere.</summary>
public interface IProgressDisplay
{
    /// <summary>Shows what is known now.</summary>
    /// <param name="state">The sweep's state.</param>
    /// <param name="rows">One row a trial.</param>
    void Show(SweepState state, ImmutableArray<TrialProgress> rows);

    /// <summary>Shows a sentence beside the progress.</summary>
    void Say(string sentence);
}
