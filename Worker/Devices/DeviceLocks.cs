using System.Globalization;
using Engine.Sql;

namespace Worker.Devices;

/// <summary>
/// One lock file a device of this machine: a second worker on it, and a slot that outlived its worker, would
/// share its memory unknown to each other. The kernel frees a lock with the last process that holds it: the
/// worker and every slot that it started.
/// </summary>
public sealed class DeviceLocks : IDisposable
{
    /// <summary>How long slots whose worker is gone may take to see it and end.</summary>
    public static readonly TimeSpan OrphanLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.25);

    private readonly List<FileLock> _locks = [];

    private DeviceLocks()
    {
    }

    /// <summary>Takes the locks of some devices; slots of a worker that is gone are waited for.</summary>
    /// <param name="devices">Names of the devices, such as UUIDs.</param>
    /// <param name="processId">This process.</param>
    /// <param name="log">Takes one line.</param>
    /// <returns>The locks, or why they are not to be had, one sentence.</returns>
    public static async Task<(DeviceLocks? Locks, string Problem)> TakeAsync(
        IReadOnlyList<string> devices, int processId, Action<string> log)
    {
        var folder = Folder();
        for (var waited = TimeSpan.Zero; ; waited += Look)
        {
            if (Take(devices, folder, processId, out var locks) is not { } holder)
            {
                return (locks, "");
            }

            var isOrphan = holder.ProcessId is { } owner && !Directory.Exists($"/proc/{owner}");
            if (!isOrphan || waited >= OrphanLimit)
            {
                return (
                    null,
                    isOrphan ? $"{holder.OrphanSentence} after {OrphanLimit}: end them" : holder.Sentence);
            }

            if (waited == TimeSpan.Zero)
            {
                log($"{holder.OrphanSentence}: waiting up to {OrphanLimit} for their end");
            }

            await Task.Delay(Look);
        }
    }

    /// <summary>Takes the locks of some devices, or none of them.</summary>
    /// <param name="devices">Names of the devices, such as UUIDs.</param>
    /// <param name="folder">Folder of the lock files, the same for every worker of this machine.</param>
    /// <param name="processId">This process.</param>
    /// <param name="locks">
    /// The locks, held until they are disposed of; nothing where one is another's.
    /// </param>
    /// <returns>Who has one of them; nothing when they are held.</returns>
    public static DeviceHolder? Take(
        IEnumerable<string> devices, string folder, int processId, out DeviceLocks? locks)
    {
        locks = new DeviceLocks();
        foreach (var device in devices)
        {
            var path = Path.Combine(folder, $"sweep-device-{Uri.EscapeDataString(device)}.lock");
            if (FileLock.TryTake(path, $"{processId}\n", isInherited: true) is { } held)
            {
                locks._locks.Add(held);
                continue;
            }

            var holder = FileLock.ContentIfHeld(path)?.Trim();
            locks.Dispose();
            locks = null;
            return new DeviceHolder(
                device, int.TryParse(holder, CultureInfo.InvariantCulture, out var process) ? process : null);
        }

        return null;
    }

    /// <summary>The first folder of these that is there and may be written.</summary>
    public static string Folder()
    {
        string?[] folders = ["/run/lock", Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR")];
        return folders.FirstOrDefault(folder => folder is not null && MayWrite(folder)) ?? Path.GetTempPath();
    }

    /// <inheritdoc/>
    public void Dispose() => _locks.ForEach(held => held.Dispose());

    private static bool MayWrite(string folder)
    {
        var probe = Path.Combine(folder, $"sweep-probe-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
