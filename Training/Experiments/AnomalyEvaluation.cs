using Shared.Experiments;
using Shared.Metrics;
using Shared.Statistics;
using Training.Data;
using Training.Evaluation;

namespace Training.Experiments;

/// <summary>How well the score of a model tells the class that its training left out.</summary>
/// <param name="parameters">Where the threshold lies.</param>
/// <param name="report">Takes a metric and its value.</param>
public sealed class AnomalyEvaluation(AnomalyParameters parameters, Action<string, double> report)
{
    /// <summary>Reports AUROC, recall, false alarms and the threshold that these are at.</summary>
    /// <param name="measured">A model of images with a class held out.</param>
    /// <exception cref="InvalidOperationException">No class was held out.</exception>
    /// <exception cref="DataSetException">The data have no test images of that class.</exception>
    public void Of(MeasuredModel measured)
    {
        var label = measured.TrainedOnImages.Training.HeldOutClass
            ?? throw new InvalidOperationException("no class was held out of the model's training");
        var known = Scores(measured, measured.TrainedImages.Test);
        var strange = Scores(measured, TrainedImages.HeldOut(measured.AllImages, label));
        if (known.Concat(strange).Any(double.IsNaN))
        {
            return;   // what is not a number lies on no side of a threshold
        }

        // By turns: the first half of MNIST's test part was written by other people than the second.
        double[] calibration = [.. known.Where((_, i) => i % 2 == 0)];
        double[] rest = [.. known.Where((_, i) => i % 2 == 1)];
        var threshold = OrderStatistics.Quantile(calibration, parameters.Quantile);
        report(AnomalyMetrics.Auroc.Name, RankStatistics.Auroc(rest, strange));
        report(AnomalyMetrics.Recall.Name, Below(strange, threshold));
        report(AnomalyMetrics.FalseAlarms.Name, Below(rest, threshold));
        report(AnomalyMetrics.Threshold.Name, threshold);
    }

    private static double[] Scores(MeasuredModel measured, LabelledImages images) =>
        Energies.Of(measured.Model.Score, images.Flattened(images.Count), measured.SampleShape);

    private static double Below(double[] scores, double threshold) =>
        scores.Count(score => score < threshold) / (double)scores.Length;
}
