using System.Collections.Immutable;
using Shared.Sweeps;

namespace Shared.Metrics;

/// <summary>One value of one metric at one step of an attempt.</summary>
/// <param name="Step">Number of finished updates when it was measured.</param>
/// <param name="Metric">Name of a declared metric.</param>
/// <param name="Value">The value; may be infinite or not a number.</param>
public readonly record struct MetricPoint(int Step, string Metric, double Value);

/// <summary>Points that are stored together, in one row; storing a batch twice changes nothing.</summary>
/// <param name="Attempt">The attempt that measured them.</param>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Points">
/// In the order in which they were measured; empty only where what is stored cannot be read.
/// </param>
public sealed record MetricBatch(AttemptId Attempt, int Number, ImmutableArray<MetricPoint> Points)
{
    /// <summary>Why its points cannot be read; empty where they can.</summary>
    public string Damage { get; init; } = "";

    /// <summary>What people are told of a batch that cannot be read, one sentence.</summary>
    public string DamageSentence =>
        FormattableString.Invariant($"metric batch {Number} of {Attempt} cannot be read ({Damage}): it is left out");
}
