using System.Collections.Immutable;
using Shared.Experiments;
using Shared.Search;

namespace Shared.Sweeps;

/// <summary>
/// Reads a file as it stands, at each of its scales, and as the command line wants it. A scale is checked
/// even where another one is wanted; what a setting repairs is no problem of the file.
/// </summary>
/// <param name="file">The keys of the file.</param>
/// <param name="name">How problems name the file.</param>
/// <param name="catalog">The experiments there are.</param>
internal sealed class SweepFileVariants(SweepFileNode.Map file, string name, ExperimentCatalog catalog)
{
    /// <summary>What the file says when these choices are made; problems go to the findings.</summary>
    public SweepFileResult.Parsed? Read(SweepChoices choices, SweepFileFindings findings)
    {
        var scales = SweepFileScales.Read(file, findings);
        var picked = SweepFileScales.Find(scales, choices.Scale, findings);
        var settings = SweepFileSettings.Read(choices.Settings, findings);
        var (asItStands, own) = Read(file, SweepChoices.None);
        foreach (var scale in scales)
        {
            var (_, problems) = Read(SweepFileLayers.Apply(file, scale.Changes), SweepChoices.None);
            findings.AddAll(problems.Except(own).Select(p => InScale(p, scale)));
        }

        if (choices.IsNone)
        {
            findings.AddAll(own);
            return asItStands;
        }

        var layered = SweepFileLayers.Apply(SweepFileLayers.Apply(file, picked?.Changes ?? []), settings);
        var (wanted, found) = Read(layered, choices);
        findings.AddAll(found.Select(p => own.Contains(p) ? p : As(p, picked, choices)));
        return wanted;
    }

    private (SweepFileResult.Parsed? Parsed, ImmutableArray<SweepFileProblem> Problems) Read(
        SweepFileNode.Map variant, SweepChoices choices)
    {
        var findings = new SweepFileFindings(name);
        var (spec, experiment) = SweepFileHead.Read(variant, catalog, findings);
        if (experiment is null)
        {
            return (null, findings.All);
        }

        var entry = variant.Entries.FirstOrDefault(candidate => candidate.Key == SweepFileParameters.Key);
        var parameters = new SweepFileParameters(experiment, findings).Read(entry);
        spec = spec with { Parameters = parameters, Choices = choices.IsNone ? null : choices };
        if (findings.IsEmpty)
        {
            SweepFileCheck.Check(spec, experiment, entry, findings);
        }

        return findings.IsEmpty
            ? (new SweepFileResult.Parsed(spec, experiment, Grid.Plan(spec, experiment)), [])
            : (null, findings.All);
    }

    // A problem that another layer brings to a line of the file would puzzle whoever looks at that line.
    private static SweepFileProblem As(
        SweepFileProblem problem, SweepFileScale? picked, SweepChoices choices) =>
        problem.Line is null ? problem
            : picked?.AsOwn(problem) is { } inScale && choices.Settings.IsEmpty ? inScale
            : (picked?.AsOwn(problem) ?? problem) with { Expected = $"{problem.Expected} (with {choices})" };

    private static SweepFileProblem InScale(SweepFileProblem problem, SweepFileScale scale) =>
        As(problem, scale, new SweepChoices(scale.Name, []));
}
