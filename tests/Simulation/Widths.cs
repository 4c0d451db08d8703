using Shared.Execution;

namespace Tests.Simulation;

/// <summary>What a worker's slots have to do with the width of a sweep's trials.</summary>
internal static class Widths
{
    /// <summary>Whether a device of a worker has so many slots that have not failed.</summary>
    public static bool Hold(WorkerState worker, int width) => worker.Slots
        .Where(slot => slot.Value is not SlotView.Failed)
        .GroupBy(slot => worker.Plan.DeviceOf(slot.Key))
        .Any(device => device.Count() >= width);

    /// <summary>
    /// A trial holds as many slots as it takes, all of one device, and those beside its own run nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">That is not so.</exception>
    public static void Check(WorkerState worker, int width)
    {
        foreach (var (number, view) in worker.Slots)
        {
            var lent = worker.Lent.Where(l => l.Value == number).Select(l => l.Key).ToList();
            if (lent.Count != (view is SlotView.Busy ? width - 1 : 0)
                || lent.Exists(l => worker.Plan.DeviceOf(l) != worker.Plan.DeviceOf(number)
                    || worker.Slots[l] is SlotView.Busy or SlotView.Claiming))
            {
                throw new InvalidOperationException(
                    $"slot {number}, {view}, holds the slots {string.Join(", ", lent)} beside itself "
                    + $"for a trial of {width}");
            }
        }
    }
}
