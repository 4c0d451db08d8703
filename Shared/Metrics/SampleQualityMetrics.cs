using System.Collections.Immutable;

namespace Shared.Metrics;

/// <summary>
/// How good samples are in the features of the frozen classifier of fid_clf, beside sets that say how to read the
/// numbers; one metric a measure and a set.
/// </summary>
public static class SampleQualityMetrics
{
    private const string Cadence = "by an evaluation whose samples.chains is fresh";

    /// <summary>The sets: the model's samples first, then those for comparison.</summary>
    public static ImmutableArray<(string Name, string Meaning)> Sets { get; } =
    [
        ("samples", "2,000 chains from fresh noise"),
        ("real", "the next 2,000 test images"),
        ("gaussians", "2,000 draws from one Gaussian a class, N(μ_y, Σ_y + 1e-4·I) of the first 10,000 training "
            + "images in pixels: a model that is no better has learnt less than a covariance"),
        ("start", "2,000 fresh noises, what chains that never moved would score"),
        ("noise", "2,000 uniform noises"),
    ];

    /// <summary>What is measured of a set.</summary>
    public static ImmutableArray<SampleMeasure> Measures { get; } =
    [
        new("fid", "Fréchet distance", "|μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½)", Direction.Lower,
            "Heusel et al. 2017, eq. 6"),
        new("kid", "Kernel distance: mean of the unbiased squared maximum mean discrepancy over random subsets",
            "mean MMD², k(x, y) = (xᵀy/d + 1)³", Direction.Lower, "Bińkowski et al. 2018, section 4"),
        new("kid_sd", "Standard deviation over the subsets of the kernel distance", "sd MMD² (n − 1)",
            Direction.None, "Bińkowski et al. 2018, section 4"),
        new("inception_score", "Inception score by the classes of the frozen classifier", "exp(mean KL(p(y|x) ‖ p(y)))",
            Direction.Higher, "Salimans et al. 2016, section 4"),
        new("precision", "Share that lies in the ball of a test image, whose radius is the distance to its k-th "
            + "neighbour among test images", "mean [∃ r: |φ(x) − φ(r)| ≤ d_k(r)]", Direction.Higher,
            "Kynkäänniemi et al. 2019, eq. 1 and 2"),
        new("recall", "Share of the test images that lies in the ball of one of the set",
            "precision with sides exchanged", Direction.Higher, "Kynkäänniemi et al. 2019, eq. 1 and 2"),
    ];

    /// <summary>How near samples lie to training images.</summary>
    public static readonly MetricDeclaration NearestRatio = new(
        "nearest_training_ratio",
        "Mean distance, in pixels, of the first 200 samples from the nearest of the first 10,000 training images, by that "
        + "of the first 200 test images: well below 1, samples repeat training images.",
        "mean min |x⁻ − x⁺| / mean min |x_test − x⁺|", "1",
        Direction.None, MetricKind.Result, Cadence, "definition");

    /// <summary>Every metric.</summary>
    public static ImmutableArray<MetricDeclaration> All { get; } =
    [
        .. Sets.SelectMany(_ => Measures, (set, measure) => Of(set.Name, measure.Name)), NearestRatio,
    ];

    /// <summary>The metric of a measure and a set.</summary>
    /// <param name="set">Name of a set.</param>
    /// <param name="measure">Name of a measure.</param>
    public static MetricDeclaration Of(string set, string measure)
    {
        var (name, meaning) = Sets.Single(s => s.Name == set);
        var (_, what, formula, direction, source) = Measures.Single(m => m.Name == measure);
        var isOwn = set == Sets[0].Name;
        return new MetricDeclaration(
            $"{name}_{measure}",
            $"{what}, of {meaning}, against the first 2,000 test images.",
            formula, "1", isOwn ? direction : Direction.None, MetricKind.Result, Cadence, source)
        {
            IsHeadline = isOwn && direction is not Direction.None,
        };
    }
}

/// <summary>A measure of a set of samples.</summary>
/// <param name="Name">In names of metrics, snake_case.</param>
/// <param name="Meaning">What it is, begins a sentence.</param>
/// <param name="Formula">How it is computed.</param>
/// <param name="Direction">Which end is the better one.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record SampleMeasure(
    string Name, string Meaning, string Formula, Direction Direction, string Source);
