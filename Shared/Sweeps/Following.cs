using System.Collections.Immutable;
using Shared.Engine;

namespace Shared.Sweeps;

/// <summary>
/// What becomes of trials that wait for an artifact of another sweep's trial: the artifact is there, or will
/// never be, or its trial has not ended.
/// </summary>
/// <remarks>
/// A trial follows the parent's trial of the same configuration and replicate; where the parent's configurations
/// are others, the only one of the same replicate.
/// </remarks>
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
            .Select(number => Of(state.Trial(number), from, parent, artifacts))
            .OfType<FollowingVerdict>();
    }

    /// <summary>
    /// Why a sweep cannot follow from the one that its plan names, one sentence; nothing where it can.
    /// </summary>
    /// <param name="plan">Its plan.</param>
    /// <param name="parent">The sweep of that name, or nothing where the store has none.</param>
    public static string? Refusal(SweepPlan plan, SweepState? parent)
    {
        if (plan.From is not { Sweep: var name })
        {
            return null;
        }

        if (parent?.Plan is not { } followed)
        {
            return $"from.sweep: there is no sweep {name} in the store";
        }

        if (followed.Experiment != plan.Experiment)
        {
            return $"from.sweep: {name} is a sweep of {followed.Experiment}, and a parent of {plan.Experiment} "
                + "is needed, whose models are of the same kind";
        }

        return plan.Trials.FirstOrDefault(t => ParentOf(t.Configuration, t.Replicate, parent) is null) is { } lone
            ? $"from.sweep: {name} has no trial of configuration {lone.Configuration} and replicate "
                + $"{lone.Replicate}, which trial {lone.Number} would follow from, nor one trial alone of "
                + "that replicate"
            : null;
    }

    private static FollowingVerdict? Of(
        TrialState trial, ParentSweep from, SweepState? parent, ImmutableArray<ArtifactEntry> artifacts)
    {
        if (parent is null)
        {
            return Fail(trial, $"there is no sweep {from.Sweep}, whose artifact {from.Artifact} it needs");
        }

        if (ParentOf(trial.Configuration, trial.Replicate, parent) is not { } followed)
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

    private static TrialState? ParentOf(string configuration, int replicate, SweepState parent)
    {
        var ofReplicate = parent.Trials.Where(t => t.Replicate == replicate).ToList();
        return ofReplicate.Find(t => t.Configuration == configuration)
            ?? (ofReplicate is [var only] ? only : null);
    }

    private static string Spelled(Outcome outcome) => $"{outcome}".ToLowerInvariant();

    private static FollowingVerdict Fail(TrialState trial, string reason) =>
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
