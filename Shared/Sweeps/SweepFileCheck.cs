using System.Collections.Immutable;
using System.Globalization;
using Shared.Data;
using Shared.Experiments;
using Shared.Search;

namespace Shared.Sweeps;

/// <summary>What can be wrong with a sweep whose every key is right.</summary>
internal static class SweepFileCheck
{
    /// <summary>Notes what is wrong with the grid of a sweep.</summary>
    public static void Check(
        SweepSpec spec,
        ExperimentDeclaration experiment,
        SweepFileEntry? parameters,
        SweepFileFindings findings)
    {
        var place = parameters?.Place ?? new SweepFilePlace(1, 1);
        if (Grid.HasTooManyTrials(spec, experiment))
        {
            findings.Add(
                place, SweepFileParameters.Key, $"more than {Grid.TrialLimit} trials",
                $"at most {Grid.TrialLimit} (configurations × {spec.Replicates} replicates)");
            return;
        }

        var configurations = Grid.ConfigurationsOf(spec, experiment);
        CheckIds(configurations, place, findings);
        CheckSweptAreOn(spec, experiment, configurations, parameters, findings);
        CheckNothingIsSwept(spec, experiment, parameters, findings);
        CheckConflicts(experiment, configurations, parameters, place, findings);
        CheckHeldOutClass(spec, configurations, parameters, place, findings);
    }

    // Of files that a sweep names by path the classes are known only when they are read.
    private static void CheckHeldOutClass(
        SweepSpec spec,
        ImmutableArray<Configuration> configurations,
        SweepFileEntry? parameters,
        SweepFilePlace place,
        SweepFileFindings findings)
    {
        if (spec.Data is null || ImageSets.Find(spec.Data) is not { } set)
        {
            return;
        }

        var labels = configurations
            .Where(c => c.Resolved.ContainsKey(EvaluationPlan.HeldOutClass))
            .Select(c => c.Resolved[EvaluationPlan.HeldOutClass].ToString()).Distinct();
        foreach (var label in labels.Where(
            l => int.TryParse(l, CultureInfo.InvariantCulture, out var number) && number >= set.Classes))
        {
            findings.Add(
                PlaceOf(EvaluationPlan.HeldOutClass, parameters) ?? place,
                $"{SweepFileParameters.Key}.{EvaluationPlan.HeldOutClass}",
                label,
                string.Create(CultureInfo.InvariantCulture, $"a class of {set.Name}, from 0 to {set.Classes - 1}"));
        }
    }

    // An id has 32 bits: among 10,000 configurations two share one in a sweep of a hundred.
    private static void CheckIds(
        ImmutableArray<Configuration> configurations, SweepFilePlace place, SweepFileFindings findings)
    {
        foreach (var same in configurations.GroupBy(c => c.Id).Where(group => group.Count() > 1))
        {
            findings.Add(
                place, SweepFileParameters.Key,
                $"the id {same.Key} for both ({string.Join(") and (", same.Select(c => c.Label))})",
                "values whose configurations have ids of their own: change one of them a little");
        }
    }

    private static void CheckSweptAreOn(
        SweepSpec spec,
        ExperimentDeclaration experiment,
        ImmutableArray<Configuration> configurations,
        SweepFileEntry? parameters,
        SweepFileFindings findings)
    {
        foreach (var swept in spec.Parameters.Where(parameter =>
            parameter.IsSwept && !configurations.Any(c => c.Swept.ContainsKey(parameter.Name))))
        {
            findings.Add(
                PlaceOf(swept.Name, parameters)!.Value,
                $"{SweepFileParameters.Key}.{swept.Name}",
                "several values",
                $"one value, or none: it means something only while {experiment.Find(swept.Name)!.OnlyWhen}");
        }
    }

    private static void CheckNothingIsSwept(
        SweepSpec spec,
        ExperimentDeclaration experiment,
        SweepFileEntry? parameters,
        SweepFileFindings findings)
    {
        foreach (var swept in spec.Parameters.Where(p => p.IsSwept && experiment.IsEvaluation))
        {
            findings.Add(
                PlaceOf(swept.Name, parameters)!.Value,
                $"{SweepFileParameters.Key}.{swept.Name}",
                "several values",
                "one value: the configurations of an evaluation are those of the sweep that it follows from");
        }
    }

    private static void CheckConflicts(
        ExperimentDeclaration experiment,
        ImmutableArray<Configuration> configurations,
        SweepFileEntry? parameters,
        SweepFilePlace place,
        SweepFileFindings findings)
    {
        var conflicts = configurations.SelectMany(
            configuration => experiment.ConflictsOf(configuration.Resolved),
            (configuration, conflict) => (conflict, Value: configuration.Resolved[conflict.Parameter]));
        foreach (var (conflict, value) in conflicts.Distinct())
        {
            findings.Add(
                PlaceOf(conflict.Parameter, parameters) ?? place,
                $"{SweepFileParameters.Key}.{conflict.Parameter}",
                value.ToString(),
                conflict.Expected);
        }
    }

    private static SweepFilePlace? PlaceOf(string parameter, SweepFileEntry? parameters) =>
        (parameters?.Value as SweepFileNode.Map)?.Entries.FirstOrDefault(e => e.Key == parameter)?.Place;
}
