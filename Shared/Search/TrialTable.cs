using System.Collections.Immutable;
using System.Globalization;
using Shared.Sweeps;

namespace Shared.Search;

/// <summary>The trials of a sweep as a table, before any of them runs.</summary>
/// <param name="Header">
/// <c>trial</c>, <c>configuration</c>, <c>replicate</c>, then the swept parameters.
/// </param>
/// <param name="Rows">One per trial; a parameter that is switched off in it has an empty cell.</param>
public sealed record TrialTable(ImmutableArray<string> Header, ImmutableArray<ImmutableArray<string>> Rows)
{
    /// <summary>The table of a plan.</summary>
    public static TrialTable Of(SweepPlan plan)
    {
        var configurations = plan.Configurations.ToImmutableDictionary(configuration => configuration.Id);
        return new TrialTable(
            ["trial", "configuration", "replicate", .. plan.Swept],
            [.. plan.Trials.Select(trial => RowOf(trial, configurations[trial.Configuration], plan.Swept))]);
    }

    private static ImmutableArray<string> RowOf(
        PlannedTrial trial, Configuration configuration, ImmutableArray<string> swept) =>
    [
        trial.Number.ToString(CultureInfo.InvariantCulture),
        trial.Configuration,
        trial.Replicate.ToString(CultureInfo.InvariantCulture),
        .. swept.Select(name => configuration.Swept.TryGetValue(name, out var value) ? value.Display : ""),
    ];
}
