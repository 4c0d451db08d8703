namespace Shared.Experiments;

/// <summary>
/// When a trial counts as diverged. A loss or an energy that is not finite always ends it; the rules that
/// are off by default would end healthy runs of some models.
/// </summary>
/// <remarks>
/// Small digit CNNs sit at 85 % saturation in health, which is why saturation is off unless it is asked for.
/// </remarks>
public sealed record DetectorParameters
{
    /// <summary>Largest mean |E| of a batch, of positives or of negatives.</summary>
    /// <remarks>Source: the limit of SADA-JEM's code; JEM's own, 1e8, is far too late.</remarks>
    [Parameter("Diverged when the mean |E| of an update's positives or negatives is above this.")]
    [Range(0, 1e12, ExclusiveMinimum = true)]
    public double EnergyLimit { get; init; } = 1e5;

    /// <summary>
    /// How many running MADs a gap may lie from the running median; nothing for no such rule.
    /// </summary>
    [Parameter(
        "Diverged when the gap lies more than this many running MADs from its running median (the last 50 "
        + "gaps within the limit), detector.gap_updates updates in a row; 10 is usual.")]
    [Range(0, 1_000_000, ExclusiveMinimum = true)]
    public double? GapMad { get; init; }

    /// <summary>How many updates in a row the gap must be beyond the limit.</summary>
    [Parameter("Updates in a row for detector.gap_mad; without it nothing reads this.", Unit = "updates")]
    [Range(1, 10_000)]
    public int GapUpdates { get; init; } = 10;

    /// <summary>Largest share of the negatives' entries on the box; nothing for no such rule.</summary>
    [Parameter("Diverged when a larger share of the negatives' entries lies on the box; 0.98 is usual.")]
    [Range(0, 1, ExclusiveMaximum = true)]
    public double? Saturation { get; init; }

    /// <summary>Smallest displacement of the chains of an update; nothing for no such rule.</summary>
    [Parameter(
        "Diverged when the chains of an update move less than this share of the box's width; 1e-4 is usual.")]
    [Range(0, 1, ExclusiveMinimum = true)]
    public double? FrozenChains { get; init; }
}
