using Shared.Sweeps;

namespace Bench.Orchestration;

/// <summary>What lies between two attempts of one slot's process, in seconds.</summary>
/// <param name="ToStart">
/// From the first one's end to the second one's start, as the sweep's events have them.
/// </param>
/// <param name="ToEnd">From the first one's end to the second one's end: the second trial too.</param>
internal sealed record Handover(double ToStart, double ToEnd)
{
    /// <summary>
    /// All that a sweep has, in no order; a slot's process that was replaced in between is not warm and does
    /// not count.
    /// </summary>
    public static IReadOnlyList<Handover> Of(SweepState sweep) =>
    [
        .. sweep.Trials.SelectMany(trial => trial.Attempts)
            .Where(attempt => attempt.EndedAt is not null)
            .GroupBy(attempt => attempt.Place)
            .Select(slot => slot.OrderBy(attempt => attempt.StartedAt).ToList())
            .SelectMany(slot => slot.Zip(slot.Skip(1), Between)),
    ];

    private static Handover Between(AttemptState first, AttemptState second) => new(
        (second.StartedAt - first.EndedAt!.Value).TotalSeconds,
        (second.EndedAt!.Value - first.EndedAt!.Value).TotalSeconds);
}
