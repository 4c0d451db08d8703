namespace Shared.Metrics;

/// <summary>What the chains of training report.</summary>
public static class SamplingMetrics
{
    private const string EveryTen = "every 10 updates";
    private const string EveryTenOfBuffer = "every 10 updates, where chains start from a buffer";

    /// <summary>How steep the energy is along the chains.</summary>
    public static readonly MetricDeclaration GradientNormChain = new(
        "gradient_norm_chain",
        "How steep the energy is along the chains of an update, before any clip.",
        "mean over chains and steps of |∇ₓE|, L2", "1/x",
        Direction.None, MetricKind.Result, EveryTen, "Nijkamp et al. 2020, section 3");

    /// <summary>How much of the gradient the clip changed.</summary>
    public static readonly MetricDeclaration ClippedShare = new(
        "clipped_share",
        "Share of the entries of the chains' gradients that the clip changed; 0 without a clip.",
        "mean over chains, steps and entries of [clip(∇ₓE) ≠ ∇ₓE]", "1",
        Direction.None, MetricKind.Result, EveryTen, "definition");

    /// <summary>How much of the negatives lies on the box.</summary>
    public static readonly MetricDeclaration Saturation = new(
        "saturation", "Share of the negatives' coordinates that lie on the box, or beyond it.",
        "mean over chains and coordinates of [x⁻ ≤ low or x⁻ ≥ high]", "1",
        Direction.None, MetricKind.Result, EveryTen, "definition");

    /// <summary>How far a chain goes.</summary>
    public static readonly MetricDeclaration Displacement = new(
        "displacement", "How far a chain goes in an update, from its first state to its last.",
        "mean over chains of |x_T − x₀|, L2", "x",
        Direction.None, MetricKind.Result, EveryTen, "definition");

    /// <summary>What the chains have cost so far.</summary>
    public static readonly MetricDeclaration GradientEvaluations = new(
        "gradient_evaluations",
        "Gradients of the energy that the chains have taken since the first update, each chain counted for "
        + "itself: the axis on which samplers of different cost compare.",
        "Σ over updates of chains · steps", "evaluations",
        Direction.None, MetricKind.Result, EveryTen, "definition");

    /// <summary>How old the buffer's chains are.</summary>
    public static readonly MetricDeclaration ChainAge = new(
        "chain_age",
        "How often the chains that the buffer holds have run since they were noise, on average; below about "
        + "10 the buffer is hardly persistent.",
        "mean age over held states", "runs",
        Direction.None, MetricKind.Result, EveryTenOfBuffer, "definition");

    /// <summary>How old the oldest chains of the buffer are.</summary>
    public static readonly MetricDeclaration ChainAgeP95 = new(
        "chain_age_p95", "As chain_age, of the chain that 95 % of the held ones are no older than.",
        "the ⌈0.95 n⌉-th smallest age of n held states", "runs",
        Direction.None, MetricKind.Result, EveryTenOfBuffer, "definition");

    /// <summary>How many chains started afresh.</summary>
    public static readonly MetricDeclaration ReinitialisedShare = new(
        "reinitialised_share",
        "Share of chains that started from fresh noise instead of the buffer, over the last 10 updates.",
        "restarted chains / chains", "1",
        Direction.None, MetricKind.Result, EveryTenOfBuffer, "definition");

    /// <summary>Energy of what the buffer holds.</summary>
    public static readonly MetricDeclaration EnergyBuffer = new(
        "energy_buffer",
        "Mean energy, after the update, of 256 random states of the buffer (of all where it holds fewer).",
        "mean E(buffer)", "1",
        Direction.None, MetricKind.Result, EveryTenOfBuffer, "definition");

    /// <summary>Share of proposals that an evaluation's sampler took.</summary>
    public static readonly MetricDeclaration Acceptance = new(
        "acceptance",
        "Share of proposals taken by the evaluation's chains from fresh noise; aim at 0.57 with MALA, at "
        + "0.65 with HMC. Reported where evaluation.sampler is mala or hmc.",
        "accepted / proposed", "1",
        Direction.None, MetricKind.Result, "at the end, with mala or hmc",
        "Roberts and Rosenthal 1998; Beskos et al. 2013");

    /// <summary>What every experiment that runs chains in training reports.</summary>
    public static IReadOnlyList<MetricDeclaration> Chains { get; } =
    [
        GradientNormChain, ClippedShare, Saturation, Displacement, GradientEvaluations, ChainAge, ChainAgeP95,
        ReinitialisedShare, EnergyBuffer,
    ];
}
