using System.Collections.Immutable;
using System.Text.Json;
using Shared.Experiments;
using Shared.Search;

namespace Shared.Sweeps;

/// <summary>What a sweep gains by its own file with more replicates, or more values of swept parameters.</summary>
/// <remarks>
/// What is there keeps its ids and numbers: a configuration's id follows from its swept parameters, and the
/// random streams of replicate r follow from the sweep's seed and r alone, so new trials pair with old ones.
/// </remarks>
public static class SweepExtension
{
    private const string ParametersPrefix = SweepFileParameters.Key + ".";

    /// <summary>The addition, or why there is none.</summary>
    /// <param name="plan">The sweep as it is, former additions included.</param>
    /// <param name="spec">Its file as it is to be, parsed and found right.</param>
    /// <param name="experiment">The declaration of its experiment.</param>
    public static ExtensionResult Plan(SweepPlan plan, SweepSpec spec, ExperimentDeclaration experiment)
    {
        var json = CanonicalSpec.JsonOf(spec, experiment);
        var changed = CanonicalSpec.ChangedKeys(plan.Spec, json)
            .Where(key => key != SweepFileHead.ReplicatesKey)
            .ToImmutableArray();
        var swept = changed.Where(key => IsSwept(plan, spec, key)).ToImmutableArray();
        if (changed.Length > swept.Length)
        {
            return new ExtensionResult.Refused(ExtensionProblem.OtherKeys, [.. changed.Except(swept)]);
        }

        var lacking = swept.Where(key => !HoldsOldValues(plan, spec, key)).ToImmutableArray();
        if (!lacking.IsEmpty)
        {
            return new ExtensionResult.Refused(ExtensionProblem.ValuesRemoved, lacking);
        }

        if (spec.Replicates < plan.Trials.Max(trial => trial.Replicate))
        {
            return new ExtensionResult.Refused(ExtensionProblem.FewerReplicates, [SweepFileHead.ReplicatesKey]);
        }

        var addition = Addition(plan, spec, experiment, json);
        return addition.Trials.IsEmpty
            ? new ExtensionResult.Refused(ExtensionProblem.NothingNew, [])
            : new ExtensionResult.Planned(addition);
    }

    private static SweepAddition Addition(
        SweepPlan plan, SweepSpec spec, ExperimentDeclaration experiment, string json)
    {
        // The order of the file may be lost in what is stored; the sweep's own order stands.
        var ordered = spec with
        {
            Parameters =
            [
                .. spec.Parameters.OrderBy(p => p.IsSwept ? plan.Swept.IndexOf(p.Name) : plan.Swept.Length),
            ],
        };
        var known = plan.Configurations.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<Configuration> added =
            [.. Grid.ConfigurationsOf(ordered, experiment).Where(c => !known.Contains(c.Id))];
        var pairs = plan.Trials.Select(t => (t.Configuration, t.Replicate)).ToHashSet();
        var missing = plan.Configurations.Concat(added)
            .SelectMany(_ => Enumerable.Range(1, spec.Replicates), (c, replicate) => (c.Id, replicate))
            .Where(pair => !pairs.Contains(pair));
        return new SweepAddition(
            json,
            plan.Swept,
            added,
            [
                .. missing.Select((pair, index) =>
                    new PlannedTrial(plan.Trials.Length + index + 1, pair.Id, pair.replicate)),
            ]);
    }

    // A parameter that was fixed is no part of the ids of the configurations that are there.
    private static bool IsSwept(SweepPlan plan, SweepSpec spec, string key) =>
        NameOf(key) is { } name && plan.Swept.Contains(name) && ChoiceOf(spec, name) is { IsSwept: true };

    private static bool HoldsOldValues(SweepPlan plan, SweepSpec spec, string key)
    {
        var name = NameOf(key)!;
        using var before = JsonDocument.Parse(plan.Spec);
        var values = before.RootElement.GetProperty(SweepFileParameters.Key).GetProperty(name)
            .GetProperty(SweepFileParameters.ValuesKey).EnumerateArray()
            .Select(value => new ParameterValue(value.GetRawText()));
        return !values.Except(ChoiceOf(spec, name)!.Values).Any();
    }

    private static string? NameOf(string key) =>
        key.StartsWith(ParametersPrefix, StringComparison.Ordinal) ? key[ParametersPrefix.Length..] : null;

    private static ParameterChoice? ChoiceOf(SweepSpec spec, string name) =>
        spec.Parameters.FirstOrDefault(parameter => parameter.Name == name);
}

/// <summary>Whether and how a sweep can be extended.</summary>
public abstract record ExtensionResult
{
    private ExtensionResult()
    {
    }

    /// <summary>It gains these trials; at least one.</summary>
    public sealed record Planned(SweepAddition Addition) : ExtensionResult;

    /// <summary>It gains none.</summary>
    /// <param name="Problem">Why.</param>
    /// <param name="Keys">The keys of the file that are to blame, in ordinal order; may be empty.</param>
    public sealed record Refused(ExtensionProblem Problem, ImmutableArray<string> Keys) : ExtensionResult;
}

/// <summary>Why a file does not extend a sweep.</summary>
public enum ExtensionProblem
{
    /// <summary>Keys differ that would change the trials that are there, or what they mean.</summary>
    OtherKeys,

    /// <summary>A swept parameter lacks values that the sweep has.</summary>
    ValuesRemoved,

    /// <summary>It has fewer replicates than the sweep.</summary>
    FewerReplicates,

    /// <summary>Every trial that it asks for is there.</summary>
    NothingNew,
}
