namespace Shared.Experiments;

/// <summary>What is measured beside the loss, of a model with classes.</summary>
public sealed record EvaluationParameters : ChainEvaluationParameters
{
    /// <summary>Accuracy that <c>updates_to_accuracy</c> waits for.</summary>
    [Parameter("Accuracy that updates_to_accuracy waits for.")]
    [Range(0, 1)]
    public double AccuracyThreshold { get; init; } = 0.65;

    /// <summary>Bins of <c>ece</c>.</summary>
    [Parameter("Bins of equal width of ece.", Unit = "bins")]
    [Range(1, 10_000)]
    public int EceBins { get; init; } = 15;
}
