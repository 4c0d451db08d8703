using System.Collections.Immutable;

namespace Shared.Execution;

/// <summary>What a worker is told at its start.</summary>
/// <param name="Name">Its name in the store.</param>
/// <param name="Devices">Number of the device of each slot, slot 1 first; a claim is for one device.</param>
/// <param name="IsForOneSweep">
/// It works on one sweep and ends with it; otherwise on every sweep of the store until it is told to stop.
/// </param>
/// <param name="DrainLimit">How long slots may take to leave what they have when it is told to stop.</param>
/// <param name="IdleLimit">It ends when it ran nothing for so long; nothing for never.</param>
/// <param name="UploadsAtOnce">
/// Checkpoints go to the store as they come, because it is on this machine; otherwise by
/// <see cref="CheckpointUpload.IsDue"/>.
/// </param>
public sealed record WorkerPlan(
    string Name,
    ImmutableArray<int> Devices,
    bool IsForOneSweep,
    TimeSpan DrainLimit,
    TimeSpan? IdleLimit,
    bool UploadsAtOnce)
{
    /// <summary>Drain limit of a worker that its user started.</summary>
    public static TimeSpan DefaultDrainLimit { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Drain limit of the worker that <c>run</c> starts: a person waits for it.</summary>
    public static TimeSpan DrainLimitOfRun { get; } = TimeSpan.FromSeconds(5);

    /// <summary>The plan of the worker that <c>run</c> starts on this machine.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="slots">How many slots, all on one device.</param>
    public static WorkerPlan OfRun(string name, int slots) => new(
        name,
        [.. Enumerable.Repeat(1, slots)],
        IsForOneSweep: true,
        DrainLimitOfRun,
        IdleLimit: null,
        UploadsAtOnce: true);

    /// <summary>The device of a slot.</summary>
    public int DeviceOf(int slot) => Devices[slot - 1];
}
