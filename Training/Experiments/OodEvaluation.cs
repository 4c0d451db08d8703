using System.Collections.Immutable;
using Shared.Execution;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Reports;
using Shared.Statistics;
using Training.Data;
using Training.Evaluation;
using Training.Randomness;
using Training.Samplers;

namespace Training.Experiments;

/// <summary>How well the scores of a model tell test images from other images.</summary>
/// <param name="parameters">Which images, and what scores are computed with.</param>
/// <param name="trial">Gives other sets, and takes the scores.</param>
/// <param name="report">Takes a metric and its value.</param>
public sealed class OodEvaluation(OodParameters parameters, ITrial trial, Action<string, double> report)
{
    private const uint DrawOfNoise = 1_000;   // third counter word

    // Noise is a set as the others are: the same images for every replicate and every sweep, so that scores of
    // models can be averaged image by image.
    private static readonly RandomStream NoiseSet = new(RandomStreams.Key(0, 0, StreamPurpose.Evaluation));

    /// <summary>Reports each measure of each score that the model has, on each set.</summary>
    /// <param name="measured">A model of images.</param>
    public void Of(MeasuredModel measured)
    {
        var data = measured.TrainedImages;
        var test = First(data.Test);
        var scores = new OodScores(measured.Model, parameters, data.Train);
        var others = parameters.SetsBeside(data.Name)
            .Select(set => (Name: set, Images: Images(set, data)))
            .Concat(parameters.HasNoise ? [(OodMetrics.Noise, Noise(measured.Box, test.Length, data.Test))] : [])
            .ToList();
        foreach (var score in OodMetrics.Scores)
        {
            if (scores.Of(score.Name, test) is not { } own)
            {
                continue;
            }

            var found = new List<(string Set, double[] Scores)>();
            foreach (var (set, images) in others)
            {
                trial.Stop.ThrowIfCancellationRequested();
                found.Add((set, scores.Of(score.Name, images)!));
                Report(score, set, own, found[^1].Scores);
            }

            if (score == OodMetrics.Scores[0])
            {
                Store(own, found);
            }
        }
    }

    /// <summary>Leaves f of every image, which a report averages over replicates.</summary>
    private void Store(double[] own, List<(string Set, double[] Scores)> others)
    {
        var file = new OodScoreFile(
            Single(own),
            others.ToImmutableSortedDictionary(o => o.Set, o => Single(o.Scores), StringComparer.Ordinal));
        trial.Store(OodScoreFile.FileName, OodScoreFile.MediaType, file.ToBytes());
    }

    /// <summary>Models compute in single precision, so that nothing is lost.</summary>
    private static ImmutableArray<float> Single(double[] scores) => [.. scores.Select(score => (float)score)];

    /// <summary>What is not a number ranks nowhere: a model that has no score of an image has no metric of it.</summary>
    private void Report(OodScore score, string set, double[] own, double[] others)
    {
        if (own.Any(double.IsNaN) || others.Any(double.IsNaN))
        {
            return;
        }

        report(OodMetrics.Auroc(score, set).Name, RankStatistics.Auroc(own, others));
        report(OodMetrics.Aupr(score, set).Name, DetectionCurve.AveragePrecision(own, others));
        report(OodMetrics.Fpr95(score, set).Name, DetectionCurve.FalsePositiveRate(own, others, 0.95));
    }

    private float[] Images(string set, ImageData own)
    {
        var other = trial.Images(set).Test;
        return (other.Height, other.Width) == (own.Test.Height, own.Test.Width)
            ? First(other)
            : throw new DataSetException(
                $"Images of {set} are {other.Height} × {other.Width}, and those of the model's data "
                + $"{own.Test.Height} × {own.Test.Width}: give ood.set another value.");
    }

    private float[] First(LabelledImages images) => images.Flattened(Math.Min(parameters.Images, images.Count));

    private static float[] Noise(Box box, int length, LabelledImages like) =>
        UniformNoise.Draw(box, NoiseSet, length / like.ImageSize, like.ImageSize, DrawOfNoise);
}
