namespace Shared.Metrics;

/// <summary>Every metric that training reports.</summary>
public static class TrainingMetrics
{
    private const string EveryTen = "every 10 updates";
    private const string AtTheEnd = "at the end";

    /// <summary>The loss that is minimised.</summary>
    public static readonly MetricDeclaration Loss = new(
        "loss", "The loss that is minimised: the sum of its parts.",
        "class_weight · loss_class + energy_weight · loss_contrastive + energy_l2 · loss_energy_l2 "
        + "+ gradient_penalty · loss_gradient_penalty", "nats",
        Direction.None, MetricKind.Result, EveryTen,
        "Grathwohl et al. 2020, eq. 7; Du and Mordatch 2019, section 3.3");

    /// <summary>Cross-entropy of the class head.</summary>
    public static readonly MetricDeclaration LossClass = new(
        "loss_class", "Cross-entropy of the class logits on the positives, before its weight.",
        "mean −log softmax(logits(x⁺))[y]", "nats",
        Direction.Lower, MetricKind.Result, EveryTen, "Grathwohl et al. 2020, eq. 7");

    /// <summary>The contrastive part of the loss.</summary>
    public static readonly MetricDeclaration LossContrastive = new(
        "loss_contrastive",
        "The contrastive part of the loss, before its weight; its value by itself means nothing, its gradient "
        + "does.",
        "mean E(x⁺) − mean E(x⁻); hinge: mean max(0, E(x⁺) − m⁺) + mean max(0, m⁻ − E(x⁻)); "
        + "softplus: mean log(1 + exp(E(x⁺) − E(x⁻)))", "1",
        Direction.None, MetricKind.Result, EveryTen, "Hinton 2002; Du and Mordatch 2019, eq. 3");

    /// <summary>The squared energies that the loss penalises.</summary>
    public static readonly MetricDeclaration LossEnergyL2 = new(
        "loss_energy_l2", "The squared energies that the loss penalises, before their coefficient.",
        "mean E(x⁺)² + mean E(x⁻)²", "1",
        Direction.None, MetricKind.Result, EveryTen, "Du and Mordatch 2019, section 3.3");

    /// <summary>The squared energy gradients that the loss penalises.</summary>
    public static readonly MetricDeclaration LossGradientPenalty = new(
        "loss_gradient_penalty",
        "The squared energy gradients at the positives that the loss penalises, before their coefficient.",
        "mean |∇E(x⁺)|²", "1",
        Direction.None, MetricKind.Result, "every 10 updates where objective.gradient_penalty is above 0",
        "Gulrajani et al. 2017, eq. 3, with the norm drawn to 0");

    /// <summary>Length of the parameter gradient.</summary>
    public static readonly MetricDeclaration GradientNorm = new(
        "gradient_norm", "Length of the gradient of the loss over all parameters, before it is cut.",
        "√ Σ (∂L/∂θ)²", "1",
        Direction.None, MetricKind.Result, EveryTen, "definition");

    /// <summary>Mean energy of the positives.</summary>
    public static readonly MetricDeclaration EnergyData = new(
        "energy_data", "Mean energy of the positives.", "mean E(x⁺)", "1",
        Direction.None, MetricKind.Result, EveryTen, "definition");

    /// <summary>Mean energy of the negatives.</summary>
    public static readonly MetricDeclaration EnergySamples = new(
        "energy_samples", "Mean energy of the negatives.", "mean E(x⁻)", "1",
        Direction.None, MetricKind.Result, EveryTen, "definition");

    /// <summary>How much higher negatives lie than positives.</summary>
    public static readonly MetricDeclaration Gap = new(
        "gap", "How much higher the negatives lie than the positives; near zero in health.",
        "mean E(x⁻) − mean E(x⁺)", "1",
        Direction.None, MetricKind.Result, EveryTen, "definition");

    /// <summary>Training stability.</summary>
    public static readonly MetricDeclaration GapSd = new(
        "gap_sd",
        "Training stability: spread of the gap over the last 50 updates (all of them in a shorter run).",
        "sample standard deviation (n − 1) of gap over the last 50 updates", "1",
        Direction.Lower, MetricKind.Result, AtTheEnd, "definition");

