using System.Collections.Immutable;
using Shared.Randomness;
using Shared.Statistics;

namespace Tests.Shared.Statistics;

/// <summary>
/// How often intervals hold the truth, and how often equal treatments are told apart: the reasons for the rules
/// of a report, each by simulation from one seed.
/// </summary>
public sealed class CoverageTests
{
    private const int Samples = 2_000;
    private const int BootstrapSamples = 400;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    public void Intervals_of_t_hold_the_truth_as_often_as_they_say(int pairs)
    {
        var normals = Normals(20_261_123 + (ulong)pairs);
        var held = Enumerable.Range(0, Samples).Count(_ => Holds(PairedComparison.Of(
            [.. Enumerable.Range(0, pairs).Select(_ => (0.0, normals()))])!.Interval!));

        (held / (double)Samples).ShouldBe(0.95, 0.02);
    }

    [Theory]
    [InlineData(3, 0.75)]   // exactly: unless all three have one sign, the interval reaches from least to most
    [InlineData(5, 0.84)]
    public void Percentiles_of_a_bootstrap_hold_the_truth_too_seldom_with_few_values(int count, double measured)
    {
        var normals = Normals(7 + (ulong)count);
        var held = Enumerable.Range(0, BootstrapSamples).Count(i => Holds(StratifiedBootstrap.Percentiles(
            [[.. Enumerable.Range(0, count).Select(_ => normals())]], Mean, (ulong)i)));

        (held / (double)BootstrapSamples).ShouldBe(measured, 0.06);
    }

    [Fact]
    public void The_best_of_equal_treatments_is_seldom_called_clearly_better()
    {
        var normals = Normals(99);
        var clear = Enumerable.Range(0, Samples).Count(_ => Ranking.Of(
            [.. Enumerable.Range(0, 6).Select(_ => Replicates(3, normals))], isLowerBetter: true)!.IsClear);

        (clear / (double)Samples).ShouldBeInRange(0.002, 0.035);
    }

    [Fact]
    public void A_treatment_that_is_far_ahead_is_called_clearly_better()
    {
        var normals = Normals(100);
        var clear = Enumerable.Range(0, Samples).Count(_ => Ranking.Of(
            [Replicates(5, normals), Replicates(5, () => normals() - 8)], isLowerBetter: true)!
            is { Best: 1, IsClear: true });

        (clear / (double)Samples).ShouldBeGreaterThan(0.95);
    }

    private static bool Holds(ConfidenceInterval interval) => interval is { Lower: <= 0, Upper: >= 0 };

    private static double Mean(IReadOnlyList<double> values) => Moments.Of(values)!.Mean;

    private static ImmutableSortedDictionary<int, double> Replicates(int count, Func<double> normal) =>
        Enumerable.Range(1, count).ToImmutableSortedDictionary(i => i, _ => normal());

    /// <summary>Standard normals, one after the other.</summary>
    private static Func<double> Normals(ulong key)
    {
        var next = 0U;
        return () =>
        {
            var words = Philox.Block(key, next++, 0, 0, 0);
            var (u, v) = ((words.Word0 + 0.5) / uint.MaxValue, (words.Word1 + 0.5) / uint.MaxValue);
            return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
        };
    }
}
