using System.Collections.Immutable;

namespace Worker.Devices;

/// <summary>The devices of a worker and how its slots lie on them.</summary>
/// <param name="Devices">Device 1 first.</param>
/// <param name="OfSlots">Number of the device of each slot, slot 1 first.</param>
public sealed record WorkerDevices(ImmutableArray<WorkerDevice> Devices, ImmutableArray<int> OfSlots)
{
    /// <summary>Least memory of its devices: what it can promise to any trial.</summary>
    public long MemoryBytes => Devices.Min(device => device.MemoryBytes);

    /// <summary>Slots on the cores of this machine.</summary>
    /// <param name="slots">How many.</param>
    /// <param name="cores">How many cores there are.</param>
    /// <param name="memoryBytes">Memory of the machine, or what this process may use of it.</param>
    public static WorkerDevices OnCores(int slots, int cores, long memoryBytes) => new(
        [new WorkerDevice(cores == 1 ? "1 core" : $"{cores} cores", memoryBytes, null)],
        [.. Enumerable.Repeat(1, slots)]);

    /// <summary>The same number of slots on each of some GPUs.</summary>
    /// <param name="gpus">The GPUs, at least one.</param>
    /// <param name="slotsPerGpu">How many on each.</param>
    public static WorkerDevices OnGpus(IReadOnlyList<Gpu> gpus, int slotsPerGpu) => new(
        [.. gpus.Select(gpu => new WorkerDevice(gpu.Name, gpu.MemoryBytes, gpu.Uuid))],
        [.. Enumerable.Range(1, gpus.Count).SelectMany(device => Enumerable.Repeat(device, slotsPerGpu))]);

    /// <summary>Variables of a slot's process that give it its device and no other.</summary>
    /// <param name="slot">From 1.</param>
    public ImmutableArray<KeyValuePair<string, string>> VariablesOf(int slot) =>
        Devices[OfSlots[slot - 1] - 1].Uuid is { } uuid
            ? [KeyValuePair.Create(VisibleGpus.Variable, uuid)]
            : [];
}

/// <summary>A device of a worker.</summary>
/// <param name="Name">Its model, or how many cores.</param>
/// <param name="MemoryBytes">Its memory.</param>
/// <param name="Uuid">Of a GPU; nothing for cores.</param>
public sealed record WorkerDevice(string Name, long MemoryBytes, string? Uuid);
