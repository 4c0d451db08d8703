using Shared.Execution;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Reports;
using Training.Data;
using Training.Evaluation;
using Training.Initialisation;
using Training.Models;
using Training.Objectives;
using Training.Samplers;

namespace Training.Experiments;

/// <summary>What is measured of any energy model of images while it is trained and when it is.</summary>
/// <param name="trial">Who is told.</param>
/// <param name="parameters">The trial's parameters.</param>
/// <param name="data">
/// The images that were trained on and the test images, the first 2,000 of which are the real side of FID-clf.
/// </param>
/// <param name="objective">What is minimised, with the model.</param>
public sealed class ImageEvaluation(
    ITrial trial, IImageParameters parameters, ImageData data, IObjective objective)
{
    private readonly ChainEvaluationParameters _evaluation = parameters.ChainEvaluation;
    private readonly int _updates = parameters.Training.Updates;
    private readonly IEnergyModel _model = objective.Model;
    private readonly ValidationLoss _validation = new(trial, parameters, data.Test, objective);

    private readonly LabelledImages _test = data.Test;

    /// <summary>What is measured of the classes; nothing where the model has none.</summary>
    public ClassEvaluation? Classes { get; init; }

    /// <summary>What is measured on the way, before the last update.</summary>
    /// <param name="update">Number of finished updates.</param>
    /// <param name="sampler">The sampler of training.</param>
    /// <param name="start">Where its chains start.</param>
    public void AfterUpdate(int update, ISampler sampler, IChainStart start)
    {
        if (update % _evaluation.Every == 0 && update < _updates)
        {
            Classes?.OnTheWay(update);
            _validation.Report(update, _evaluation.ValidationBatches, sampler, start);
        }
    }

    /// <summary>
    /// FID-clf of three sets of samples where the data have a feature network, energies and classes of samples,
    /// pictures, and what is measured of the classes.
    /// </summary>
    /// <param name="sampler">The sampler of training.</param>
    /// <param name="start">Where its chains started.</param>
    /// <param name="positives">What was trained on.</param>
    public void AtTheEnd(ISampler sampler, IChainStart start, IPositives positives)
    {
        Classes?.AtTheEnd(_updates);
        _validation.Report(_updates, _evaluation.ValidationBatches, sampler, start);

        var negatives = new Negatives(
            data.Shape, Box.Images, parameters.Initialisation, trial.Stream(StreamPurpose.Evaluation));
        var own = EvaluationSamplers.Of(parameters.ChainEvaluation, sampler, Box.Images);
        var fresh = negatives.Fresh(_model, own);
        if (own != sampler && negatives.Acceptance is { } acceptance)
        {
            trial.Report(_updates, SamplingMetrics.Acceptance.Name, acceptance);
        }

        var trained = start switch
        {
            ReplayBuffer buffer => negatives.Held(buffer),
            DataStart => negatives.FromData(
                _model, sampler, positives, parameters.Training.BatchSize, _updates),
            _ => own == sampler ? fresh : negatives.Fresh(_model, sampler),
        };
        var real = _test.Flattened(Math.Min(Negatives.Count, _test.Count));

        var noise = negatives.Start();
        using var network = FeatureNetwork.Find(data.Name);
        if (network is not null)
        {
            var truth = GaussianMoments.Of(network.Features(real));
            ReportDistance(TrainingMetrics.FidClf, network, truth, trained);
            ReportDistance(TrainingMetrics.FidClfFresh, network, truth, fresh);
            ReportDistance(TrainingMetrics.FidClfStart, network, truth, noise);
        }

        new EnergyReport(trial, _model, network).At(_updates, (real, trained, noise), data.Shape);

        Store("samples.png", trained);
        Store("samples_fresh.png", fresh);
        Store("real.png", real);
        new NearestReport(trial, data).Of(trained);
        StoreChains(own);
    }

    private void StoreChains(ISampler sampler)
    {
        var chains = new WatchedChains(
            data.Shape, Box.Images, parameters.Initialisation, trial.Stream(StreamPurpose.Evaluation));
        var (strip, energies) = chains.Run(_model, sampler);
        trial.Store(ChainEnergies.PictureName, GrayImage.MediaType, strip.ToPng());
        trial.Store(ChainEnergies.FileName, ChainEnergies.MediaType, energies.ToBytes());
    }

    private void ReportDistance(
        MetricDeclaration metric, FeatureNetwork network, GaussianMoments truth, float[] samples)
    {
        var distance = truth.FrechetDistanceTo(GaussianMoments.Of(network.Features(samples)));
        trial.Report(_updates, metric.Name, distance);
    }

    private void Store(string name, float[] images) =>
        trial.Store(name, GrayImage.MediaType, SampleGrid.Of(images, _test.Height).ToPng());
}
