using Shared.Execution;
using Shared.Experiments;
using Shared.Metrics;
using Training.Data;
using Training.Evaluation;
using Training.Initialisation;
using Training.Models;
using Training.Samplers;

namespace Training.Experiments;

/// <summary>What is measured of any energy model of images while it is trained and when it is.</summary>
/// <param name="trial">Who is told.</param>
/// <param name="parameters">The trial's parameters.</param>
/// <param name="data">The images; the first 2,000 of the test part are the real side of FID-clf.</param>
/// <param name="model">The model.</param>
public sealed class ImageEvaluation(
    ITrial trial, IImageParameters parameters, ImageData data, IEnergyModel model)
{
    private const int EvaluateEvery = 25;

    private readonly LabelledImages _test = data.Test;
    private readonly int _updates = parameters.Training.Updates;

    /// <summary>What is measured of the classes; nothing where the model has none.</summary>
    public ClassEvaluation? Classes { get; init; }

    /// <summary>What is measured every 25 updates before the last.</summary>
    /// <param name="update">Number of finished updates.</param>
    public void AfterUpdate(int update)
    {
        if (update % EvaluateEvery == 0 && update < _updates)
        {
            Classes?.OnTheWay(update);
        }
    }

    /// <summary>
    /// FID-clf of three sets of samples where the data have a feature network, pictures, and what is measured
    /// of the classes.
    /// </summary>
    /// <param name="sampler">The sampler of training.</param>
    /// <param name="start">Where its chains started.</param>
    /// <param name="positives">What was trained on.</param>
    public void AtTheEnd(ISampler sampler, IChainStart start, IPositives positives)
    {
        Classes?.AtTheEnd(_updates);

        var negatives = new Negatives(
            data.Shape, Box.Images, parameters.Initialisation, trial.Stream(StreamPurpose.Evaluation));
        var own = EvaluationSamplers.Of(parameters.ChainEvaluation, sampler, Box.Images);
        var fresh = negatives.Fresh(model, own);
        if (own != sampler && negatives.Acceptance is { } acceptance)
        {
            trial.Report(_updates, SamplingMetrics.Acceptance.Name, acceptance);
        }

        var trained = start switch
        {
            ReplayBuffer buffer => negatives.Held(buffer),
            DataStart => negatives.FromData(
                model, sampler, positives, parameters.Training.BatchSize, _updates),
            _ => own == sampler ? fresh : negatives.Fresh(model, sampler),
        };
        var real = RealImages();

        using var network = FeatureNetwork.Find(data.Name);
        if (network is not null)
        {
            var truth = GaussianMoments.Of(network.Features(real));
            ReportDistance(TrainingMetrics.FidClf, network, truth, trained);
            ReportDistance(TrainingMetrics.FidClfFresh, network, truth, fresh);
            ReportDistance(TrainingMetrics.FidClfStart, network, truth, negatives.Start());
        }

        Store("samples.png", trained);
        Store("samples_fresh.png", fresh);
        Store("real.png", real);
    }

    private void ReportDistance(
        MetricDeclaration metric, FeatureNetwork network, GaussianMoments truth, float[] samples)
    {
        var distance = truth.FrechetDistanceTo(GaussianMoments.Of(network.Features(samples)));
        trial.Report(_updates, metric.Name, distance);
    }

    private float[] RealImages()
    {
        var count = Math.Min(Negatives.Count, _test.Count);
        var images = new float[count * _test.ImageSize];
        for (var i = 0; i < count; i++)
        {
            _test.CopyTo(i, images.AsSpan(i * _test.ImageSize, _test.ImageSize));
        }

        return images;
    }

    private void Store(string name, float[] images) =>
        trial.Store(name, GrayImage.MediaType, SampleGrid.Of(images, _test.Height).ToPng());
}
