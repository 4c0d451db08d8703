using System.Collections.Immutable;
using Shared.Search;
using Shared.Statistics;

namespace Shared.Reports;

/// <summary>A configuration with what its trials amount to.</summary>
/// <param name="Configuration">The configuration.</param>
/// <param name="Trials">Its trials, replicate 1 first.</param>
/// <param name="Metrics">
/// Moments over its completed trials of each result metric that one of them has.
/// </param>
public sealed record ConfigurationResult(
    Configuration Configuration,
    ImmutableArray<TrialResult> Trials,
    ImmutableSortedDictionary<string, Moments> Metrics)
{
    /// <summary>How many of its trials ran to their end.</summary>
    public int Completed => Trials.Count(t => t.IsCompleted);

    /// <summary>How many of its trials diverged.</summary>
    public int Diverged => Trials.Count(t => t.IsDiverged);

    /// <summary>How many of its trials ended without a result.</summary>
    public int Failed => Trials.Count(t => t.State.Outcome is Sweeps.Outcome.Failed);

    /// <summary>How many of its trials have no outcome yet.</summary>
    public int Unfinished => Trials.Count(t => t.State.Outcome is null);

    /// <summary>How many of its completed trials lack this metric.</summary>
    public int Without(string metric) =>
        Completed - (Metrics.TryGetValue(metric, out var found) ? found.Count : 0);

    /// <summary>Summarises the trials of a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="trials">Its trials.</param>
    /// <param name="metrics">Names of the metrics of kind result.</param>
    public static ConfigurationResult Of(
        Configuration configuration, IEnumerable<TrialResult> trials, IEnumerable<string> metrics)
    {
        ImmutableArray<TrialResult> own = [.. trials.OrderBy(t => t.State.Replicate)];
        var moments = metrics
            .Select(m => (Name: m, Moments: Moments.Of([.. own.Select(t => t.Counted(m)).OfType<double>()])))
            .Where(m => m.Moments is not null)
            .ToImmutableSortedDictionary(m => m.Name, m => m.Moments!, StringComparer.Ordinal);
        return new ConfigurationResult(configuration, own, moments);
    }
}