    /// <summary>Share of test images that the class head gets right.</summary>
    public static readonly MetricDeclaration Accuracy = new(
        "accuracy", "Share of test images whose largest logit is the label's.",
        "mean [argmax logits(x) = y]; on the first 2,000 test images, at the end on all of them", "1",
        Direction.Higher, MetricKind.Result, "every evaluation.every updates and at the end", "definition");

    /// <summary>Training speed in updates.</summary>
    public static readonly MetricDeclaration UpdatesToAccuracy = new(
        "updates_to_accuracy",
        "Training speed: the first evaluation at or above evaluation.accuracy_threshold; "
        + "none when never reached.",
        "min {u : accuracy(u) ≥ threshold}", "updates",
        Direction.Lower, MetricKind.Result, "once, when reached", "definition");

    /// <summary>Fréchet distance of the negatives as trained.</summary>
    public static readonly MetricDeclaration FidClf = new(
        "fid_clf",
        "Fréchet distance, in the features of a small frozen classifier, between 2,000 negatives as training "
        + "makes them at its end (the buffer's contents, or chains of the trained length from the trained "
        + "start) and the first 2,000 test images. Not comparable with Inception FID.",
        "|μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½)", "1",
        Direction.Lower, MetricKind.Result, AtTheEnd, "Heusel et al. 2017, eq. 6");

    /// <summary>Fréchet distance of chains from fresh noise.</summary>
    public static readonly MetricDeclaration FidClfFresh = new(
        "fid_clf_fresh",
        "As fid_clf, of 2,000 chains of the trained length and schedule from fresh noise.",
        "|μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½)", "1",
        Direction.Lower, MetricKind.Result, AtTheEnd, "Heusel et al. 2017, eq. 6");

    /// <summary>Fréchet distance of the start distribution.</summary>
    public static readonly MetricDeclaration FidClfStart = new(
        "fid_clf_start",
        "As fid_clf, of the start distribution itself: what a chain that never moved would score.",
        "|μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½)", "1",
        Direction.None, MetricKind.Result, AtTheEnd, "Heusel et al. 2017, eq. 6");

    /// <summary>Distance of the model from the truth.</summary>
    public static readonly MetricDeclaration Kl = new(
        "kl", "Distance of the model from the true density, exact on a 200 × 200 grid over the box.",
        "∫ p log (p / q), q = exp(−E) / Z", "nats",
        Direction.Lower, MetricKind.Result, AtTheEnd, "Kullback and Leibler 1951; midpoint quadrature");

    /// <summary>Log of the normalising constant.</summary>
    public static readonly MetricDeclaration LogZ = new(
        "log_z", "Log of the model's normalising constant, exact on a 200 × 200 grid over the box.",
        "log ∫ exp(−E)", "nats",
        Direction.None, MetricKind.Result, AtTheEnd, "midpoint quadrature");

    /// <summary>How fast updates go.</summary>
    public static readonly MetricDeclaration UpdatesPerSecond = new(
        "updates_per_second", "Updates a second, evaluations not counted, since the last point.",
        "updates / elapsed", "updates/s",
        Direction.Higher, MetricKind.Timing, EveryTen, "definition");

    /// <summary>What is measured by a feature network, and only for data that have one.</summary>
    public static IReadOnlyList<MetricDeclaration> OfFeatures { get; } =
        [FidClf, FidClfFresh, FidClfStart, EvaluationMetrics.SampleClassEntropy];

    /// <summary>What every model of images reports beside its objective.</summary>
    public static IReadOnlyList<MetricDeclaration> Images { get; } =
        [.. OfFeatures, SamplingMetrics.Acceptance, UpdatesPerSecond, .. EvaluationMetrics.OfImages];

    /// <summary>What every model with classes reports beside.</summary>
    public static IReadOnlyList<MetricDeclaration> Classes { get; } =
        [LossClass, Accuracy, UpdatesToAccuracy, .. EvaluationMetrics.OfClasses];

    /// <summary>What every contrastive objective reports.</summary>
    public static IReadOnlyList<MetricDeclaration> Contrastive { get; } =
    [
        Loss,
        LossContrastive,
        LossEnergyL2,
        LossGradientPenalty,
        GradientNorm,
        EnergyData,
        EnergySamples,
        Gap,
        GapSd,
        .. SamplingMetrics.Chains,
    ];
}
