using System.Globalization;
using Shared.Data;

namespace Shared.Diagnosis;

/// <summary>What the measures of a machine mean for a run.</summary>
public static class MachineFindings
{
    /// <summary>Memory that a slot on images takes, in bytes: 543 MB resident were measured.</summary>
    public const long BytesASlot = 600_000_000;

    private const long Megabyte = 1_000_000;
    private const long LeastDisk = 100 * Megabyte;
    private const long AmpleDisk = 2_000 * Megabyte;

    /// <summary>Whether the store's disk has room.</summary>
    /// <param name="folder">Folder of the store.</param>
    /// <param name="free">Bytes that this user may still write.</param>
    public static Finding Disk(string folder, long free)
    {
        var found = $"{Size(free)} free under {folder}";
        const string Repair = "free some space, or name a store on another disk: --store sqlite:PATH";
        return free switch
        {
            < LeastDisk => new Finding("disk", FindingLevel.Wrong, found, Repair),
            < AmpleDisk => new Finding("disk", FindingLevel.Warn, found, Repair),
            _ => new Finding("disk", FindingLevel.Ok, found),
        };
    }

    /// <summary>Whether memory holds a slot for each core.</summary>
    /// <param name="cores">Cores that this process may use.</param>
    /// <param name="memory">Bytes that this process may use.</param>
    public static Finding Memory(int cores, long memory)
    {
        var slots = memory / BytesASlot;
        var found = $"{Size(memory)} for {cores} {(cores == 1 ? "core" : "cores")}";
        return slots switch
        {
            0 => new Finding(
                "memory",
                FindingLevel.Wrong,
                found,
                $"give it at least {Size(BytesASlot)}: one slot takes that much"),
            _ when slots < cores => new Finding(
                "memory",
                FindingLevel.Warn,
                found,
                $"run with --slots {slots}: a slot takes {Size(BytesASlot)}"),
            _ => new Finding("memory", FindingLevel.Ok, found),
        };
    }

    /// <summary>What the state of a set means; the quickstart needs Fashion-MNIST.</summary>
    public static Finding Data(ImageSetStatus set)
    {
        var part = $"data {set.Name}";
        if (set.State is ImageSetState.Verified)
        {
            return new Finding(part, FindingLevel.Ok, $"verified in {set.Folder}");
        }

        var level = set.Name == ImageSets.FashionMnist.Name ? FindingLevel.Wrong : FindingLevel.Warn;
        return new Finding(part, level, set.Wrong!.TrimEnd('.'), set.HowToGet);
    }

    /// <summary>A number of bytes as people read it, in powers of ten.</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= 1_000 * Megabyte => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
        >= Megabyte => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
    };
}
