using Shared.Execution;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Statistics;
using Training.Evaluation;
using Training.Models;
using Training.Randomness;

namespace Training.Experiments;

/// <summary>How well the classes of a model hold against projected gradient attacks.</summary>
/// <param name="parameters">The attack.</param>
/// <param name="trial">Gives what is random.</param>
/// <param name="report">Takes a metric and its value.</param>
public sealed class PgdEvaluation(PgdParameters parameters, ITrial trial, Action<string, double> report)
{
    private const double OvershootOfWholeBox = 2.5;   // Madry et al.: steps that can reach the wall and turn

    /// <summary>Reports accuracies before and after attacks, the attack's own checks, and the AUROC of f.</summary>
    /// <param name="measured">A model with classes.</param>
    /// <exception cref="InvalidOperationException">The model has no classes.</exception>
    public void Of(MeasuredModel measured)
    {
        if (measured.Model is not IClassifier classifier)
        {
            throw new InvalidOperationException("the model has no classes that an attack could change");
        }

        var test = measured.TrainedImages.Test.First(parameters.Images);
        var images = test.Flattened(test.Count);
        var stream = new RandomStream(~trial.StreamKey(StreamPurpose.Evaluation));   // starts share no word with noise
        var attack = new ProjectedGradientAttack(classifier, measured.SampleShape, measured.Box, stream);
        report(PgdMetrics.Clean.Name, Accuracy(attack.Margins(images, test.Labels)));

        var asked = new AttackSettings(parameters.Epsilon, parameters.Step, parameters.Steps);
        var (attacked, margins) = attack.Run(images, test.Labels, asked, parameters.Restarts, trial.Stop);
        report(PgdMetrics.Attacked.Name, Accuracy(margins));
        ReportAuroc(measured, images, attacked);

        var twice = asked with { Steps = 2 * asked.Steps };
        report(
            PgdMetrics.TwiceTheSteps.Name,
            Accuracy(attack.Run(images, test.Labels, twice, parameters.Restarts, trial.Stop).Margins));

        var width = measured.Box.High - measured.Box.Low;
        var whole = new AttackSettings(width, OvershootOfWholeBox * width / asked.Steps, asked.Steps);
        report(
            PgdMetrics.WholeBox.Name,
            Accuracy(attack.Run(images, test.Labels, whole, restarts: 1, trial.Stop).Margins));
    }

    private void ReportAuroc(MeasuredModel measured, float[] images, float[] attacked)
    {
        var own = Energies.Of(measured.Model.Score, images, measured.SampleShape);
        var others = Energies.Of(measured.Model.Score, attacked, measured.SampleShape);
        if (!own.Concat(others).Any(double.IsNaN))
        {
            report(PgdMetrics.Auroc.Name, RankStatistics.Auroc(own, others));
        }
    }

    private static double Accuracy(double[] margins) => margins.Count(margin => margin < 0) / (double)margins.Length;
}
