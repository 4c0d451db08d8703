using Shared.Experiments;

namespace Shared.Sweeps;

/// <summary>
/// Reads the key <c>samples</c>: <c>{every: 100, count: 32, columns: 8}</c>, or <c>every_epochs</c> for
/// <c>every</c>.
/// </summary>
internal static class SweepFileSamples
{
    /// <summary>Key of a sweep file.</summary>
    public const string Key = "samples";

    /// <summary>Distance of two pictures in updates.</summary>
    public const string Every = "every";

    /// <summary>Distance of two pictures in epochs.</summary>
    public const string EveryEpochs = "every_epochs";

    private const string Expected = "{every: UPDATES, count: 32, columns: 8}, or every_epochs for every";
    private const int DefaultCount = 32;
    private const int DefaultColumns = 8;

    private static readonly ParameterType.Whole Distances = new(new ParameterRange(1, 10_000_000));
    private static readonly ParameterType.Whole Counts = new(new ParameterRange(1, 1_024));

    /// <summary>What the file says, or nothing without the key or once a problem is noted.</summary>
    /// <param name="file">The file.</param>
    /// <param name="experiment">Its experiment, once known.</param>
    /// <param name="findings">Where problems go.</param>
    public static SampleGrids? Read(
        SweepFileSection file, ExperimentDeclaration? experiment, SweepFileFindings findings)
    {
        if (file.Find(Key) is not { } entry)
        {
            return null;
        }

        if (experiment is { DataSets.IsEmpty: true })
        {
            file.Refuse(entry, $"no pictures of images: {experiment.Name} makes its own data");
            return null;
        }

        if (entry.Value is not SweepFileNode.Map map)
        {
            file.Refuse(entry, Expected);
            return null;
        }

        var section = new SweepFileSection(map, Key, entry.Place, findings);
        section.RefuseOthers([Every, EveryEpochs, "count", "columns"]);
        var unit = section.Find(EveryEpochs) is null ? GridUnit.Updates : GridUnit.Epochs;
        if (section.Find(Every) is null == (unit is GridUnit.Updates))
        {
            file.Refuse(entry, Expected);
            return null;
        }

        var count = (int)section.Whole("count", DefaultCount, Counts);
        var widths = new ParameterType.Whole(new ParameterRange(1, count));
        var columns = (int)section.Whole("columns", Math.Min(DefaultColumns, count), widths);
        var every = section.Whole(unit is GridUnit.Epochs ? EveryEpochs : Every, 1, Distances);
        return new SampleGrids((int)every, unit, count, columns);
    }
}
