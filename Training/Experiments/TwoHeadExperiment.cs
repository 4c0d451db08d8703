using Shared.Execution;
using Shared.Experiments;
using Training.Data;
using Training.Initialisation;
using Training.Models;
using Training.Objectives;
using Training.Samplers;

namespace Training.Experiments;

/// <summary>Trains the two-head model of the JEM exercise on Fashion-MNIST.</summary>
public sealed class TwoHeadExperiment : IExperiment<TwoHeadParameters>
{
    private static readonly long[] ImageShape = [1, 28, 28];

    /// <inheritdoc/>
    public TrialEnd Run(TwoHeadParameters parameters, ITrial trial)
    {
        var data = FashionMnist.Load();
        var trunk = Trunk.Convolutional(parameters.Model.Hidden);
        using var model = new TwoHeadModel(trunk, FashionMnist.Classes);
        InitialWeights.Draw(model.Parameters, trial.Stream(StreamPurpose.InitialWeights));

        var sampler = new LangevinSampler(parameters.Sampler, Box.Images);
        var start = ChainStarts.Of(parameters.Initialisation, data.Train.ImageSize, Box.Images, trial);
        var evaluation = new TwoHeadEvaluation(trial, parameters, data.Test, model);
        var training = new ContrastiveTraining(trial, parameters.Training, Box.Images)
        {
            SampleShape = ImageShape,
            Positives = new ImageBatches(
                data.Train, parameters.Training.BatchSize, trial.Stream(StreamPurpose.DataOrder)),
            Start = start,
            Sampler = sampler,
            Objective = new JointLoss(model, parameters.Training.EnergyL2),
            Detector = new DivergenceDetector(parameters.Detector),
            AfterUpdate = evaluation.AfterUpdate,
        };
        if (training.Run() is { } diverged)
        {
            return diverged;
        }

        evaluation.AtTheEnd(sampler, start, ImageShape);
        return new TrialEnd.Completed();
    }
}
