namespace Shared.Statistics;

/// <summary>What falling thresholds on a score catch of positives and of negatives.</summary>
public static class DetectionCurve
{
    /// <summary>Average precision: the area under the precision-recall curve as a sum of steps.</summary>
    /// <param name="positives">Scores that should be high; not empty, no value that is not a number.</param>
    /// <param name="negatives">Scores that should be low; not empty, no value that is not a number.</param>
    /// <returns>From 0 to 1; about the share of positives for chance.</returns>
    /// <exception cref="ArgumentException">A sample is empty, or holds what is not a number.</exception>
    /// <remarks>
    /// Σ (R_k − R_(k−1))·P_k over distinct thresholds, so that ties are one step and nothing is interpolated:
    /// Davis and Goadrich, "The relationship between precision-recall and ROC curves", ICML 2006.
    /// </remarks>
    public static double AveragePrecision(ReadOnlySpan<double> positives, ReadOnlySpan<double> negatives)
    {
        var area = 0.0;
        var before = 0;
        foreach (var (caught, wrongly) in Steps(positives, negatives))
        {
            area += (caught - before) * ((double)caught / (caught + wrongly));
            before = caught;
        }

        return area / positives.Length;
    }

    /// <summary>
    /// Share of the negatives at or above the highest threshold that has at least this share of the positives.
    /// </summary>
    /// <param name="positives">Scores that should be high; not empty, no value that is not a number.</param>
    /// <param name="negatives">Scores that should be low; not empty, no value that is not a number.</param>
    /// <param name="truePositiveRate">Above 0, at most 1.</param>
    /// <exception cref="ArgumentException">A sample is empty, or holds what is not a number.</exception>
    public static double FalsePositiveRate(
        ReadOnlySpan<double> positives, ReadOnlySpan<double> negatives, double truePositiveRate)
    {
        var needed = truePositiveRate * positives.Length;
        var steps = Steps(positives, negatives);
        return steps.First(step => step.Positives >= needed).Negatives / (double)negatives.Length;
    }

    /// <summary>How many of each lie at or above each distinct score, from the highest one down.</summary>
    private static List<(int Positives, int Negatives)> Steps(
        ReadOnlySpan<double> positives, ReadOnlySpan<double> negatives)
    {
        var (scores, isPositive) = RankStatistics.Sorted(positives, negatives);
        var steps = new List<(int Positives, int Negatives)>();
        var (caught, wrongly) = (0, 0);
        for (var i = scores.Length - 1; i >= 0; i--)
        {
            (caught, wrongly) = isPositive[i] ? (caught + 1, wrongly) : (caught, wrongly + 1);
            if (i == 0 || scores[i - 1] != scores[i])
            {
                steps.Add((caught, wrongly));
            }
        }

        return steps;
    }
}
