using Shared.Experiments;
using Shared.Metrics;
using Training.Data;
using Training.Models;

namespace Training.Evaluation;

/// <summary>The scores by which a model tells images apart: high where one looks like those of training.</summary>
/// <remarks>Definitions and sources are those of <see cref="OodMetrics.Scores"/>.</remarks>
public sealed class OodScores
{
    private readonly IEnergyModel _model;
    private readonly OodParameters _parameters;
    private readonly IReadOnlyList<long> _shape;
    private readonly Lazy<double> _typicalEnergy;
    private readonly Lazy<FeatureDistances> _distances;

    /// <summary>The scores of a model.</summary>
    /// <param name="model">The model; its parameters are to be frozen.</param>
    /// <param name="parameters">What scores are computed with.</param>
    /// <param name="training">The images that it was trained on.</param>
    public OodScores(IEnergyModel model, OodParameters parameters, LabelledImages training)
    {
        _model = model;
        _parameters = parameters;
        _shape = [1, training.Height, training.Width];
        var known = training.First(parameters.TrainingImages);
        var images = new Lazy<float[]>(() => known.Flattened(known.Count));
        _typicalEnergy = new Lazy<double>(() => Energies.Of(_model, images.Value, _shape).Average());
        _distances = new Lazy<FeatureDistances>(() => FeatureDistances.Of(
            ModelOutputs.Of(((IFeatures)_model).Features, images.Value, _shape), known.Labels));
    }

    /// <summary>A score of images; nothing where the model has none of that kind.</summary>
    /// <param name="score">Name of one of <see cref="OodMetrics.Scores"/>.</param>
    /// <param name="images">Shape [count, image size].</param>
    public double[]? Of(string score, float[] images) => (score, _model) switch
    {
        ("f", _) => Energies.Of(_model.Score, images, _shape),
        ("gradient", _) => GradientNorms(images),
        ("typicality", _) =>
            [.. Energies.Of(_model, images, _shape).Select(energy => -Math.Abs(energy - _typicalEnergy.Value))],
        ("max_p", IClassifier classifier) => ClassLikelihood.Of(classifier, 1, images, _shape),
        ("odin", IClassifier classifier) => Odin(classifier, images),
        ("mahalanobis", IFeatures features) =>
            [.. _distances.Value.Least(ModelOutputs.Of(features.Features, images, _shape)).Select(d => -d)],
        ("max_p" or "odin" or "mahalanobis", _) => null,
        _ => throw new ArgumentOutOfRangeException(nameof(score), score, "no such score"),
    };

    private double[] GradientNorms(float[] images)
    {
        var gradients = InputGradients.Of(_model.Score, images, _shape);
        var size = (int)_shape.Aggregate((product, side) => product * side);
        return
        [
            .. gradients.Chunk(size).Select(gradient => -Math.Sqrt(gradient.Sum(g => (double)g * g))),
        ];
    }

    private double[] Odin(IClassifier classifier, float[] images)
    {
        var (temperature, step) = (_parameters.OdinTemperature, (float)_parameters.OdinStep);
        var gradients = InputGradients.Of(x => ClassLikelihood.Of(classifier, temperature, x), images, _shape);
        float[] moved = [.. images.Zip(gradients, (pixel, gradient) => pixel + (step * Sign(gradient)))];
        return ClassLikelihood.Of(classifier, temperature, moved, _shape);
    }

    private static float Sign(float value) => value > 0 ? 1 : value < 0 ? -1 : 0;
}
