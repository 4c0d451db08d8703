using System.Collections.Immutable;

namespace Shared.Sweeps;

/// <summary>Puts entries in place of a file's own, before anything of the file is understood.</summary>
internal static class SweepFileLayers
{
    /// <summary>
    /// The file with these entries instead of its own: each a key of the file's head, or else a parameter.
    /// What the file does not have comes after what it has.
    /// </summary>
    public static SweepFileNode.Map Apply(SweepFileNode.Map file, ImmutableArray<SweepFileEntry> changes)
    {
        var head = Replace(file.Entries, [.. changes.Where(c => SweepFileHead.Keys.Contains(c.Key))]);
        ImmutableArray<SweepFileEntry> parameters =
            [.. changes.Where(c => !SweepFileHead.Keys.Contains(c.Key))];
        var own = head.FirstOrDefault(entry => entry.Key == SweepFileParameters.Key);
        var isReplaceable = own is null || own.Value is SweepFileNode.Map || own.Value.IsNothing;
        if (parameters.IsEmpty || !isReplaceable)
        {
            return file with { Entries = head };   // what is wrong with its parameters is still to be said
        }

        var place = own?.Place ?? parameters[0].Place;
        var entries = (own?.Value as SweepFileNode.Map)?.Entries ?? [];
        var changed = new SweepFileEntry(
            place, SweepFileParameters.Key, new SweepFileNode.Map(place, Replace(entries, parameters)));
        return file with { Entries = Replace(head, [changed]) };
    }

    private static ImmutableArray<SweepFileEntry> Replace(
        ImmutableArray<SweepFileEntry> entries, ImmutableArray<SweepFileEntry> changes) =>
    [
        .. entries.Select(entry => changes.FirstOrDefault(change => change.Key == entry.Key) ?? entry),
        .. changes.Where(change => !entries.Any(entry => entry.Key == change.Key)),
    ];
}
