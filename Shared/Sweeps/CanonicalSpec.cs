using System.Collections.Immutable;
using System.Text.Json;
using Shared.Data;
using Shared.Experiments;

namespace Shared.Sweeps;

/// <summary>A sweep file as canonical JSON, by which an unchanged file is known.</summary>
/// <remarks>
/// Defaults are filled in, so that writing one out changes nothing; nor do comments, the order of keys or how
/// a number or a text is spelt. The order of swept values counts. The JSON is a sweep file too: JSON is YAML.
/// </remarks>
public static class CanonicalSpec
{
    /// <summary>The canonical JSON of a sweep file.</summary>
    public static string JsonOf(SweepSpec spec, ExperimentDeclaration experiment)
    {
        var named = spec.Parameters.ToImmutableDictionary(parameter => parameter.Name);
        var goal = Spelling.Kebab(spec.Metric.Goal.ToString());
        var parameters = experiment.Parameters.Select(declared =>
        {
            var json = named.TryGetValue(declared.Name, out var choice)
                ? JsonOf(choice)
                : declared.Default.Json;
            return $"{Text(declared.Name)}:{json}";
        });
        var samples = spec.Samples is null ? "" : $"{Text(SweepFileSamples.Key)}:{spec.Samples.Json},";
        var checkpoint = spec.Checkpoint is null
            ? ""
            : $"{Text(SweepFileCheckpoint.Key)}:{spec.Checkpoint.Json},";
        var resources = spec.Resources is null
            ? ""
            : $"{Text(SweepFileResources.Key)}:{SweepFileResources.JsonOf(spec.Resources)},";
        var requirements = spec.Requirements is null
            ? ""
            : $"{Text(SweepFileRequirements.Key)}:{SweepFileRequirements.JsonOf(spec.Requirements)},";
        var from = spec.From is null ? "" : $"{Text(SweepFileFrom.Key)}:{spec.From.Json},";
        var report = spec.Report is null ? "" : $"{Text(SweepFileReport.Key)}:{spec.Report.Json},";
        var data = spec.Data is null ? "" : $"\"data\":{IdxPair.Find(spec.Data)?.Json ?? Text(spec.Data)},";
        return CanonicalJson.Of(
            $$"""
            {
              "name": {{Text(spec.Name)}},
              "question": {{Text(spec.Question)}},
              "experiment": {{Text(spec.Experiment)}},
              {{data}}
              {{samples}}
              {{checkpoint}}
              {{resources}}
              {{requirements}}
              {{from}}
              {{report}}
              "seed": {{spec.Seed}},
              "replicates": {{spec.Replicates}},
              "retries": {{spec.Retries}},
              "metric": {"name": {{Text(spec.Metric.Name)}}, "goal": {{Text(goal)}}},
              "parameters": { {{string.Join(",", parameters)}} }
            }
            """);
    }

    /// <summary>
    /// The keys in which two canonical sweep files differ, such as <c>seed</c> or
    /// <c>parameters.sampler.steps</c>.
    /// </summary>
    /// <param name="before">Canonical JSON of one.</param>
    /// <param name="after">Canonical JSON of the other.</param>
    public static ImmutableArray<string> ChangedKeys(string before, string after)
    {
        var old = Leaves(before);
        var current = Leaves(after);
        return
        [
            .. old.Keys.Union(current.Keys, StringComparer.Ordinal)
                .Where(key => !string.Equals(
                    old.GetValueOrDefault(key), current.GetValueOrDefault(key), StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static Dictionary<string, string> Leaves(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject()
            .SelectMany(property => property.Name is "parameters" or "metric" or SweepFileSamples.Key
                or SweepFileCheckpoint.Key or SweepFileResources.Key or SweepFileRequirements.Key
                or SweepFileFrom.Key
                ? property.Value.EnumerateObject().Select(
                    inner => (Key: $"{property.Name}.{inner.Name}", inner.Value))
                : [(Key: property.Name, property.Value)])
            .ToDictionary(leaf => leaf.Key, leaf => leaf.Value.GetRawText(), StringComparer.Ordinal);
    }

    private static string JsonOf(ParameterChoice choice) => choice.IsSwept
        ? $"{{\"values\":[{string.Join(",", choice.Values.Select(value => value.Json))}]}}"
        : choice.Values[0].Json;

    private static string Text(string text) => JsonSerializer.Serialize(text);
}
