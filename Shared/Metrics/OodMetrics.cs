using System.Collections.Immutable;
using Shared.Data;

namespace Shared.Metrics;

/// <summary>How well scores of a model tell test images from other images; one metric a score and a set.</summary>
public static class OodMetrics
{
    /// <summary>How uniform noise is called among the sets.</summary>
    public const string Noise = "noise";

    private const string Cadence = "by an evaluation whose ood.set has the set";

    /// <summary>The scores: high where an image looks like those of training.</summary>
    public static ImmutableArray<OodScore> Scores { get; } =
    [
        new("f", "the score f, −E where the model does not say otherwise", "f(x)", "Grathwohl et al. 2020, section 5.3"),
        new(
            "max_p", "the largest class probability", "max_y p(y|x)",
            "Hendrycks and Gimpel 2017, section 2"),
        new(
            "gradient", "the length of the gradient of f, negated", "−|∇f(x)|",
            "Grathwohl et al. 2020, section 5.3.3"),
        new(
            "typicality", "the distance of the energy from its mean over training images, negated",
            "−|E(x) − mean E(x⁺)|", "Nalisnick et al. 2019, eq. 5, with one image"),
        new(
            "odin", "ODIN: the largest class probability at temperature T after one small step that raises it",
            "max_y softmax(l(x − ε·sign(−∇ log max_y softmax(l(x)/T)))/T)", "Liang, Li and Srikant 2018, eq. 2"),
        new(
            "mahalanobis",
            "the least Mahalanobis distance of the penultimate features from the mean of a class over training "
            + "images, with one covariance, negated",
            "−min_y (φ(x) − μ_y)ᵀ Σ⁻¹ (φ(x) − μ_y)", "Lee et al. 2018, eq. 2"),
    ];

    /// <summary>The sets that test images are told from.</summary>
    public static ImmutableArray<string> Sets { get; } = [.. ImageSets.Names, Noise];

    /// <summary>Every metric: of each score on each set the AUROC, the AUPR and the false positive rate.</summary>
    public static ImmutableArray<MetricDeclaration> All { get; } =
    [
        .. Scores.SelectMany(
            _ => Sets,
            (score, set) => (MetricDeclaration[])[Auroc(score, set), Aupr(score, set), Fpr95(score, set)])
            .SelectMany(metrics => metrics),
    ];

    /// <summary>Area under the ROC curve.</summary>
    /// <param name="score">The score.</param>
    /// <param name="set">The other set.</param>
    public static MetricDeclaration Auroc(OodScore score, string set) => new(
        Name("auroc", score, set),
        $"How well {score.Meaning}, tells test images from {Spell(set)}: the probability that a test image scores "
        + "above one of them, ties counting half; 0.5 for chance.",
        $"(Σ ranks of test images − n(n + 1)/2) / (n·m) of {score.Formula}, tied ranks by their mean", "1",
        Direction.Higher, MetricKind.Result, Cadence, $"Hanley and McNeil 1982; {score.Source}")
    {
        IsHeadline = score == Scores[0],
    };

    /// <summary>Average precision with test images as the positives.</summary>
    /// <param name="score">The score.</param>
    /// <param name="set">The other set.</param>
    public static MetricDeclaration Aupr(OodScore score, string set) => new(
        Name("aupr", score, set),
        $"Average precision of {score.Meaning}, with test images as positives and {Spell(set)} as negatives; "
        + "0.5 for chance where both are as many.",
        $"Σ (R_k − R_(k−1))·P_k over falling thresholds of {score.Formula}, ties in one step", "1",
        Direction.Higher, MetricKind.Result, Cadence, $"Hendrycks and Gimpel 2017, section 2; {score.Source}")
    {
        IsHeadline = false,
    };

    /// <summary>False positive rate at a true positive rate of 95 %.</summary>
    /// <param name="score">The score.</param>
    /// <param name="set">The other set.</param>
    public static MetricDeclaration Fpr95(OodScore score, string set) => new(
        Name("fpr95", score, set),
        $"Share of {Spell(set)} that {score.Meaning}, takes for test images at the highest threshold that keeps at "
        + "least 95 % of these.",
        $"share of the others with {score.Formula} ≥ t, t = max {{t : share of test images ≥ t is ≥ 0.95}}", "1",
        Direction.Lower, MetricKind.Result, Cadence, $"Liang, Li and Srikant 2018, section 4.3; {score.Source}")
    {
        IsHeadline = false,
    };

    private static string Name(string measure, OodScore score, string set) =>
        $"{measure}_{score.Name}_{set.Replace('-', '_')}";

    private static string Spell(string set) => set == Noise ? "one fixed set of uniform noise" : $"test images of {set}";
}

/// <summary>A score by which images are told apart.</summary>
/// <param name="Name">In names of metrics, snake_case.</param>
/// <param name="Meaning">What it is, part of a sentence.</param>
/// <param name="Formula">How it is computed.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record OodScore(string Name, string Meaning, string Formula, string Source);
