using System.Collections.Immutable;
using Shared.Experiments;

namespace Shared.Sweeps;

/// <summary>What came of reading a sweep file.</summary>
public abstract record SweepFileResult
{
    private SweepFileResult()
    {
    }

    /// <summary>The file is right.</summary>
    /// <param name="Spec">What it says.</param>
    /// <param name="Experiment">The declaration of its experiment.</param>
    /// <param name="Plan">The trials that follow from it.</param>
    public sealed record Parsed(SweepSpec Spec, ExperimentDeclaration Experiment, SweepPlan Plan)
        : SweepFileResult;

    /// <summary>The file is wrong.</summary>
    /// <param name="Problems">Everything that is wrong with it, in the file's order; never empty.</param>
    public sealed record Wrong(ImmutableArray<SweepFileProblem> Problems) : SweepFileResult;
}
