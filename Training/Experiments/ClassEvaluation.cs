using Shared.Experiments;
using Shared.Metrics;
using Training.Checkpoints;
using Training.Data;
using Training.Evaluation;
using Training.Models;

namespace Training.Experiments;

/// <summary>What is measured of a model's classes while it is trained and when it is.</summary>
/// <param name="trial">Who is told.</param>
/// <param name="parameters">What is measured.</param>
/// <param name="test">Test images.</param>
/// <param name="model">The model.</param>
public sealed class ClassEvaluation(
    ITrial trial, EvaluationParameters parameters, LabelledImages test, IClassifier model)
    : ICheckpointed
{
    private const int ImagesOnTheWay = 2_000;

    private bool _reached;

    /// <inheritdoc/>
    public string Section => "classes";

    /// <summary>Accuracy, calibration and likelihood on the first 2,000 test images.</summary>
    /// <param name="update">Number of finished updates.</param>
    public void OnTheWay(int update) => Report(update, Math.Min(ImagesOnTheWay, test.Count));

    /// <summary>Accuracy, calibration and likelihood on all test images.</summary>
    /// <param name="update">Number of finished updates.</param>
    public void AtTheEnd(int update) => Report(update, test.Count);

    /// <inheritdoc/>
    public void Save(BinaryWriter to) => to.Write(_reached);

    /// <inheritdoc/>
    public void Load(BinaryReader from) => _reached = from.ReadBoolean();

    private void Report(int update, int images)
    {
        var predictions = Classification.Of(model, test, images);
        var accuracy = predictions.Accuracy;
        trial.Report(update, TrainingMetrics.Accuracy.Name, accuracy);
        trial.Report(
            update, EvaluationMetrics.Ece.Name, predictions.CalibrationError(parameters.EceBins));
        trial.Report(update, EvaluationMetrics.Nll.Name, predictions.NegativeLogLikelihood);
        if (!_reached && accuracy >= parameters.AccuracyThreshold)
        {
            _reached = true;
            trial.Report(update, TrainingMetrics.UpdatesToAccuracy.Name, update);
        }
    }
}
