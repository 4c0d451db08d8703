using System.Collections.Immutable;
using Shared.Metrics;
using Shared.Sweeps;

namespace Shared.Reports;

/// <summary>
/// The attempts that a trial's last attempt stands on: itself, the one whose checkpoint it went on from, the one
/// whose checkpoint that one went on from, and so on to one that began at update 0.
/// </summary>
public static class AttemptChain
{
    /// <summary>The chain of a trial's last attempt, oldest first; empty before the first attempt.</summary>
    public static ImmutableArray<AttemptState> Of(TrialState trial)
    {
        var chain = ImmutableArray.CreateBuilder<AttemptState>();
        for (var attempt = trial.Attempts.LastOrDefault(); attempt is not null; attempt = ParentOf(trial, attempt))
        {
            chain.Add(attempt);
        }

        chain.Reverse();
        return chain.ToImmutable();
    }

    /// <summary>The attempt whose checkpoint an attempt went on from; nothing where it began at update 0.</summary>
    /// <param name="trial">The trial of the attempt.</param>
    /// <param name="attempt">The attempt.</param>
    public static AttemptState? ParentOf(TrialState trial, AttemptState attempt) =>
        attempt.From is { } from ? trial.Attempts[from.Attempt.Number - 1] : null;

    /// <summary>
    /// Why a resumed attempt need not be bit for bit what an undisturbed one would have been; nothing where it is.
    /// </summary>
    /// <param name="parent">The attempt whose checkpoint it went on from.</param>
    /// <param name="attempt">The attempt.</param>
    public static string? WhyInexact(AttemptState parent, AttemptState attempt)
    {
        var (before, after) = (parent.Environment, attempt.Environment);
        if (before.Device != after.Device)
        {
            return $"another device: {after.Device} after {before.Device}";
        }

        if (before.Kernel != after.Kernel)
        {
            return $"another kernel: {after.Kernel} after {before.Kernel}";
        }

        return before.Libraries.SequenceEqual(after.Libraries) ? null : "other libraries";
    }

    /// <summary>
    /// The points of a trial in the order of measurement: of its last attempt, and before the checkpoint that it
    /// went on from its parent's, recursively.
    /// </summary>
    /// <param name="trial">The trial.</param>
    /// <param name="points">The points of one attempt in the order of measurement.</param>
    public static ImmutableArray<MetricPoint> Points(
        TrialState trial, Func<AttemptId, IEnumerable<MetricPoint>> points) =>
        Of(trial).Aggregate(
            ImmutableArray<MetricPoint>.Empty,
            (earlier, attempt) => ResumedPoints.Join(earlier, attempt.From?.Update ?? 0, points(attempt.Id)));

    /// <summary>What the attempts of a chain left, of each name what the newest of them did.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="artifacts">Artifacts by the attempt that left them.</param>
    public static IEnumerable<ReportArtifact> Artifacts(
        TrialState trial, ILookup<AttemptId, ReportArtifact> artifacts) =>
        Of(trial).Reverse().SelectMany(attempt => artifacts[attempt.Id]).DistinctBy(left => left.Entry.Name);
}
