using Shared.Execution;
using Shared.Experiments;
using Training.Data;
using Training.Initialisation;
using Training.Models;
using Training.Objectives;
using Training.Samplers;

namespace Training.Experiments;

/// <summary>
/// What all experiments on images share: data, initial weights, chains, updates, evaluation and pictures.
/// An experiment adds a model and an objective.
/// </summary>
/// <param name="trial">The trial.</param>
/// <param name="parameters">The trial's parameters.</param>
/// <exception cref="InvalidOperationException">The trial's sweep names no data set.</exception>
public sealed class ImageTraining(ITrial trial, IImageParameters parameters)
{
    private readonly ImageData _data = TrainedImages.OfClasses(trial.Images(), parameters.Training);

    /// <summary>Shape of one image: channels, height and width.</summary>
    public IReadOnlyList<long> ImageShape => _data.Shape;

    /// <summary>Number of classes of the data.</summary>
    public int Classes => _data.Classes;

    /// <summary>Trains the objective's model from fresh weights or a parent's, and evaluates it.</summary>
    /// <param name="objective">What is minimised; its model stays the caller's.</param>
    /// <exception cref="InvalidDataException">The parent's model or the checkpoint is of another model.</exception>
    /// <exception cref="OperationCanceledException">The trial was told to stop.</exception>
    /// <exception cref="DataSetException">The data lack the class that is to be held out.</exception>
    public TrialEnd Run(IObjective objective)
    {
        if (trial is IModelUse use)
        {
            use.Use(objective.Model, ImageShape, Box.Images);
            return new TrialEnd.Completed();
        }

        if (parameters.Training.HeldOutClass is { } label)
        {
            _ = TrainedImages.HeldOut(trial.Images(), label);   // a class that the data lack is none to hold out
        }

        trial.Store(
            TrialDescription.FileName,
            TrialDescription.MediaType,
            StoredModel.Describe(_data, objective.Model).ToBytes());
        StoredModel.Begin(objective.Model, trial);
        var sampler = new LangevinSampler(parameters.Sampler, Box.Images);
        var start = ChainStarts.Of(parameters.Initialisation, _data.Train.ImageSize, Box.Images, trial);
        var images = parameters.Training.Images is { } count ? _data.Train.First(count) : _data.Train;
        var positives = new ImageBatches(
            images, parameters.Training.BatchSize, trial.Stream(StreamPurpose.DataOrder));
        var shown = _data with { Train = images };
        var evaluation = EvaluationOf(objective, shown);
        var progress = new SampleProgress(trial, parameters, shown);
        if (trial.From is null)
        {
            progress.AtTheStart();
        }

        var training = new ContrastiveTraining(trial, parameters.Training, Box.Images)
        {
            Parameters = parameters,
            SampleShape = ImageShape,
            Positives = positives,
            Start = start,
            Sampler = sampler,
            Objective = objective,
            Detector = new DivergenceDetector(parameters.Detector),
            ReportsImages = true,
            AlsoKept = evaluation.Classes is { } classes ? [classes] : [],
            AfterUpdate = update =>
            {
                evaluation.AfterUpdate(update, sampler, start);
                progress.AfterUpdate(update, objective.Model, sampler, start);
            },
            AtTheEnd = () =>
            {
                evaluation.AtTheEnd(sampler, start, positives);
                StoreModel(objective.Model, start);
            },
        };
        return training.Run() is { } diverged ? diverged : new TrialEnd.Completed();
    }

    private void StoreModel(IEnergyModel model, IChainStart start)
    {
        trial.Store(
            StoredModel.FileName, SafeTensors.MediaType, StoredModel.Of(parameters, _data, model).ToBytes());
        if (start is ReplayBuffer buffer)
        {
            var chains = StoredModel.Of(buffer, ImageShape, trial.Stream(StreamPurpose.Samples));
            trial.Store(StoredModel.BufferName, SafeTensors.MediaType, chains.ToBytes());
        }
    }

    private ImageEvaluation EvaluationOf(IObjective objective, ImageData shown) =>
        new(trial, parameters, shown, objective)
        {
            Classes = objective.Model is IClassifier classifier && parameters.Evaluation is { } evaluation
                ? new ClassEvaluation(trial, evaluation, _data.Test, classifier)
                : null,
        };
}
