using System.Collections.Immutable;
using System.Globalization;

namespace Shared.Sweeps;

/// <summary>Which trial of its parent each trial of a sweep follows.</summary>
/// <remarks>
/// The one of the same configuration and replicate; where the parent's configurations are others, the only one of
/// the replicate, or the one of the configuration that the sweep's trials follow already. It is fixed when a trial
/// is added, so that a parent that is extended later changes nothing.
/// </remarks>
public static class Pairing
{
    /// <summary>Pairs the trials of a sweep that is to be submitted.</summary>
    /// <param name="plan">Its plan; one that names no parent is paired as it is.</param>
    /// <param name="parent">The sweep of the parent's name, or nothing where the store has none.</param>
    public static PairingResult OfSubmission(SweepPlan plan, SweepState? parent)
    {
        if (plan.From is not { Sweep: var name })
        {
            return new PairingResult.Paired(plan.Trials);
        }

        if (parent?.Plan is not { } followed)
        {
            return new PairingResult.Refused($"from.sweep: there is no sweep {name} in the store");
        }

        if (followed.Experiment != plan.Experiment)
        {
            return new PairingResult.Refused(
                $"from.sweep: {name} is a sweep of {followed.Experiment}, and a parent of {plan.Experiment} "
                + "is needed, whose models are of the same kind");
        }

        return Pair(plan.Trials, parent, others: null) is { } paired
            ? new PairingResult.Paired(paired)
            : new PairingResult.Refused($"from.sweep: {Lacking(plan.Trials, parent, others: null)}");
    }

    /// <summary>Pairs the trials that a sweep is to gain.</summary>
    /// <param name="plan">Its plan as it is; one that names no parent is paired as it is.</param>
    /// <param name="added">What it is to gain.</param>
    /// <param name="parent">The sweep of the parent's name, or nothing where the store has none.</param>
    public static PairingResult OfExtension(
        SweepPlan plan, ImmutableArray<PlannedTrial> added, SweepState? parent)
    {
        if (plan.From is not { Sweep: var name })
        {
            return new PairingResult.Paired(added);
        }

        if (plan.IsEvaluation)
        {
            return new PairingResult.Refused(
                $"an evaluation has the trials of {name} that there were: evaluate {name} again for newer ones");
        }

        if (parent is null)
        {
            return new PairingResult.Refused(
                $"there is no sweep {name} in the store, whose trials the new ones would follow from");
        }

        var others = FollowedConfiguration(plan, parent);
        return Pair(added, parent, others) is { } paired
            ? new PairingResult.Paired(paired)
            : new PairingResult.Refused(
                $"{Lacking(added, parent, others)}; extend {name} by it first, with ./sweep extend {name}");
    }

    /// <summary>The parent's trial that a trial follows; nothing where there is none.</summary>
    internal static TrialState? FollowedBy(PlannedTrial trial, SweepState parent) => trial.Follows is { } number
        ? number >= 1 && number <= parent.Trials.Length ? parent.Trial(number) : null
        : Find(trial, ByReplicate(parent), others: null);

    private static ImmutableArray<PlannedTrial>? Pair(
        ImmutableArray<PlannedTrial> trials, SweepState parent, string? others)
    {
        var byReplicate = ByReplicate(parent);
        ImmutableArray<PlannedTrial> paired = [.. trials.Select(
            trial => trial with { Follows = Find(trial, byReplicate, others)?.Number })];
        return paired.All(trial => trial.Follows is not null) ? paired : null;
    }

    private static Dictionary<int, Dictionary<string, TrialState>> ByReplicate(SweepState parent) =>
        parent.Trials.GroupBy(trial => trial.Replicate).ToDictionary(
            group => group.Key,
            group => group.ToDictionary(trial => trial.Configuration, StringComparer.Ordinal));

    /// <param name="trial">A trial.</param>
    /// <param name="byReplicate">The parent's trials, by replicate and configuration.</param>
    /// <param name="others">The parent's configuration that trials of configurations of their own follow.</param>
    private static TrialState? Find(
        PlannedTrial trial, Dictionary<int, Dictionary<string, TrialState>> byReplicate, string? others)
    {
        if (!byReplicate.TryGetValue(trial.Replicate, out var ofReplicate))
        {
            return null;
        }

        return ofReplicate.TryGetValue(trial.Configuration, out var own) ? own
            : ofReplicate.Count == 1 ? ofReplicate.Values.Single()
            : others is null ? null : ofReplicate.GetValueOrDefault(others);
    }

    /// <summary>The configuration that all trials follow that have none of their own in the parent.</summary>
    private static string? FollowedConfiguration(SweepPlan plan, SweepState parent)
    {
        List<string> followed =
        [
            .. plan.Trials.Select(trial => (trial, of: FollowedBy(trial, parent)?.Configuration))
                .Where(pair => pair.of is not null && pair.of != pair.trial.Configuration)
                .Select(pair => pair.of!)
                .Distinct(StringComparer.Ordinal),
        ];
        return followed is [var one] ? one : null;
    }

    private static string Lacking(ImmutableArray<PlannedTrial> trials, SweepState parent, string? others)
    {
        var byReplicate = ByReplicate(parent);
        var lone = trials.First(trial => Find(trial, byReplicate, others) is null);
        var instead = others is null
            ? "one trial alone of that replicate"
            : $"one of configuration {others}, which its others follow from";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{parent.Name} has no trial of configuration {lone.Configuration} and replicate {lone.Replicate}, ")
            + $"which trial {lone.Number} would follow from, nor {instead}";
    }
}

/// <summary>Whether every trial has one to follow.</summary>
public abstract record PairingResult
{
    private PairingResult()
    {
    }

    /// <summary>Each has one, or needs none.</summary>
    /// <param name="Trials">The trials, each with the number of the one that it follows.</param>
    public sealed record Paired(ImmutableArray<PlannedTrial> Trials) : PairingResult;

    /// <summary>Some have none.</summary>
    /// <param name="Reason">One sentence without its stop, which names the first of them.</param>
    public sealed record Refused(string Reason) : PairingResult;
}
