using System.Globalization;
using Shared.Execution;
using Shared.Experiments;
using Training.Data;
using Training.Evaluation;
using Training.Initialisation;
using Training.Models;
using Training.Samplers;

namespace Training.Experiments;

/// <summary>
/// Pictures of samples while a trial trains, <c>samples_000300.png</c> after update 300, and one of as many
/// test images. They draw from a stream of their own, so that training reports the same numbers without them.
/// </summary>
/// <param name="trial">Who says how often, and takes the pictures.</param>
/// <param name="parameters">The trial's parameters.</param>
/// <param name="data">The images; an epoch is a pass over the training part.</param>
public sealed class SampleProgress(
    ITrial trial, IImageParameters parameters, ImageData data)
{
    /// <summary>Name of the picture of test images.</summary>
    public const string Real = "samples_real.png";

    private readonly int _updatesOfEpoch = Math.Max(1, data.Train.Count / parameters.Training.BatchSize);

    /// <summary>The picture of test images, before training.</summary>
    public void AtTheStart()
    {
        if (trial.Samples is not { } grids)
        {
            return;
        }

        var images = data.Test.Flattened(Math.Min(grids.Count, data.Test.Count));
        Store(Real, images, grids.Count, grids.Columns);
    }

    /// <summary>The picture of this update, where one is due.</summary>
    /// <param name="update">Number of finished updates.</param>
    /// <param name="model">The model.</param>
    /// <param name="sampler">The sampler of training.</param>
    /// <param name="start">Where its chains start; a buffer is only read.</param>
    public void AfterUpdate(int update, IEnergyModel model, ISampler sampler, IChainStart start)
    {
        if (trial.Samples is not { } grids || !grids.IsDue(update, _updatesOfEpoch))
        {
            return;
        }

        var chains = new TrainedChains(
            data.Shape, Box.Images, parameters.Initialisation, trial.Stream(StreamPurpose.Samples));
        var states = chains.Starts(
            start, grids.Count, update, data.Test.Flattened(Math.Min(grids.Count, data.Test.Count)));
        chains.Run(model, sampler, states, update);
        Store(
            string.Create(CultureInfo.InvariantCulture, $"samples_{update:000000}.png"),
            states, grids.Count, grids.Columns);
    }

    private void Store(string name, float[] images, int count, int columns) => trial.Store(
        name, GrayImage.MediaType, SampleGrid.Of(images, data.Test.Height, count, columns).ToPng());
}
