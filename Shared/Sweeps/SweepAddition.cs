using System.Collections.Immutable;
using Shared.Search;

namespace Shared.Sweeps;

/// <summary>What is added to a sweep that is there; its trials are paired with the older ones.</summary>
/// <param name="Spec">The sweep file with the addition, as canonical JSON.</param>
/// <param name="Swept">Dotted names of the swept parameters, old and new, in the file's order.</param>
/// <param name="Configurations">The new configurations, in grid order.</param>
/// <param name="Trials">The new trials, numbered on from the last one.</param>
public sealed record SweepAddition(
    string Spec,
    ImmutableArray<string> Swept,
    ImmutableArray<Configuration> Configurations,
    ImmutableArray<PlannedTrial> Trials);
