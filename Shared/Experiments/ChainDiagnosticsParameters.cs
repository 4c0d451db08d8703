namespace Shared.Experiments;

/// <summary>How fast long chains forget where they were.</summary>
public sealed record ChainDiagnosticsParameters
{
    /// <summary>Where the chains start.</summary>
    [Parameter(
        "Where long chains start: none leaves them out, noise is fresh noise. They are moved by the evaluation "
        + "sampler of the measured sweep with the settings of its last step.")]
    public DiagnosedChains Start { get; init; } = DiagnosedChains.None;

    /// <summary>Number of chains.</summary>
    [Parameter("Number of chains.", Unit = "chains")]
    [Range(2, 1_000)]
    [OnlyWhen("chains.start", "noise")]
    public int Count { get; init; } = 16;

    /// <summary>Steps of a chain.</summary>
    [Parameter("Steps of a chain; the first half is left out.", Unit = "steps")]
    [Range(16, 1_000_000)]
    [OnlyWhen("chains.start", "noise")]
    public int Steps { get; init; } = 1_000;
}

/// <summary>Where long chains start.</summary>
public enum DiagnosedChains
{
    /// <summary>Nowhere: they are left out.</summary>
    None,

    /// <summary>At fresh noise.</summary>
    Noise,
}
