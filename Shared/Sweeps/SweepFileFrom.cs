using Shared.Experiments;
using Shared.Search;

namespace Shared.Sweeps;

/// <summary>
/// Reads the key <c>from</c>: <c>{sweep: NAME}</c>, the artifact where it is to be written out, and the one
/// trial that an evaluation may name.
/// </summary>
internal static class SweepFileFrom
{
    /// <summary>Key of a sweep file.</summary>
    public const string Key = "from";

    private const string Sweep = "sweep";
    private const string Artifact = "artifact";
    private const string Name = "the name of a sweep of the store";
    private const string Expected = $"{{{Sweep}: NAME}}";
    private const string Trial = "trial";

    private static readonly ParameterType.Whole Trials = new(new ParameterRange(1, Grid.TrialLimit));

    /// <summary>What the file says, or nothing without the key or once a problem is noted.</summary>
    /// <param name="file">The file.</param>
    /// <param name="experiment">Its experiment, once known.</param>
    /// <param name="findings">Where problems go.</param>
    public static ParentSweep? Read(
        SweepFileSection file, ExperimentDeclaration? experiment, SweepFileFindings findings)
    {
        var isEvaluation = experiment is { IsEvaluation: true };
        if ((isEvaluation ? file.Require(Key, Expected) : file.Find(Key)) is not { } entry)
        {
            return null;
        }

        if (entry.Value is not SweepFileNode.Map { Entries.IsEmpty: false } map)
        {
            file.Refuse(entry, Expected);
            return null;
        }

        var section = new SweepFileSection(map, Key, entry.Place, findings);
        section.RefuseOthers(isEvaluation ? [Sweep, Artifact, Trial] : [Sweep, Artifact]);
        var sweep = section.Text(Sweep, Name, Spelling.IsKebab);
        var artifact = section.Find(Artifact) is null
            ? ParentSweep.Model
            : section.OneOf(Artifact, [ParentSweep.Model]);
        return sweep is null || artifact is null ? null : new ParentSweep(sweep, artifact)
        {
            Trial = isEvaluation && section.Find(Trial) is not null
                ? (int)section.Whole(Trial, 1, Trials)
                : null,
        };
    }
}
