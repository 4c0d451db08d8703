namespace Shared.Experiments;

/// <summary>How often is evaluated, and what moves chains of an evaluation that start at fresh noise.</summary>
public abstract record ChainEvaluationParameters
{
    /// <summary>Updates between two evaluations on the way.</summary>
    [Parameter("Updates between two evaluations on test images.", Unit = "updates")]
    [Range(1, 10_000_000)]
    public int Every { get; init; } = 25;

    /// <summary>Batches of the validation loss; 0 for none.</summary>
    [Parameter(
        "Batches of test images, and of as many chains of the trained length, that validation_loss is taken "
        + "on; 0 leaves it out.",
        Unit = "batches")]
    [Range(0, 10_000)]
    public int ValidationBatches { get; init; } = 1;

    /// <summary>The sampler of training, or one that samples exp(−E/τ) without error of its step.</summary>
    [Parameter(
        "What moves the evaluation's chains from fresh noise: the sampler of training, MALA or HMC, whose "
        + "chains decide one by one and bounce off the box.")]
    public EvaluationSampler Sampler { get; init; } = EvaluationSampler.Trained;

    /// <summary>ε of MALA, or of a leapfrog step of HMC.</summary>
    [Parameter("ε of MALA, or of a leapfrog step of HMC; watch the metric acceptance.", Unit = "x")]
    [Range(0, 1_000, ExclusiveMinimum = true)]
    [OnlyWhen("evaluation.sampler", "mala", "hmc")]
    public double StepSize { get; init; } = 0.1;

    /// <summary>Proposals of a chain.</summary>
    [Parameter("Proposals of a chain.", Unit = "steps")]
    [Range(1, 1_000_000)]
    [OnlyWhen("evaluation.sampler", "mala", "hmc")]
    public int Steps { get; init; } = 100;

    /// <summary>L, leapfrog steps of a proposal.</summary>
    [Parameter("L, leapfrog steps of a proposal; each costs a gradient.", Unit = "steps")]
    [Range(1, 10_000)]
    [OnlyWhen("evaluation.sampler", "hmc")]
    public int LeapfrogSteps { get; init; } = 10;

    /// <summary>τ: chains target exp(−E/τ).</summary>
    [Parameter("τ, the temperature: chains target exp(−E/τ); training's own is σ²/2α.")]
    [Range(0, 1_000_000, ExclusiveMinimum = true)]
    [OnlyWhen("evaluation.sampler", "mala", "hmc")]
    public double Temperature { get; init; } = 1;
}

/// <summary>What an evaluation measures of samples alone.</summary>
public sealed record SampleEvaluationParameters : ChainEvaluationParameters;

/// <summary>What moves the chains of an evaluation.</summary>
public enum EvaluationSampler
{
    /// <summary>The sampler of training, with its length and schedule.</summary>
    Trained,

    /// <summary>The Metropolis-adjusted Langevin algorithm.</summary>
    Mala,

    /// <summary>Hamiltonian Monte Carlo.</summary>
    Hmc,
}
