using System.Collections.Immutable;
using Shared.Experiments;
using Shared.Sweeps;

namespace Shared.Search;

/// <summary>
/// The grid: every combination of the swept values, the last swept parameter varying fastest.
/// </summary>
/// <remarks>
/// A parameter that another one switches off is left out of a configuration, so that a swept one never
/// multiplies configurations in which it means nothing.
/// </remarks>
public static class Grid
{
    /// <summary>Most trials that one sweep may have.</summary>
    public const int TrialLimit = 10_000;

    /// <summary>The trials of a sweep.</summary>
    /// <param name="spec">A sweep file, parsed and found right.</param>
    /// <param name="experiment">The declaration of its experiment.</param>
    /// <exception cref="ArgumentException">
    /// The sweep has more than <see cref="TrialLimit"/> trials.
    /// </exception>
    public static SweepPlan Plan(SweepSpec spec, ExperimentDeclaration experiment)
    {
        if (HasTooManyTrials(spec, experiment))
        {
            throw new ArgumentException($"more than {TrialLimit} trials", nameof(spec));
        }

        var configurations = ConfigurationsOf(spec, experiment);
        return new SweepPlan(
            CanonicalSpec.JsonOf(spec, experiment),
            spec.Question,
            spec.Experiment,
            spec.Data,
            spec.Seed,
            spec.Retries,
            spec.Metric,
            [.. spec.Parameters.Where(parameter => parameter.IsSwept).Select(parameter => parameter.Name)],
            Ignored(spec, configurations),
            configurations,
            TrialsOf(configurations, spec.Replicates))
        {
            Choices = spec.Choices,
            Samples = spec.Samples,
            Checkpoint = spec.Checkpoint,
            Resources = spec.Resources,
            Requirements = spec.Requirements,
            From = spec.From,
            IsEvaluation = experiment.IsEvaluation,
            Report = spec.Report,
        };
    }

    /// <summary>
    /// Whether a sweep has more than <see cref="TrialLimit"/> trials; looks no further than that.
    /// </summary>
    internal static bool HasTooManyTrials(SweepSpec spec, ExperimentDeclaration experiment) =>
        Combinations(spec, experiment).Skip(TrialLimit / spec.Replicates).Any();

    /// <summary>The configurations of a sweep in grid order.</summary>
    internal static ImmutableArray<Configuration> ConfigurationsOf(
        SweepSpec spec, ExperimentDeclaration experiment)
    {
        var swept = spec.Parameters.Where(parameter => parameter.IsSwept).ToImmutableArray();
        var fixedValues = FixedValues(spec);
        return
        [
            .. Combinations(spec, experiment)
                .Order(Comparer<ImmutableDictionary<string, int>>.Create((a, b) => Compare(swept, a, b)))
                .Select(combination => ConfigurationOf(combination, swept, fixedValues, experiment)),
        ];
    }

    // Position of the chosen value by name, for the swept parameters that are switched on. What switches
    // others on is chosen before them: a branch that is off is never opened, and each combination comes once.
    private static IEnumerable<ImmutableDictionary<string, int>> Combinations(
        SweepSpec spec, ExperimentDeclaration experiment)
    {
        var ordered = spec.Parameters
            .Where(parameter => parameter.IsSwept)
            .OrderBy(parameter => Depth(experiment, parameter.Name))
            .ToImmutableArray();
        return Choose(ordered, 0, ImmutableDictionary<string, int>.Empty, FixedValues(spec), experiment);
    }

    private static IEnumerable<ImmutableDictionary<string, int>> Choose(
        ImmutableArray<ParameterChoice> swept,
        int next,
        ImmutableDictionary<string, int> chosen,
        ImmutableDictionary<string, ParameterValue> values,
        ExperimentDeclaration experiment)
    {
        if (next == swept.Length)
        {
            return [chosen];
        }

        var parameter = swept[next];
        return experiment.IsOn(experiment.Find(parameter.Name)!, values)
            ? parameter.Values.SelectMany((value, index) => Choose(
                swept,
                next + 1,
                chosen.Add(parameter.Name, index),
                values.SetItem(parameter.Name, value),
                experiment))
            : Choose(swept, next + 1, chosen, values, experiment);
    }

    private static int Depth(ExperimentDeclaration experiment, string name) =>
        experiment.Find(name)?.OnlyWhen is { } condition ? 1 + Depth(experiment, condition.Parameter) : 0;

    private static int Compare(
        ImmutableArray<ParameterChoice> swept,
        ImmutableDictionary<string, int> a,
        ImmutableDictionary<string, int> b) =>
        swept
            .Select(p => a.GetValueOrDefault(p.Name).CompareTo(b.GetValueOrDefault(p.Name)))
            .FirstOrDefault(order => order != 0);

    private static Configuration ConfigurationOf(
        ImmutableDictionary<string, int> combination,
        ImmutableArray<ParameterChoice> swept,
        ImmutableDictionary<string, ParameterValue> fixedValues,
        ExperimentDeclaration experiment)
    {
        var chosen = swept
            .Where(parameter => combination.ContainsKey(parameter.Name))
            .Select(p => KeyValuePair.Create(p.Name, p.Values[combination[p.Name]]))
            .ToList();
        return Configuration.Of(chosen, experiment.Resolve(fixedValues.SetItems(chosen)));
    }

    private static ImmutableArray<string> Ignored(
        SweepSpec spec, ImmutableArray<Configuration> configurations) =>
    [
        .. spec.Parameters
            .Where(p => !p.IsSwept && configurations.Any(c => !c.Resolved.ContainsKey(p.Name)))
            .Select(p => p.Name),
    ];

    private static ImmutableArray<PlannedTrial> TrialsOf(
        ImmutableArray<Configuration> configurations, int replicates) =>
    [
        .. configurations
            .SelectMany(_ => Enumerable.Range(1, replicates), (c, replicate) => (c.Id, replicate))
            .Select((trial, index) => new PlannedTrial(index + 1, trial.Id, trial.replicate)),
    ];

    private static ImmutableDictionary<string, ParameterValue> FixedValues(SweepSpec spec) =>
        spec.Parameters
            .Where(parameter => !parameter.IsSwept)
            .ToImmutableDictionary(parameter => parameter.Name, parameter => parameter.Values[0]);
}
