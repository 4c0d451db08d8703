namespace Shared.Statistics;

/// <summary>How far the confidence of a classifier is from its accuracy.</summary>
public static class Calibration
{
    /// <summary>
    /// Expected calibration error over bins of equal width: Σ |B|/n · |accuracy(B) − confidence(B)|.
    /// </summary>
    /// <param name="confidences">Largest class probability of each prediction, from 0 to 1.</param>
    /// <param name="isRight">Whether that class is the label's, as many.</param>
    /// <param name="bins">Number of bins M; bin i is ((i − 1)/M, i/M], and 0 lies in the first.</param>
    /// <returns>From 0 to 1.</returns>
    /// <exception cref="ArgumentException">The samples are empty or not equally long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no bin, or a confidence is not from 0 to 1.
    /// </exception>
    /// <remarks>Source: Guo et al., "On calibration of modern neural networks" (2017), eq. 3.</remarks>
    public static double ExpectedError(
        ReadOnlySpan<double> confidences, ReadOnlySpan<bool> isRight, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (confidences.IsEmpty || confidences.Length != isRight.Length)
        {
            throw new ArgumentException(
                "There must be a verdict for each confidence, and at least one", nameof(isRight));
        }

        // |B|/n · |accuracy − confidence| is |Σ right − Σ confidence| / n.
        var excess = new double[bins];
        for (var i = 0; i < confidences.Length; i++)
        {
            if (confidences[i] is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(confidences), confidences[i], "A confidence is a probability");
            }

            var bin = Math.Max(0, (int)Math.Ceiling(confidences[i] * bins) - 1);
            excess[bin] += (isRight[i] ? 1 : 0) - confidences[i];
        }

        return excess.Sum(Math.Abs) / confidences.Length;
    }
}
