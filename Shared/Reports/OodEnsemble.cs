using System.Collections.Immutable;
using Shared.Metrics;
using Shared.Statistics;

namespace Shared.Reports;

/// <summary>How well the score f, averaged over the replicates of a configuration, tells test images from a set.</summary>
/// <param name="Set">The set.</param>
/// <param name="Models">How many models were averaged.</param>
/// <param name="Auroc">Area under the ROC curve, as <see cref="OodMetrics.Auroc"/>.</param>
/// <param name="Aupr">Average precision, as <see cref="OodMetrics.Aupr"/>.</param>
/// <param name="Fpr95">False positive rate at 95 %, as <see cref="OodMetrics.Fpr95"/>.</param>
/// <remarks>
/// f is averaged as it is, image by image: a model whose energies spread more weighs more. Source: Lakshminarayanan,
/// Pritzel and Blundell 2017, section 2.4, with f in the place of probabilities.
/// </remarks>
public sealed record OodEnsemble(string Set, int Models, double Auroc, double Aupr, double Fpr95)
{
    private const double TruePositiveRate = 0.95;

    /// <summary>Of each configuration of an evaluation, its ensembles; none where its trials left no scores.</summary>
    /// <param name="evaluation">The evaluation's own report.</param>
    public static ImmutableArray<(ConfigurationResult Result, ImmutableArray<OodEnsemble> BySet)> Of(
        ReportModel evaluation)
    {
        var artifacts = evaluation.Artifacts.Where(a => a.Entry.Name == OodScoreFile.FileName)
            .ToLookup(a => a.Entry.Attempt);
        return
        [
            .. evaluation.Configurations.Select(result => (result, Of(
            [
                .. result.Trials.Where(t => t.IsCompleted)
                    .SelectMany(t => AttemptChain.Artifacts(t.State, artifacts))
                    .Select(left => OodScoreFile.Read(left.Bytes.AsSpan())).OfType<OodScoreFile>(),
            ]))),
        ];
    }

    /// <summary>The ensembles of replicates, set by set: of those sets that each has, with as many images.</summary>
    /// <param name="replicates">The scores of each model.</param>
    public static ImmutableArray<OodEnsemble> Of(ImmutableArray<OodScoreFile> replicates)
    {
        if (replicates.IsEmpty || Mean(replicates.Select(r => r.Test)) is not { } own)
        {
            return [];
        }

        return
        [
            .. OodMetrics.Sets
                .Where(set => replicates.All(r => r.Others.ContainsKey(set)))
                .Select(set => (set, Scores: Mean(replicates.Select(r => r.Others[set]))))
                .Where(other => other.Scores is not null)
                .Select(other => new OodEnsemble(
                    other.set,
                    replicates.Length,
                    RankStatistics.Auroc(own, other.Scores),
                    DetectionCurve.AveragePrecision(own, other.Scores),
                    DetectionCurve.FalsePositiveRate(own, other.Scores, TruePositiveRate))),
        ];
    }

    /// <summary>The mean of each image, or nothing where they are not as many, none, or not numbers.</summary>
    private static double[]? Mean(IEnumerable<ImmutableArray<float>> replicates)
    {
        ImmutableArray<float>[] all = [.. replicates];
        if (all[0].IsEmpty || all.Any(scores => scores.Length != all[0].Length))
        {
            return null;
        }

        var means = Enumerable.Range(0, all[0].Length)
            .Select(image => all.Average(scores => (double)scores[image])).ToArray();
        return means.Any(double.IsNaN) ? null : means;
    }
}
