using System.Collections.Concurrent;
using System.Collections.Immutable;
using Shared.Execution;

namespace Worker.Hosting;

/// <summary>
/// What a worker sees of its slots' processes and of how fast they train, for people to look at.
/// </summary>
/// <param name="clock">Measures rates.</param>
internal sealed class SlotWatch(TimeProvider clock)
{
    private readonly ConcurrentDictionary<int, (SlotSight Sight, int Step, long At)> _slots = [];

    /// <summary>What is seen now, by slot.</summary>
    public IReadOnlyDictionary<int, SlotSight> Sights =>
        _slots.ToImmutableDictionary(slot => slot.Key, slot => slot.Value.Sight);

    /// <summary>A slot has a new process.</summary>
    public void Started(int slot, int processId) =>
        _slots[slot] = (new SlotSight(processId, null, null), 0, clock.GetTimestamp());

    /// <summary>A slot measured something.</summary>
    public void Measured(int slot, FromSlot.Measured batch)
    {
        var (sight, step, at) = _slots[slot];
        var (last, now) = (batch.Points.Max(point => point.Step), clock.GetTimestamp());
        var seconds = clock.GetElapsedTime(at, now).TotalSeconds;
        var isSame = sight.Attempt == batch.Attempt;
        double? rate = isSame && last > step && seconds > 0 ? (last - step) / seconds : null;
        _slots[slot] = (
            sight with
            {
                Attempt = batch.Attempt,
                UpdatesPerSecond = rate ?? (isSame ? sight.UpdatesPerSecond : null),
            },
            isSame ? Math.Max(last, step) : last,
            now);
    }
}
