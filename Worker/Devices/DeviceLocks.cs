using Engine.Sql;

namespace Worker.Devices;

/// <summary>
/// One lock file a device of this machine: a second worker on it, and a slot that outlived its worker, would
/// share its memory unknown to each other. The kernel frees a lock with its holder's process.
/// </summary>
public sealed class DeviceLocks : IDisposable
{
    private readonly List<FileLock> _locks = [];

    private DeviceLocks()
    {
    }

    /// <summary>Takes the locks of some devices, or none of them.</summary>
    /// <param name="devices">Names of the devices, such as UUIDs.</param>
    /// <param name="folder">Folder of the lock files, the same for every worker of this machine.</param>
    /// <param name="processId">This process.</param>
    /// <param name="locks">The locks, held until they are disposed of; nothing where one is another's.</param>
    /// <returns>Why not, one sentence that names the holder; nothing when they are held.</returns>
    public static string? Take(
        IEnumerable<string> devices, string folder, int processId, out DeviceLocks? locks)
    {
        locks = new DeviceLocks();
        foreach (var device in devices)
        {
            var path = Path.Combine(folder, $"sweep-device-{Uri.EscapeDataString(device)}.lock");
            if (FileLock.TryTake(path, $"{processId}\n") is { } held)
            {
                locks._locks.Add(held);
                continue;
            }

            var holder = FileLock.ContentIfHeld(path)?.Trim();
            locks.Dispose();
            locks = null;
            return string.IsNullOrEmpty(holder)
                ? $"another worker has the device {device}"
                : $"the worker of process {holder} has the device {device}";
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
