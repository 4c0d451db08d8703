namespace Shared.Metrics;

/// <summary>How well classes hold against projected gradient attacks, and whether the attack itself is sound.</summary>
public static class PgdMetrics
{
    private const string Cadence = "by an evaluation whose pgd.attack is linf";
    private const string Source = "Madry et al. 2018, section 2.1";

    /// <summary>Accuracy before the attack.</summary>
    public static readonly MetricDeclaration Clean = new(
        "accuracy_attacked_clean", "Accuracy on the images that are attacked, before the attack.",
        "mean [argmax l(x) = y]", "1",
        Direction.Higher, MetricKind.Result, Cadence, "definition")
    {
        IsHeadline = false,
    };

    /// <summary>Accuracy after the attack.</summary>
    public static readonly MetricDeclaration Attacked = new(
        "accuracy_pgd",
        "Accuracy on images that were changed by at most pgd.epsilon a pixel so as to raise their cross-entropy: an "
        + "image counts when it is right after each of the pgd.restarts attacks.",
        "mean [argmax l(x_K) = y]; x_(k+1) = clip(x_k + step·sign ∇CE(l(x_k), y)), to ε round x and to the box", "1",
        Direction.Higher, MetricKind.Result, Cadence, Source);

    /// <summary>Accuracy after as many attacks of twice the length.</summary>
    public static readonly MetricDeclaration TwiceTheSteps = new(
        "accuracy_pgd_twice",
        "As accuracy_pgd, with twice the steps from the same starts. Where it is clearly below accuracy_pgd, that one "
        + "attack was too short.",
        "as accuracy_pgd", "1",
        Direction.None, MetricKind.Result, Cadence, Source);

    /// <summary>Accuracy where the attack may do anything.</summary>
    public static readonly MetricDeclaration WholeBox = new(
        "accuracy_pgd_whole_box",
        "As accuracy_pgd, with an ε that reaches every image of the box, steps of 2.5·ε/pgd.steps and one start. A sound "
        + "attack brings it to 0; where it does not, accuracy_pgd says nothing of the model.",
        "as accuracy_pgd", "1",
        Direction.None, MetricKind.Result, Cadence, Source);

    /// <summary>How well the score tells attacked images.</summary>
    public static readonly MetricDeclaration Auroc = new(
        "auroc_f_attacked",
        "How well the score f tells the images from what the attack made of them: the probability that an image "
        + "scores above an attacked one, ties counting half.",
        "(Σ ranks of images − n(n + 1)/2) / (n·m), tied ranks by their mean", "1",
        Direction.Higher, MetricKind.Result, Cadence, "Hanley and McNeil 1982");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricDeclaration> All { get; } =
        [Clean, Attacked, TwiceTheSteps, WholeBox, Auroc];
}
