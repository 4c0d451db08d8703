using System.Collections.Immutable;
using Shared.Experiments;

namespace Shared.Sweeps;

/// <summary>A named budget of a sweep file: what it puts in place of the file's own values.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Changes">Parameters, and <c>replicates</c>.</param>
internal sealed record SweepFileScale(string Name, ImmutableArray<SweepFileEntry> Changes)
{
    /// <summary>The problem as the scale's own key, where it stands in the scale.</summary>
    public SweepFileProblem? AsOwn(SweepFileProblem problem)
    {
        if (!Changes.Any(change => Stands(problem, change.Place) || Stands(problem, change.Value)))
        {
            return null;
        }

        const string Parameters = SweepFileParameters.Key + ".";
        var key = problem.Key.StartsWith(Parameters, StringComparison.Ordinal)
            ? problem.Key[Parameters.Length..]
            : problem.Key;
        return problem with { Key = $"{SweepFileScales.Key}.{Name}.{key}" };
    }

    private static bool Stands(SweepFileProblem problem, SweepFileNode node) =>
        Stands(problem, node.Place) || node switch
        {
            SweepFileNode.List list => list.Items.Any(item => Stands(problem, item)),
            SweepFileNode.Map map => map.Entries.Any(
                entry => Stands(problem, entry.Place) || Stands(problem, entry.Value)),
            _ => false,
        };

    private static bool Stands(SweepFileProblem problem, SweepFilePlace place) =>
        problem.Line == place.Line && problem.Column == place.Column;
}

/// <summary>Reads <c>scales: {small: {…}, full: {…}}</c>.</summary>
internal static class SweepFileScales
{
    /// <summary>The key that they stand under.</summary>
    public const string Key = "scales";

    private const string Expected = "names, each with parameters and replicates";

    /// <summary>The scales in the file's order, without what a problem was noted for.</summary>
    public static ImmutableArray<SweepFileScale> Read(SweepFileNode.Map file, SweepFileFindings findings)
    {
        if (file.Entries.FirstOrDefault(entry => entry.Key == Key) is not { } scales)
        {
            return [];
        }

        if (scales.Value is not SweepFileNode.Map { Entries.IsEmpty: false } map)
        {
            findings.AddWrong(scales.Place, Key, scales.Value, Expected);
            return [];
        }

        return [.. map.Entries.Select(entry => ReadOne(entry, findings)).OfType<SweepFileScale>()];
    }

    /// <summary>
    /// The scale of a name, or nothing where none is asked for or there is none of that name.
    /// </summary>
    public static SweepFileScale? Find(
        ImmutableArray<SweepFileScale> scales, string? name, SweepFileFindings findings)
    {
        var found = scales.FirstOrDefault(scale => scale.Name == name);
        if (name is not null && found is null)
        {
            var known = scales.Select(scale => scale.Name).ToList();
            findings.Add(
                SweepFilePlace.Of($"--scale {name}"),
                "",
                "an unknown scale",
                known.Count == 0
                    ? "no scale: the file has none"
                    : SweepFileSuggestion.Among(name, known));
        }

        return found;
    }

    private static SweepFileScale? ReadOne(SweepFileEntry entry, SweepFileFindings findings)
    {
        var path = $"{Key}.{entry.Key}";
        if (!Spelling.IsKebab(entry.Key))
        {
            findings.Add(
                entry.Place,
                path,
                "the name of a scale",
                "lower-case letters, digits and hyphens as its name");
            return null;
        }

        if (entry.Value is not SweepFileNode.Map map)
        {
            findings.AddWrong(entry.Place, path, entry.Value, "parameters and replicates with values");
            return null;
        }

        var changes = map.Entries.ToLookup(
            change => change.Key == SweepFileHead.ReplicatesKey || !SweepFileHead.Keys.Contains(change.Key));
        foreach (var other in changes[false])
        {
            findings.Add(
                other.Place,
                $"{path}.{other.Key}",
                "a key that no scale changes",
                $"parameters and {SweepFileHead.ReplicatesKey}");
        }

        return new SweepFileScale(entry.Key, [.. changes[true]]);
    }
}
