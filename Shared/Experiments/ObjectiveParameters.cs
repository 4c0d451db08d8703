namespace Shared.Experiments;

/// <summary>What is minimised over positives and negatives; what every objective has.</summary>
public abstract record ObjectiveParameters
{
    /// <summary>How positives are set against negatives.</summary>
    [Parameter(
        "How data are set against samples: mean E(x⁺) − mean E(x⁻) (difference), "
        + "mean max(0, E(x⁺) − m⁺) + mean max(0, m⁻ − E(x⁻)) (hinge), "
        + "or mean log(1 + exp(E(x⁺) − E(x⁻))) (softplus).")]
    public Contrast Contrast { get; init; } = Contrast.Difference;

    /// <summary>m⁺: positives below it are left alone.</summary>
    [Parameter("m⁺ of the hinge: data whose energy is below it are left alone.")]
    [Range(-100_000, 100_000)]
    [OnlyWhen("objective.contrast", "hinge")]
    public double MarginData { get; init; } = -1;

    /// <summary>m⁻: negatives above it are left alone.</summary>
    [Parameter("m⁻ of the hinge: samples whose energy is above it are left alone.")]
    [Range(-100_000, 100_000)]
    [OnlyWhen("objective.contrast", "hinge")]
    public double MarginSamples { get; init; } = 1;

    /// <summary>w_x, the weight of the contrast.</summary>
    [Parameter("w_x, the weight of the contrastive part in the loss; 0 trains no energy.")]
    [Range(0, 1_000)]
    public double EnergyWeight { get; init; } = 1;

    /// <summary>λ, the coefficient of mean E(x⁺)² + mean E(x⁻)² in the loss.</summary>
    [Parameter("Coefficient of mean E(x⁺)² + mean E(x⁻)² in the loss; 0 leaves it out.")]
    [Range(0, 1_000)]
    public double EnergyL2 { get; init; }

    /// <summary>λ_G, the coefficient of mean |∇ₓE(x⁺)|² in the loss.</summary>
    [Parameter("λ_G, the coefficient of mean |∇E(x⁺)|² in the loss; 0 leaves it out.")]
    [Range(0, 1_000)]
    public double GradientPenalty { get; init; }
}

/// <summary>The objective of a model that has an energy and no classes.</summary>
public sealed record EnergyObjectiveParameters : ObjectiveParameters;

/// <summary>The objective of a model that has an energy and classes.</summary>
public sealed record JointObjectiveParameters : ObjectiveParameters
{
    /// <summary>w_c, the weight of the cross-entropy.</summary>
    [Parameter("w_c, the weight of the cross-entropy of the classes in the loss; 0 trains no classes.")]
    [Range(0, 1_000)]
    public double ClassWeight { get; init; } = 1;
}

/// <summary>How positives are set against negatives.</summary>
public enum Contrast
{
    /// <summary>mean E(x⁺) − mean E(x⁻).</summary>
    Difference,

    /// <summary>mean max(0, E(x⁺) − m⁺) + mean max(0, m⁻ − E(x⁻)).</summary>
    Hinge,

    /// <summary>mean log(1 + exp(E(x⁺) − E(x⁻))), row by row.</summary>
    Softplus,
}
