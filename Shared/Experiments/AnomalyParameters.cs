namespace Shared.Experiments;

/// <summary>How well the class that was held out of training is told from the others.</summary>
public sealed record AnomalyParameters
{
    /// <summary>What it is told by.</summary>
    [Parameter(
        "What the class that training.held_out_class left out is told by: none leaves it out, f is the score f of the "
        + "model.")]
    public AnomalyScore Score { get; init; } = AnomalyScore.None;

    /// <summary>Where the threshold lies.</summary>
    [Parameter(
        "The threshold is this quantile of the score on every other test image of the other classes; what scores below it "
        + "counts as an anomaly.")]
    [Range(0, 1, ExclusiveMinimum = true, ExclusiveMaximum = true)]
    [OnlyWhen("anomaly.score", "f")]
    public double Quantile { get; init; } = 0.05;
}

/// <summary>What anomalies are told by.</summary>
public enum AnomalyScore
{
    /// <summary>Nothing: it is left out.</summary>
    None,

    /// <summary>f, −E where the model does not say otherwise.</summary>
    F,
}
