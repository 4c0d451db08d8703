using System.Collections.Immutable;
using Shared.Engine;

namespace Shared.Sweeps;

/// <summary>
/// What becomes of trials that wait for an artifact of another sweep's trial: the artifact is there, or will
/// never be, or its trial has not ended.
/// </summary>
/// <remarks>Which trial follows which was fixed by <see cref="Pairing"/> when it was added.</remarks>
public static class Following
{
    /// <summary>The verdicts that can be given now.</summary>
    /// <param name="state">A sweep that follows from another.</param>
    /// <param name="parent">That sweep, or nothing where the store has none of that name.</param>
    /// <param name="artifacts">The artifacts of the parent.</param>
    public static IEnumerable<FollowingVerdict> Of(
        SweepState state, SweepState? parent, ImmutableArray<ArtifactEntry> artifacts)
    {
        if (state.IsEnded || state.Plan?.From is not { } from)
        {
            return [];
        }

        return state.Blocked
            .Select(number => Of(state.Plan.Trials[number - 1], from, parent, artifacts))
            .OfType<FollowingVerdict>();
    }

    private static FollowingVerdict? Of(
        PlannedTrial trial, ParentSweep from, SweepState? parent, ImmutableArray<ArtifactEntry> artifacts)
    {
        if (parent is null)
        {
            return Fail(trial, $"there is no sweep {from.Sweep}, whose artifact {from.Artifact} it needs");
        }

        if (Pairing.FollowedBy(trial, parent) is not { } followed)
        {
            return Fail(
                trial, $"sweep {from.Sweep} has no one trial that replicate {trial.Replicate} follows from");
        }

        if (followed.Outcome is not { } outcome)
        {
            return null;
        }

        AttemptId? last = followed.Attempts.IsEmpty ? null : followed.Attempts[^1].Id;
        return artifacts.FirstOrDefault(a => a.Attempt == last && a.Name == from.Artifact) is { } found
            ? new FollowingVerdict.Release(
                trial.Number, new ParentArtifact(found.Attempt, found.Name, found.Sha256))
            : Fail(
                trial,
                $"trial {followed.Number} of {from.Sweep} ended {Spelled(outcome)} without {from.Artifact}");
    }

    private static string Spelled(Outcome outcome) => $"{outcome}".ToLowerInvariant();

    private static FollowingVerdict Fail(PlannedTrial trial, string reason) =>
        new FollowingVerdict.Fail(trial.Number, reason);
}

/// <summary>What becomes of a trial that waited for a parent's artifact.</summary>
/// <param name="Trial">Its number.</param>
public abstract record FollowingVerdict(int Trial)
{
    /// <summary>The artifact is there.</summary>
    public sealed record Release(int Trial, ParentArtifact Parent) : FollowingVerdict(Trial);

    /// <summary>It will never be.</summary>
    /// <param name="Trial">Number of the trial.</param>
    /// <param name="Reason">One sentence that names the parent.</param>
    public sealed record Fail(int Trial, string Reason) : FollowingVerdict(Trial);
}
