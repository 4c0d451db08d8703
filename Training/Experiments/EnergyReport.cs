using System.Collections.Immutable;
using Shared.Metrics;
using Shared.Reports;
using Shared.Statistics;
using Training.Evaluation;
using Training.Models;

namespace Training.Experiments;

/// <summary>
/// Where the energies of images, samples and noise lie, and which classes the samples are.
/// </summary>
/// <param name="trial">Who is told.</param>
/// <param name="model">The model.</param>
/// <param name="network">Gives classes; nothing where the data have no feature network.</param>
public sealed class EnergyReport(ITrial trial, IEnergyModel model, FeatureNetwork? network)
{
    private const int Bins = 40;

    /// <summary>Reports them, and stores their histograms.</summary>
    /// <param name="update">Number of finished updates.</param>
    /// <param name="images">
    /// Test images, samples as trained and fresh noise, each of shape [count, pixels].
    /// </param>
    /// <param name="shape">Shape of one image.</param>
    public void At(
        int update, (float[] Data, float[] Samples, float[] Noise) images, IReadOnlyList<long> shape)
    {
        var classes = network?.ClassCounts(images.Samples) ?? [];
        if (!classes.IsEmpty)
        {
            var entropy = Entropy.OfCounts(classes.AsSpan());
            trial.Report(update, EvaluationMetrics.SampleClassEntropy.Name, entropy);
        }

        var noise = Energies.Of(model, images.Noise, shape);
        trial.Report(update, EvaluationMetrics.EnergyNoise.Name, noise.Average());
        double[][] all =
            [Energies.Of(model, images.Data, shape), Energies.Of(model, images.Samples, shape), noise];
        if (all.Any(energies => energies.Any(energy => !double.IsFinite(energy))))
        {
            return;   // training ended in range, but what lies elsewhere has no energy to compare
        }

        var auroc = RankStatistics.Auroc(
            Energies.Of(model.Score, images.Data, shape), Energies.Of(model.Score, images.Noise, shape));
        trial.Report(update, EvaluationMetrics.AurocNoise.Name, auroc);
        var pair = Histogram.OverCommonBins(Bins, all[0], all[1])!.Value;
        trial.Report(update, EvaluationMetrics.EnergyOverlap.Name, pair[0].OverlapWith(pair[1]));
        Store(all, network?.ClassCounts(images.Data) ?? [], classes);
    }

    private void Store(double[][] energies, ImmutableArray<long> data, ImmutableArray<long> samples)
    {
        var three = Histogram.OverCommonBins(Bins, energies)!.Value;
        var histograms = new EvaluationHistograms(three[0], three[1], three[2], data, samples);
        trial.Store(EvaluationHistograms.FileName, EvaluationHistograms.MediaType, histograms.ToBytes());
    }
}
