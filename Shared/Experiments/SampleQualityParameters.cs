namespace Shared.Experiments;

/// <summary>How good the model's own samples are.</summary>
public sealed record SampleQualityParameters
{
    /// <summary>The samples.</summary>
    [Parameter(
        "The samples: none leaves it out, fresh is 2,000 chains from fresh noise by the evaluation sampler of the "
        + "measured sweep.")]
    public SampledChains Chains { get; init; } = SampledChains.None;

    /// <summary>Subsets of KID.</summary>
    [Parameter("Subsets of both sides that KID is the mean of.")]
    [Range(2, 1_000)]
    [OnlyWhen("samples.chains", "fresh")]
    public int KidSubsets { get; init; } = 50;

    /// <summary>Images of a subset.</summary>
    [Parameter("Images of a subset, of each side.", Unit = "images")]
    [Range(10, 2_000)]
    [OnlyWhen("samples.chains", "fresh")]
    public int KidSubsetSize { get; init; } = 500;

    /// <summary>k of precision and recall.</summary>
    [Parameter("k: precision and recall take the distance of an image to its k-th neighbour for its ball.")]
    [Range(1, 100)]
    [OnlyWhen("samples.chains", "fresh")]
    public int Neighbours { get; init; } = 3;
}

/// <summary>Chains whose last states are scored.</summary>
public enum SampledChains
{
    /// <summary>None: it is left out.</summary>
    None,

    /// <summary>Chains from fresh noise.</summary>
    Fresh,
}
