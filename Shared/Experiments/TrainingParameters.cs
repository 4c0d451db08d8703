namespace Shared.Experiments;

/// <summary>How a model is trained.</summary>
public sealed record TrainingParameters
{
    /// <summary>Number of parameter updates.</summary>
    [Parameter("Number of parameter updates.", Unit = "updates")]
    [Range(1, 10_000_000)]
    public int Updates { get; init; } = 300;

    /// <summary>Positives, and as many chains, per update.</summary>
    [Parameter("Positives, and as many chains, per update.", Unit = "samples")]
    [Range(1, 65_536)]
    public int BatchSize { get; init; } = 64;

    /// <summary>Adam's learning rate.</summary>
    [Parameter("Adam's learning rate.")]
    [Range(0, 1, ExclusiveMinimum = true)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Adam's β₁.</summary>
    [Parameter("Adam's decay of the first moment.")]
    [Range(0, 1, ExclusiveMaximum = true)]
    public double Beta1 { get; init; }

    /// <summary>Adam's β₂.</summary>
    [Parameter("Adam's decay of the second moment.")]
    [Range(0, 1, ExclusiveMaximum = true)]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>
    /// Largest L2 norm of the parameter gradient, longer ones are scaled down to it; nothing for no limit.
    /// </summary>
    [Parameter("Largest L2 norm of the gradient over all parameters; longer ones are scaled down to it.")]
    [Range(0, 1_000_000, ExclusiveMinimum = true)]
    public double? GradientNorm { get; init; }

    /// <summary>Standard deviation of Gaussian noise added to positives.</summary>
    [Parameter("Standard deviation of Gaussian noise added to positives.", Unit = "x")]
    [Range(0, 1)]
    public double DataNoise { get; init; }
}
