using MathNet.Numerics.LinearAlgebra;
using Shared.Execution;
using Shared.Experiments;
using Shared.Metrics;
using Training.Evaluation;
using Training.Samplers;

namespace Training.Experiments;

/// <summary>How good a model's samples are, beside sets that say how to read the numbers.</summary>
/// <param name="parameters">Which chains, and what they are measured with.</param>
/// <param name="trial">Gives what is random.</param>
/// <param name="report">Takes a metric and its value.</param>
public sealed class SampleQualityEvaluation(
    SampleQualityParameters parameters, ITrial trial, Action<string, double> report)
{
    private const int GaussianImages = 10_000;
    private const int NearestSamples = 200;
    private const int NearestTraining = 10_000;

    // Third counter words of the stream of evaluations, beyond those of Negatives.
    private const uint DrawOfNoise = 3_000;
    private const uint DrawOfGaussians = 3_001;
    private const uint DrawOfSubsets = 4_000;

    /// <summary>Reports every measure of the samples and of each set for comparison.</summary>
    /// <param name="measured">A model of images whose data have a feature network.</param>
    /// <exception cref="InvalidOperationException">They have none.</exception>
    public void Of(MeasuredModel measured)
    {
        using var network = FeatureNetwork.Of(measured.TrainedImages.Name);
        var test = measured.TrainedImages.Test;
        var real = network.Features(test.Flattened(Math.Min(Negatives.Count, test.Count)));
        foreach (var (name, images) in Sets(measured))
        {
            trial.Stop.ThrowIfCancellationRequested();
            if (images.Any(pixel => !float.IsFinite(pixel)))
            {
                continue;   // chains that left the finite range are no images
            }

            Report(name, network, real, images);
            if (name == SampleQualityMetrics.Sets[0].Name)
            {
                ReportNearest(measured, images);
            }
        }
    }

    private IEnumerable<(string Name, float[] Images)> Sets(MeasuredModel measured)
    {
        var trained = measured.TrainedOnImages;
        var train = measured.TrainedImages.Train;
        var stream = trial.Stream(StreamPurpose.Evaluation);
        var negatives = new Negatives(measured.SampleShape, measured.Box, trained.Initialisation, stream);
        var sampler = EvaluationSamplers.Of(
            trained.ChainEvaluation, new LangevinSampler(trained.Sampler, measured.Box), measured.Box);
        yield return ("samples", negatives.Fresh(measured.Model, sampler));
        // The feature network was trained on training images, which it therefore tells from test images.
        yield return (
            "real", measured.TrainedImages.Test.Flattened(2 * Negatives.Count)[(Negatives.Count * train.ImageSize)..]);
        yield return (
            "gaussians",
            ClassGaussians.Draw(
                train.First(GaussianImages), Negatives.Count, measured.Box, stream, DrawOfGaussians));
        yield return ("start", negatives.Start());
        yield return (
            "noise", UniformNoise.Draw(measured.Box, stream, Negatives.Count, train.ImageSize, DrawOfNoise));
    }

    private void Report(string set, FeatureNetwork network, Matrix<double> real, float[] images)
    {
        var features = network.Features(images);
        var distance = GaussianMoments.Of(real).FrechetDistanceTo(GaussianMoments.Of(features));
        var kernel = SampleStatistics.KernelDistances(
            real, features, parameters.KidSubsets, parameters.KidSubsetSize, trial.Stream(StreamPurpose.Evaluation),
            DrawOfSubsets);
        Report(set, "fid", distance);
        Report(set, "kid", kernel.Mean);
        Report(set, "kid_sd", kernel.StandardDeviation!.Value);
        Report(set, "inception_score", SampleStatistics.InceptionScore(network.Probabilities(images)));
        Report(set, "precision", SampleStatistics.Coverage(real, features, parameters.Neighbours));
        Report(set, "recall", SampleStatistics.Coverage(features, real, parameters.Neighbours));
    }

    private void ReportNearest(MeasuredModel measured, float[] samples)
    {
        var data = measured.TrainedImages;
        var size = data.Train.ImageSize;
        var training = data.Train.Flattened(Math.Min(NearestTraining, data.Train.Count));
        var ofTest = NearestImages.MeanDistance(
            data.Test.Flattened(Math.Min(NearestSamples, data.Test.Count)), training, size);
        var ofSamples = NearestImages.MeanDistance(samples.AsSpan(0, NearestSamples * size), training, size);
        report(SampleQualityMetrics.NearestRatio.Name, ofSamples / ofTest);
    }

    private void Report(string set, string measure, double value) =>
        report(SampleQualityMetrics.Of(set, measure).Name, value);
}
