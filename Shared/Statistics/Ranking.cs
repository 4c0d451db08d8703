using System.Collections.Immutable;

namespace Shared.Statistics;

/// <summary>Which treatment is ahead by its mean, and whether the runner-up is clearly behind.</summary>
/// <param name="Best">Index of the treatment with the best mean.</param>
/// <param name="RunnerUp">Index of the one with the next best mean.</param>
/// <param name="Pairs">Best − runner-up over shared replicates; nothing where they share none.</param>
public sealed record Ranking(int Best, int RunnerUp, PairedComparison? Pairs)
{
    /// <summary>Whether the best one may be called better than the runner-up.</summary>
    public bool IsClear => Pairs?.IsClear ?? false;

    /// <summary>Ranks treatments; nothing with fewer than two that have a value.</summary>
    /// <param name="treatments">The values of each treatment by replicate.</param>
    /// <param name="isLowerBetter">Whether the least mean is the best one.</param>
    /// <remarks>
    /// The best of k is compared with the runner-up only: among equal treatments these two are nearest to each
    /// other, so that a nominal 95 % interval leaves zero out far more seldom than one time in twenty.
    /// </remarks>
    public static Ranking? Of(
        ImmutableArray<ImmutableSortedDictionary<int, double>> treatments, bool isLowerBetter)
    {
        int[] order = [.. Enumerable.Range(0, treatments.Length)
            .Where(i => !treatments[i].IsEmpty)
            .OrderBy(i => (isLowerBetter ? 1 : -1) * Moments.Of([.. treatments[i].Values])!.Mean)];
        if (order.Length < 2)
        {
            return null;
        }

        var (best, next) = (treatments[order[0]], treatments[order[1]]);
        return new Ranking(order[0], order[1], PairedComparison.Of(
            [.. best.Keys.Where(next.ContainsKey).Select(replicate => (next[replicate], best[replicate]))]));
    }
}
