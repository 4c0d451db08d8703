using System.Collections.Concurrent;
using Shared.Engine;
using Shared.Sweeps;

namespace Worker.Hosting;

/// <summary>Reads sweeps for a worker of many: one that cannot be read is passed over, and said so once.</summary>
/// <param name="coordinator">Where sweeps are.</param>
/// <param name="only">
/// The one sweep of this worker, which it cannot pass over; nothing for every unfinished one.
/// </param>
/// <param name="log">Takes one line.</param>
internal sealed class SweepReader(ICoordinator coordinator, string? only, Action<string> log)
{
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <summary>The state of a sweep; nothing where there is none of that name or it cannot be read.</summary>
    public async Task<SweepState?> ReadAsync(string sweep)
    {
        try
        {
            return await coordinator.ReadAsync(sweep, CancellationToken.None);
        }
        catch (SweepUnreadableException unreadable) when (IsPassedOver(unreadable))
        {
            return null;
        }
    }

    /// <summary>Whether a sweep that cannot be read is not this worker's only one; says so, the first time.</summary>
    public bool IsPassedOver(SweepUnreadableException unreadable)
    {
        if (unreadable.Sweep == only)
        {
            return false;
        }

        if (_told.TryAdd(unreadable.Sweep, true))
        {
            log($"{unreadable.Message}; this worker passes the sweep over");
        }

        return true;
    }
}
