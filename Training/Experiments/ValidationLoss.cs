using Shared.Execution;
using Shared.Experiments;
using Shared.Metrics;
using Training.Data;
using Training.Evaluation;
using Training.Initialisation;
using Training.Models;
using Training.Objectives;
using Training.Samplers;
using static TorchSharp.torch;

namespace Training.Experiments;

/// <summary>
/// The loss of training on test images, without noise on them, against chains that start as training starts
/// its own: copies of the buffer's slots, which are not written back, or noise.
/// </summary>
/// <param name="trial">Who is told.</param>
/// <param name="parameters">The trial's parameters.</param>
/// <param name="test">Test images; the first of them are positives, the same ones every time.</param>
/// <param name="objective">What training minimises.</param>
public sealed class ValidationLoss(
    ITrial trial, IImageParameters parameters, LabelledImages test, IObjective objective)
{
    private readonly int _batchSize = Math.Min(parameters.Training.BatchSize, test.Count);

    /// <summary>Reports the loss and its parts.</summary>
    /// <param name="update">Number of finished updates.</param>
    /// <param name="batches">Batches of test images, and of as many chains; 0 reports nothing.</param>
    /// <param name="sampler">The sampler of training.</param>
    /// <param name="start">Where its chains start.</param>
    public void Report(int update, int batches, ISampler sampler, IChainStart start)
    {
        var count = Math.Min(batches, test.Count / _batchSize);
        if (count == 0)
        {
            return;
        }

        long[] shape = [1, test.Height, test.Width];
        var chains = new TrainedChains(
            shape, Box.Images, parameters.Initialisation, trial.Stream(StreamPurpose.Validation));
        var negatives = chains.Starts(start, count * _batchSize, update, test.Flattened(count * _batchSize));
        chains.Run(objective.Model, sampler, negatives, update);
        LossTerms[] terms = [.. Enumerable.Range(0, count).Select(batch => TermsOf(batch, negatives, shape))];
        trial.Report(update, EvaluationMetrics.ValidationLoss.Name, terms.Average(batch => batch.Value));
        trial.Report(
            update,
            EvaluationMetrics.ValidationLossContrastive.Name,
            terms.Average(batch => batch.Contrastive));
        if (terms[0].Class is not null)
        {
            trial.Report(
                update,
                EvaluationMetrics.ValidationLossClass.Name,
                terms.Average(batch => batch.Class!.Value));
        }
    }

    private LossTerms TermsOf(int batch, float[] chains, long[] shape)
    {
        using var scope = NewDisposeScope();
        var (positives, negatives) = (empty([_batchSize, .. shape]), empty([_batchSize, .. shape]));
        var labels = empty([_batchSize], int64);
        for (var row = 0; row < _batchSize; row++)
        {
            var image = (batch * _batchSize) + row;
            test.CopyTo(image, positives.Floats().Slice(row * test.ImageSize, test.ImageSize));
            labels.Longs()[row] = test.Labels[image];
        }

        chains.AsSpan(batch * _batchSize * test.ImageSize, _batchSize * test.ImageSize)
            .CopyTo(negatives.Floats());
        return objective.Of(positives, labels, negatives).Terms;
    }
}
