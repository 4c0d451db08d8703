namespace Shared.Experiments;

/// <summary>What log Z annealed importance sampling finds, beside the exact one.</summary>
public sealed record AisParameters
{
    /// <summary>Where chains start.</summary>
    [Parameter(
        "Where annealed chains start: none leaves them out, uniform is the uniform density of the box that the model "
        + "is normalised over; reverse chains start at exact draws of the model.")]
    public AnnealedChains Start { get; init; } = AnnealedChains.None;

    /// <summary>Number of chains.</summary>
    [Parameter("Number of chains, each way.", Unit = "chains")]
    [Range(2, 100_000)]
    [OnlyWhen("ais.start", "uniform")]
    public int Count { get; init; } = 500;

    /// <summary>K, levels between the start and the model.</summary>
    [Parameter("K: the energy of the model comes in by K equal parts.", Unit = "levels")]
    [Range(1, 100_000)]
    [OnlyWhen("ais.start", "uniform")]
    public int Levels { get; init; } = 500;

    /// <summary>Trajectories at a level.</summary>
    [Parameter("Hamiltonian trajectories of a chain at each level, each with a decision of its own.")]
    [Range(1, 1_000)]
    [OnlyWhen("ais.start", "uniform")]
    public int Trajectories { get; init; } = 1;

    /// <summary>L of a trajectory.</summary>
    [Parameter("L, leapfrog steps of a trajectory; each costs a gradient, and 1 is MALA.", Unit = "steps")]
    [Range(1, 1_000)]
    [OnlyWhen("ais.start", "uniform")]
    public int LeapfrogSteps { get; init; } = 5;

    /// <summary>ε of a leapfrog step.</summary>
    [Parameter("ε of a leapfrog step; watch the metric ais_acceptance.", Unit = "x")]
    [Range(0, 1_000, ExclusiveMinimum = true)]
    [OnlyWhen("ais.start", "uniform")]
    public double StepSize { get; init; } = 0.2;
}

/// <summary>Where annealed chains start.</summary>
public enum AnnealedChains
{
    /// <summary>Nowhere: they are left out.</summary>
    None,

    /// <summary>At the uniform density of the model's box.</summary>
    Uniform,
}
