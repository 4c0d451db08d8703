using Shared.Experiments;

namespace Shared.Sweeps;

/// <summary>Reads the key <c>resources</c>: <c>{slots: 2}</c>. Without it a trial takes one slot.</summary>
internal static class SweepFileResources
{
    /// <summary>Key of a sweep file.</summary>
    public const string Key = "resources";

    private const string Slots = "slots";
    private const string Expected = $"{{{Slots}: NUMBER}}";

    private static readonly ParameterType.Whole Counts = new(new ParameterRange(1, 1_024));

    /// <summary>What the file says, or nothing without the key or once a problem is noted.</summary>
    /// <param name="file">The file.</param>
    /// <param name="findings">Where problems go.</param>
    public static SweepResources? Read(SweepFileSection file, SweepFileFindings findings)
    {
        if (file.Find(Key) is not { } entry)
        {
            return null;
        }

        if (entry.Value is not SweepFileNode.Map { Entries.IsEmpty: false } map)
        {
            file.Refuse(entry, Expected);
            return null;
        }

        var section = new SweepFileSection(map, Key, entry.Place, findings);
        section.RefuseOthers([Slots]);
        return new SweepResources((int)section.Whole(Slots, 1, Counts));
    }

    /// <summary>The value of the key that says the same, as JSON.</summary>
    public static string JsonOf(SweepResources resources) => $$"""{"{{Slots}}":{{resources.Slots}}}""";
}
