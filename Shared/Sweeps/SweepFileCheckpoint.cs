using Shared.Experiments;

namespace Shared.Sweeps;

/// <summary>
/// Reads the key <c>checkpoint</c>: <c>{every_updates: 100}</c>. Without it checkpoints are due by time.
/// </summary>
internal static class SweepFileCheckpoint
{
    /// <summary>Key of a sweep file.</summary>
    public const string Key = "checkpoint";

    /// <summary>Distance of two checkpoints in updates.</summary>
    public const string EveryUpdates = "every_updates";

    private const string Expected = $"{{{EveryUpdates}: UPDATES}}";

    private static readonly ParameterType.Whole Distances = new(new ParameterRange(1, 10_000_000));

    /// <summary>What the file says, or nothing without the key or once a problem is noted.</summary>
    /// <param name="file">The file.</param>
    /// <param name="findings">Where problems go.</param>
    public static SweepCheckpoints? Read(SweepFileSection file, SweepFileFindings findings)
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
        section.RefuseOthers([EveryUpdates]);
        return section.Find(EveryUpdates) is null
            ? null   // then there is another key, which was refused
            : new SweepCheckpoints((int)section.Whole(EveryUpdates, 1, Distances));
    }
}
