using System.Collections.Immutable;
using Shared.Statistics;

namespace Tests.Shared.Statistics;

/// <summary>Runs of designed experiments, for tests.</summary>
internal static class Runs
{
    /// <summary>One run.</summary>
    public static Observation Of(int replicate, double? value, params (string Factor, string Level)[] levels) =>
        new(
            levels.ToImmutableSortedDictionary(l => l.Factor, l => l.Level, StringComparer.Ordinal),
            replicate,
            value);
}
