namespace Shared.Search;

/// <summary>How long trials take on slots, and how much they store.</summary>
/// <param name="Time">From the first start to the last end.</param>
/// <param name="Bytes">Of all trials.</param>
public sealed record Forecast(TimeSpan Time, long Bytes)
{
    /// <summary>The forecast of trials that start in order, each on the slot that is free first.</summary>
    /// <param name="trials">What each takes.</param>
    /// <param name="slots">How many run at once, at least 1.</param>
    public static Forecast Of(IReadOnlyCollection<TrialCost> trials, int slots)
    {
        var free = new PriorityQueue<int, TimeSpan>(
            Enumerable.Range(0, Math.Min(slots, Math.Max(1, trials.Count))).Select(s => (s, TimeSpan.Zero)));
        var end = TimeSpan.Zero;
        foreach (var trial in trials)
        {
            free.TryDequeue(out var slot, out var from);
            var until = from + trial.Time;
            end = until > end ? until : end;
            free.Enqueue(slot, until);
        }

        return new Forecast(end, trials.Sum(t => t.Bytes));
    }
}

/// <summary>What one trial takes.</summary>
/// <param name="Time">On its slot.</param>
/// <param name="Bytes">In the store.</param>
public sealed record TrialCost(TimeSpan Time, long Bytes);
