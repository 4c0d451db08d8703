using System.Collections.Immutable;
using Shared.Statistics;

namespace Training.Evaluation;

/// <summary>What a classifier says of labelled images.</summary>
/// <param name="Confidences">Largest class probability of each image.</param>
/// <param name="IsRight">Whether that class is the label's.</param>
/// <param name="NegativeLogLikelihood">Mean −log p(y|x), in nats.</param>
public sealed record Predictions(
    ImmutableArray<double> Confidences, ImmutableArray<bool> IsRight, double NegativeLogLikelihood)
{
    /// <summary>Share of images whose largest logit is the label's.</summary>
    public double Accuracy => (double)IsRight.Count(right => right) / IsRight.Length;

    /// <summary>Expected calibration error over bins of equal width.</summary>
    public double CalibrationError(int bins) =>
        Calibration.ExpectedError(Confidences.AsSpan(), IsRight.AsSpan(), bins);
}
