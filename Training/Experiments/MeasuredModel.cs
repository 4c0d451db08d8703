using Shared.Experiments;
using Training.Data;
using Training.Models;
using Training.Samplers;

namespace Training.Experiments;

/// <summary>A stored model as an evaluation finds it: its weights in place, its parameters frozen.</summary>
/// <param name="Model">The model.</param>
/// <param name="SampleShape">Shape of one sample, such as [1, 28, 28].</param>
/// <param name="Box">The box of its samples.</param>
/// <param name="Trained">The record of the experiment that trained it.</param>
/// <param name="Images">The images that it was trained on; nothing where it makes its own points.</param>
public sealed record MeasuredModel(
    IEnergyModel Model, IReadOnlyList<long> SampleShape, Box Box, object Trained, ImageData? Images)
{
    private readonly Lazy<ImageData> _seen = new(() => Data.TrainedImages.Of(
        Images ?? throw new InvalidOperationException("the model was trained on no images"),
        ((IImageParameters)Trained).Training));

    /// <summary>What was said of its training on images.</summary>
    public IImageParameters TrainedOnImages => (IImageParameters)Trained;

    /// <summary>The images of its data as its training saw them: without a class held out, and cut.</summary>
    /// <exception cref="InvalidOperationException">It was trained on no images.</exception>
    public ImageData TrainedImages => _seen.Value;

    /// <summary>All images of its data.</summary>
    /// <exception cref="InvalidOperationException">It was trained on no images.</exception>
    public ImageData AllImages => Images ?? throw new InvalidOperationException("the model was trained on no images");
}
