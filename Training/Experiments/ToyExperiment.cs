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

/// <summary>
/// Trains an MLP energy on eight Gaussians on a ring, radius 2 and deviation 0.3, in the box [−4, 4]².
/// </summary>
public sealed class ToyExperiment : IExperiment<ToyParameters>
{
    private const int Components = 8;
    private const double Radius = 2;
    private const double Deviation = 0.3;
    private static readonly Box Plane = new(-4, 4);
    private static readonly long[] PointShape = [2];

    /// <inheritdoc/>
    public TrialEnd Run(ToyParameters parameters, ITrial trial)
    {
        var truth = new GaussianRing(Components, Radius, Deviation, trial.Stream(StreamPurpose.DataOrder));
        var trunk = Trunk.Dense(truth.SampleSize, parameters.Model.Hidden, parameters.Model.Activation);
        using var model = new ScalarEnergy(trunk);
        if (trial is IModelUse use)
        {
            use.Use(model, PointShape, Plane);
            return new TrialEnd.Completed();
        }

        StoredModel.Begin(model, trial);
        var sampler = new LangevinSampler(parameters.Sampler, Plane);
        var start = ChainStarts.Of(parameters.Initialisation, truth.SampleSize, Plane, trial);
        var training = new ContrastiveTraining(trial, parameters.Training, Plane)
        {
            Parameters = parameters,
            SampleShape = PointShape,
            Positives = truth,
            Start = start,
            Sampler = sampler,
            Objective = new ContrastiveLoss(model, parameters.Objective),
            Detector = new DivergenceDetector(parameters.Detector),
            AtTheEnd = () =>
            {
                Evaluate(parameters, trial, model, truth, (sampler, start));
                var stored = StoredModel.Of(parameters, PointShape, model);
                trial.Store(StoredModel.FileName, SafeTensors.MediaType, stored.ToBytes());
            },
        };
        return training.Run() is { } diverged ? diverged : new TrialEnd.Completed();
    }

    private static void Evaluate(
        ToyParameters parameters,
        ITrial trial,
        ScalarEnergy model,
        GaussianRing truth,
        (ISampler Sampler, IChainStart Start) chains)
    {
        var learnt = PlaneDensity.Of(model, Plane);
        trial.Report(parameters.Training.Updates, TrainingMetrics.Kl.Name, learnt.KlFrom(truth.Density));
        trial.Report(parameters.Training.Updates, TrainingMetrics.LogZ.Name, learnt.LogZ);

        var negatives = new Negatives(
            PointShape, Plane, parameters.Initialisation, trial.Stream(StreamPurpose.Evaluation));
        var own = EvaluationSamplers.Of(parameters.Evaluation, chains.Sampler, Plane);
        var samples = chains.Start switch
        {
            _ when own != chains.Sampler => negatives.Fresh(model, own),
            ReplayBuffer buffer => negatives.Held(buffer),
            DataStart => negatives.FromData(
                model, own, truth, parameters.Training.BatchSize, parameters.Training.Updates),
            _ => negatives.Fresh(model, own),
        };
        if (own != chains.Sampler && negatives.Acceptance is { } acceptance)
        {
            trial.Report(parameters.Training.Updates, SamplingMetrics.Acceptance.Name, acceptance);
        }

        var picture = PlanePicture.Of(truth.Density, learnt, samples, Plane);
        trial.Store("samples.png", GrayImage.MediaType, picture.ToPng());
        var landscape = PlaneLandscape.Of(model, Plane, truth.Means);
        trial.Store(EnergyLandscape.FileName, EnergyLandscape.MediaType, landscape.ToBytes());
    }
}
