using System.Collections.Immutable;
using System.Globalization;
using Shared.Metrics;

namespace Worker.Verifying;

/// <summary>Two records of one trial, compared bit for bit on everything that is a result.</summary>
/// <param name="Points">How many points of kind result were compared.</param>
/// <param name="Artifacts">How many artifacts were compared.</param>
/// <param name="Differing">What is not equal, one text each; empty when all is.</param>
public sealed record TrialComparison(int Points, int Artifacts, ImmutableArray<string> Differing)
{
    /// <summary>Compares two records.</summary>
    /// <param name="straight">Of the trial that was trained straight through.</param>
    /// <param name="resumed">Of the trial that was resumed.</param>
    /// <param name="metrics">What the experiment declares; timings are not compared.</param>
    public static TrialComparison Of(
        TrialRecord straight, TrialRecord resumed, IEnumerable<MetricDeclaration> metrics)
    {
        var timings = metrics.Where(metric => metric.Kind is MetricKind.Timing)
            .Select(metric => metric.Name).ToHashSet(StringComparer.Ordinal);
        var (before, after) = (ResultsOf(straight, timings), ResultsOf(resumed, timings));
        var keys = before.Select(results => results.Key).Union(after.Select(results => results.Key))
            .OrderBy(key => key.Step).ThenBy(key => key.Metric, StringComparer.Ordinal).ToList();
        var names =
            straight.Artifacts.Keys.Union(resumed.Artifacts.Keys).Order(StringComparer.Ordinal).ToList();
        IEnumerable<string> ends = straight.End == resumed.End
            ? []
            : [$"the end: straight \"{straight.End}\", resumed \"{resumed.End}\""];
        return new TrialComparison(
            keys.Sum(key => Math.Max(before[key].Count(), after[key].Count())),
            names.Count,
            [
                .. ends,
                .. keys.Where(key => !before[key].Select(Bits).SequenceEqual(after[key].Select(Bits)))
                    .Select(key => $"{key.Metric} of update {key.Step}: straight {Text(before[key])}, "
                        + $"resumed {Text(after[key])}"),
                .. names.Where(name => straight.Artifacts.GetValueOrDefault(name)
                        != resumed.Artifacts.GetValueOrDefault(name))
                    .Select(
                        name => $"{name}: straight {Text(straight, name)}, resumed {Text(resumed, name)}"),
            ]);
    }

    private static ILookup<(int Step, string Metric), double> ResultsOf(
        TrialRecord record, HashSet<string> timings) =>
        record.Points.Where(point => !timings.Contains(point.Metric))
            .ToLookup(point => (point.Step, point.Metric), point => point.Value);

    // Equal numbers are not enough: +0 and −0 are, and are not the same result.
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static string Text(IEnumerable<double> values)
    {
        var texts = values.Select(value => value.ToString("r", CultureInfo.InvariantCulture)).ToList();
        return texts.Count == 0 ? "nothing" : string.Join(" and ", texts);
    }

    private static string Text(TrialRecord record, string artifact) =>
        record.Artifacts.TryGetValue(artifact, out var hash) ? hash[..8] : "nothing";
}
