namespace Shared.Metrics;

/// <summary>What evaluations on test images, on samples and on noise report.</summary>
public static class EvaluationMetrics
{
    private const string OnTheWay = "every evaluation.every updates and at the end";
    private const string AtTheEnd = "at the end";

    private const string Positives =
        "The first evaluation.validation_batches batches of test images, without noise on them, against as "
        + "many chains of the trained length from the trained start: a buffer's slots are copied, restarted "
        + "as often as in training and never written back.";

    /// <summary>The loss on test images.</summary>
    public static readonly MetricDeclaration ValidationLoss = new(
        "validation_loss", "The loss on data that was not trained on. " + Positives,
        "as loss", "nats",
        Direction.None, MetricKind.Result, OnTheWay, "definition");

    /// <summary>Its class part.</summary>
    public static readonly MetricDeclaration ValidationLossClass = new(
        "validation_loss_class", "Cross-entropy of the class logits on the images of validation_loss.",
        "as loss_class", "nats",
        Direction.Lower, MetricKind.Result, OnTheWay, "definition")
    {
        IsHeadline = false,
    };

    /// <summary>Its contrastive part.</summary>
    public static readonly MetricDeclaration ValidationLossContrastive = new(
        "validation_loss_contrastive", "The contrastive part of validation_loss, before its weight.",
        "as loss_contrastive", "1",
        Direction.None, MetricKind.Result, OnTheWay, "definition");

    /// <summary>Calibration of the classifier.</summary>
    public static readonly MetricDeclaration Ece = new(
        "ece",
        "Expected calibration error of the classes over evaluation.ece_bins bins B of equal width of the "
        + "largest class probability; on the images of accuracy.",
        "Σ |B|/n · |accuracy(B) − mean max p(y|x)|", "1",
        Direction.Lower, MetricKind.Result, OnTheWay, "Guo et al. 2017, eq. 3")
    {
        IsHeadline = false,
    };

    /// <summary>Likelihood of the labels.</summary>
    public static readonly MetricDeclaration Nll = new(
        "nll", "Negative log-likelihood of the labels; on the images of accuracy.",
        "mean −log p(y|x)", "nats",
        Direction.Lower, MetricKind.Result, OnTheWay, "definition")
    {
        IsHeadline = false,
    };

    /// <summary>Mean energy of noise.</summary>
    public static readonly MetricDeclaration EnergyNoise = new(
        "energy_noise", "Mean energy of 2,000 fresh noises, where chains that were never moved lie.",
        "mean E(u)", "1",
        Direction.None, MetricKind.Result, AtTheEnd, "definition");

    /// <summary>How well the energy tells test images from noise.</summary>
    public static readonly MetricDeclaration AurocNoise = new(
        "auroc_noise",
        "How well the score f, −E where the model does not say otherwise, tells the first 2,000 test images "
        + "from 2,000 fresh noises: the probability that an image scores above a noise, ties counting half.",
        "(Σ ranks of images − n(n + 1)/2) / (n·m), tied ranks by their mean", "1",
        Direction.Higher, MetricKind.Result, AtTheEnd, "Hanley and McNeil 1982")
    {
        IsHeadline = false,
    };

    /// <summary>How far energies of samples and of test images lie over each other.</summary>
    public static readonly MetricDeclaration EnergyOverlap = new(
        "energy_overlap",
        "Overlap of the energies of the first 2,000 test images and of the samples of fid_clf, in 40 bins "
        + "from their least energy to their greatest: 1 where the model cannot tell them apart.",
        "Σ min(p_i, q_i)", "1",
        Direction.None, MetricKind.Result, AtTheEnd, "Inman and Bradley 1989");

    /// <summary>How many classes the samples have.</summary>
    public static readonly MetricDeclaration SampleClassEntropy = new(
        "sample_class_entropy",
        "How evenly the samples of fid_clf spread over the classes of the frozen feature network; "
        + "log 10 = 2.303 for ten classes alike, 0 for one class alone.",
        "−Σ p_y log p_y", "nats",
        Direction.None, MetricKind.Result, AtTheEnd, "Shannon 1948, section 6");

    /// <summary>How fast training takes images.</summary>
    public static readonly MetricDeclaration ImagesPerSecond = new(
        "images_per_second", "Positives a second, evaluations not counted, since the last point.",
        "training.batch_size · updates / elapsed", "images/s",
        Direction.Higher, MetricKind.Timing, "every 10 updates", "definition");

    /// <summary>
    /// What every experiment on images reports; classes of samples want a feature network.
    /// </summary>
    public static IReadOnlyList<MetricDeclaration> OfImages { get; } =
    [
        ValidationLoss,
        ValidationLossContrastive,
        EnergyNoise,
        AurocNoise,
        EnergyOverlap,
        ImagesPerSecond,
    ];

    /// <summary>What those with classes report beside it.</summary>
    public static IReadOnlyList<MetricDeclaration> OfClasses { get; } = [ValidationLossClass, Ece, Nll];
}
