using System.Collections.Concurrent;

namespace Worker.Devices;

/// <summary>
/// Has a slot's next process wait until its GPU's memory is free again of the one before: a driver may take a
/// while to clear up after a process that was killed, and the next one would die for want of memory.
/// </summary>
/// <param name="driver">Knows how much is used.</param>
/// <param name="devices">The worker's devices; cores are never waited for.</param>
/// <param name="clock">Measures the wait.</param>
/// <param name="log">Takes one line.</param>
public sealed class DeviceMemory(
    IGpuDriver driver, WorkerDevices devices, TimeProvider clock, Action<string> log)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.25);

    // Bytes used when a slot's process started.
    private readonly ConcurrentDictionary<int, long> _before = [];

    /// <summary>Done when the slot's process may start.</summary>
    /// <param name="slot">From 1; the second and later processes of a slot wait.</param>
    /// <param name="cancellation">The worker ends.</param>
    public async Task WaitAsync(int slot, CancellationToken cancellation)
    {
        var number = devices.OfSlots[slot - 1];
        if (devices.Devices[number - 1].Uuid is not { } uuid || driver.Find(uuid) is not { } gpu)
        {
            return;
        }

        if (_before.TryGetValue(slot, out var before))
        {
            var isShared = devices.OfSlots.Count(device => device == number) > 1;
            gpu = await WaitAsync(
                slot, gpu, MemoryWait.Begin(gpu, before, isShared, clock.GetUtcNow()), cancellation);
        }

        _before[slot] = gpu.UsedBytes;
    }

    private async Task<Gpu> WaitAsync(int slot, Gpu gpu, MemoryWait wait, CancellationToken cancellation)
    {
        var isSaid = false;
        while (true)
        {
            var now = clock.GetUtcNow();
            wait = wait.Seen(gpu.UsedBytes, now);
            if (wait.IsOver(now))
            {
                break;
            }

            if (!isSaid)
            {
                log($"slot {slot} waits until memory of its device is free: {wait}");
                isSaid = true;
            }

            await Task.Delay(Look, clock, cancellation);
            gpu = driver.Find(gpu.Uuid) ?? gpu;
        }

        if (!wait.IsFree)
        {
            log($"slot {slot} starts though memory of its device is not free: {wait}");
        }

        return gpu;
    }
}
