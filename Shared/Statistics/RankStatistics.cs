namespace Shared.Statistics;

/// <summary>What the order of two samples says about how well a score tells them apart.</summary>
public static class RankStatistics
{
    /// <summary>
    /// Area under the ROC curve: the probability that a positive scores above a negative, ties counting half.
    /// </summary>
    /// <param name="positives">Scores that should be high; not empty, no value that is not a number.</param>
    /// <param name="negatives">Scores that should be low; not empty, no value that is not a number.</param>
    /// <returns>From 0 to 1; 0.5 for chance.</returns>
    /// <exception cref="ArgumentException">A sample is empty, or holds what is not a number.</exception>
    /// <remarks>
    /// The Mann–Whitney statistic by ranks, tied scores sharing their mean rank: Hanley and McNeil, "The
    /// meaning and use of the area under a ROC curve", Radiology 143 (1982).
    /// </remarks>
    public static double Auroc(ReadOnlySpan<double> positives, ReadOnlySpan<double> negatives)
    {
        var (scores, isPositive) = Sorted(positives, negatives);
        var rankSum = 0.0;
        for (var first = 0; first < scores.Length;)
        {
            var next = first + 1;
            while (next < scores.Length && scores[next] == scores[first])
            {
                next++;
            }

            // Ranks first + 1 … next share their mean.
            rankSum += (first + 1 + next) / 2.0 * isPositive.AsSpan(first..next).Count(true);
            first = next;
        }

        var (n, m) = ((double)positives.Length, (double)negatives.Length);
        return (rankSum - (n * (n + 1) / 2)) / (n * m);
    }

    /// <summary>The scores of both samples, ascending, and which of them are of positives.</summary>
    /// <param name="positives">Not empty, no value that is not a number.</param>
    /// <param name="negatives">Not empty, no value that is not a number.</param>
    /// <exception cref="ArgumentException">A sample is empty, or holds what is not a number.</exception>
    internal static (double[] Scores, bool[] IsPositive) Sorted(
        ReadOnlySpan<double> positives, ReadOnlySpan<double> negatives)
    {
        if (positives.IsEmpty || negatives.IsEmpty)
        {
            throw new ArgumentException("Both samples need at least one score", nameof(positives));
        }

        double[] scores = [.. positives, .. negatives];
        if (scores.Any(double.IsNaN))
        {
            throw new ArgumentException("A score is not a number", nameof(positives));
        }

        var isPositive = new bool[scores.Length];
        isPositive.AsSpan(0, positives.Length).Fill(true);
        Array.Sort(scores, isPositive);
        return (scores, isPositive);
    }
}
