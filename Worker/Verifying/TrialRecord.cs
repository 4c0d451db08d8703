using System.Collections.Immutable;
using Shared.Metrics;

namespace Worker.Verifying;

/// <summary>What a trial left behind.</summary>
/// <param name="End">How it ended, one sentence.</param>
/// <param name="Points">Everything that it reported, in order.</param>
/// <param name="Artifacts">SHA-256 of the bytes of each artifact, by its name.</param>
public sealed record TrialRecord(
    string End, ImmutableArray<MetricPoint> Points, ImmutableSortedDictionary<string, string> Artifacts)
{
    /// <summary>
    /// The trial whose first attempt left this and whose second one went on from a checkpoint.
    /// </summary>
    /// <param name="from">The last update that the checkpoint holds.</param>
    /// <param name="later">What the second attempt left.</param>
    public TrialRecord ContinuedBy(int from, TrialRecord later) => new(
        later.End, ResumedPoints.Join(Points, from, later.Points), Artifacts.SetItems(later.Artifacts));
}
