using System.Collections.Immutable;
using Shared.Statistics;

namespace Tests.Shared.Statistics;

public sealed class FactorComparisonTests
{
    [Fact]
    public void Pairs_share_the_replicate_and_every_other_factor()
    {
        // Replicate and step shift both levels alike; only the difference of 1, 2, 3 and 4 may remain.
        Observation[] runs =
        [
            Run(1, 100, ("start", "noise"), ("step", "1")), Run(1, 101, ("start", "buffer"), ("step", "1")),
            Run(1, 500, ("start", "noise"), ("step", "2")), Run(1, 502, ("start", "buffer"), ("step", "2")),
            Run(2, 200, ("start", "noise"), ("step", "1")), Run(2, 203, ("start", "buffer"), ("step", "1")),
            Run(2, 900, ("start", "noise"), ("step", "2")), Run(2, 904, ("start", "buffer"), ("step", "2")),
        ];

        var found = FactorComparison.Of(runs, "start", "noise", "buffer");

        found.Comparison!.Pairs.ShouldBe(4);
        found.Comparison.MeanDifference.ShouldBe(2.5);
        found.Comparison.DifferenceDeviation!.Value.ShouldBe(1.2909944487358056, 1e-12);
        found.Incomplete.ShouldBe(0);
    }

    [Fact]
    public void A_pair_without_one_value_is_counted_and_left_out()
    {
        Observation[] runs =
        [
            Run(1, 1, ("start", "noise")), Run(1, 3, ("start", "buffer")),
            Run(2, null, ("start", "noise")), Run(2, 100, ("start", "buffer")),
        ];

        var found = FactorComparison.Of(runs, "start", "noise", "buffer");

        found.Comparison!.Pairs.ShouldBe(1);
        found.Comparison.MeanDifference.ShouldBe(2);
        found.Incomplete.ShouldBe(1);
    }

    [Fact]
    public void A_factor_that_one_level_switches_off_is_averaged_before_pairing()
    {
        Observation[] runs =
        [
            Run(1, 10, ("start", "noise")),
            Run(1, 2, ("start", "buffer"), ("size", "100")), Run(1, 4, ("start", "buffer"), ("size", "200")),
        ];

        FactorComparison.Of(runs, "start", "noise", "buffer").Comparison!.MeanDifference.ShouldBe(-7);
        FactorComparison.Of(runs, "size", "100", "200").Comparison!.MeanDifference.ShouldBe(2);
    }

    private static Observation Run(
        int replicate, double? value, params (string Factor, string Level)[] levels) => new(
        levels.ToImmutableSortedDictionary(l => l.Factor, l => l.Level, StringComparer.Ordinal),
        replicate,
        value);
}
