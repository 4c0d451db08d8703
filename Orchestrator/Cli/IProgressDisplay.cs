using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>Shows a sweep while it runs: a live table on a terminal, lines elsewhere.</summary>
public interface IProgressDisplay
{
    /// <summary>Shows what is known now.</summary>
    /// <param name="state">The sweep's state.</param>
    /// <param name="rows">One row a trial.</param>
    /// <param name="now">Present time.</param>
    void Show(SweepState state, ImmutableArray<TrialProgress> rows, DateTimeOffset now);

    /// <summary>Takes metric batches as they come; most displays show only what they amount to.</summary>
    void Measured(StoredBatches stored)
    {
    }

    /// <summary>Shows a sentence beside the progress.</summary>
    void Say(string sentence);
}
