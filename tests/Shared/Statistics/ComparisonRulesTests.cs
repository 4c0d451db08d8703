using System.Collections.Immutable;
using Shared.Statistics;

namespace Tests.Shared.Statistics;

public sealed class ComparisonRulesTests
{
    [Fact]
    public void Wins_losses_and_ties_are_counted_and_turn_round_with_the_comparison()
    {
        var pairs = PairedComparison.Of([(1, 2), (1, 3), (1, 1), (1, 0)])!;

        (pairs.Above, pairs.Below, pairs.Equal).ShouldBe((2, 1, 1));
        (pairs.Reversed().Above, pairs.Reversed().Below).ShouldBe((1, 2));
    }

    [Fact]
    public void The_effect_size_is_the_mean_difference_in_standard_deviations()
    {
        var pairs = PairedComparison.Of([(0, 1), (0, 2), (0, 3)])!;

        pairs.EffectSize!.Value.ShouldBe(2, 1e-12);
        pairs.Reversed().EffectSize!.Value.ShouldBe(-2, 1e-12);
        PairedComparison.Of([(0, 1), (0, 1)])!.EffectSize.ShouldBeNull();
        PairedComparison.Of([(0, 1)])!.Probability.ShouldBeNull();
    }

    [Fact]
    public void Wilcoxons_test_is_not_offered_where_it_can_find_nothing()
    {
        WilcoxonSignedRank.Of([1, 2, 3, 4, 5]).ShouldBeNull();
        WilcoxonSignedRank.Of([0, 1, 2, 3, 4, 5]).ShouldBeNull();
        WilcoxonSignedRank.Of([1, 2, 3, 4, 5, 6])!.Probability.ShouldBe(2 / 64.0, 1e-15);
    }

    [Fact]
    public void A_bootstrap_interval_is_not_offered_for_few_values()
    {
        StratifiedBootstrap.Interval(Enumerable.Repeat<double[]>([1, 2, 3], 6).ToList(), Sum, 1).ShouldBeNull();
        StratifiedBootstrap.Interval(Enumerable.Repeat<double[]>([1, 2, 3], 7).ToList(), Sum, 1).ShouldNotBeNull();
        Should.Throw<ArgumentException>(() => StratifiedBootstrap.Interval([[1], []], Sum, 1));
    }

    [Fact]
    public void Draws_stay_within_their_group_and_repeat_with_their_seed()
    {
        double[] tens = [.. Enumerable.Repeat(10.0, 10)];
        double[] ones = [.. Enumerable.Range(0, 10).Select(i => i / 10.0)];
        var interval = StratifiedBootstrap.Interval([tens, ones], Sum, seed: 3)!;

        interval.Lower.ShouldBeGreaterThan(100);   // ten values of 10 in each draw
        interval.Upper.ShouldBeLessThan(109);
        StratifiedBootstrap.Interval([tens, ones], Sum, seed: 3).ShouldBe(interval);
        StratifiedBootstrap.Interval([tens, ones], Sum, seed: 4).ShouldNotBe(interval);
    }

    [Fact]
    public void An_interaction_is_the_difference_of_two_effects_in_each_block()
    {
        // In replicate r: a adds 1 without b and 4 with it, plus .1 r.
        Observation[] runs =
        [
            .. from r in (int[])[1, 2, 3]
               from a in (int[])[0, 1]
               from b in (int[])[0, 1]
               select Runs.Of(r, (a * (1 + (3 * b))) + (10 * b) + (a * b * 0.1 * r) + r, ("a", $"{a}"), ("b", $"{b}")),
        ];
        var found = FactorInteraction.Of(runs, new("a", "0", "1"), new("b", "0", "1"));

        found.Comparison!.MeanDifference.ShouldBe(3.2, 1e-12);
        found.Comparison.Pairs.ShouldBe(3);
        found.Incomplete.ShouldBe(0);
        FactorInteraction.Of(runs[1..], new("a", "0", "1"), new("b", "0", "1")).Incomplete.ShouldBe(1);
        FactorInteraction.Of(runs, new("b", "0", "1"), new("a", "0", "1")).Comparison!.MeanDifference
            .ShouldBe(3.2, 1e-12);
    }

    [Fact]
    public void Shares_of_variance_are_not_given_for_a_design_with_holes()
    {
        Observation[] runs =
        [
            .. from r in (int[])[1, 2] from a in (int[])[0, 1] select Runs.Of(r, a + (0.1 * r), ("a", $"{a}")),
        ];

        var shares = VarianceShares.Of(runs)!;
        (shares.Factors["a"] + shares.Replicate + shares.Rest).ShouldBe(1, 1e-12);
        shares.Factors["a"].ShouldBe(1 / 1.01, 1e-12);
        VarianceShares.Of(runs[1..]).ShouldBeNull();
        VarianceShares.Of([.. runs[1..], runs[1]]).ShouldBeNull();
        VarianceShares.Of([.. runs[1..], runs[0] with { Value = null }]).ShouldBeNull();
        VarianceShares.Of([.. runs.Select(run => run with { Value = 1 })]).ShouldBeNull();
    }

    [Fact]
    public void The_best_is_compared_with_the_runner_up_over_the_replicates_that_both_have()
    {
        ImmutableArray<ImmutableSortedDictionary<int, double>> values =
        [
            Of((1, 5.0), (2, 6.0)), Of((1, 1.0), (2, 1.1), (3, 9.0)), Of((1, 4.0), (2, 4.5)), Of(),
        ];

        var least = Ranking.Of(values, isLowerBetter: true)!;
        (least.Best, least.RunnerUp, least.Pairs!.Pairs).ShouldBe((1, 2, 2));
        var most = Ranking.Of(values, isLowerBetter: false)!;
        (most.Best, most.RunnerUp).ShouldBe((0, 2));
        most.Pairs!.MeanDifference.ShouldBe(1.25, 1e-12);
        Ranking.Of([Of((1, 5.0)), Of()], isLowerBetter: true).ShouldBeNull();
        Ranking.Of([Of((1, 5.0)), Of((2, 4.0))], isLowerBetter: true)!.IsClear.ShouldBeFalse();
    }

    private static double Sum(IReadOnlyList<double> values) => values.Sum();

    private static ImmutableSortedDictionary<int, double> Of(params (int Replicate, double Value)[] values) =>
        values.ToImmutableSortedDictionary(v => v.Replicate, v => v.Value);
}
