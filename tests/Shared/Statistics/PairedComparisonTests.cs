using Shared.Statistics;

namespace Tests.Shared.Statistics;

public sealed class PairedComparisonTests
{
    [Fact]
    public void Four_pairs_have_the_interval_that_a_table_of_t_gives()
    {
        // Differences −0.8, −0.9, −0.7, −0.75: mean −0.7875, s 0.0853912563829967,
        // t(3, 0.975) = 3.182446305284263.
        var pairs = PairedComparison.Of([(1.0, 0.2), (1.0, 0.1), (0.9, 0.2), (0.8, 0.05)])!;

        pairs.Pairs.ShouldBe(4);
        pairs.FirstMean.ShouldBe(0.925, 1e-12);
        pairs.SecondMean.ShouldBe(0.1375, 1e-12);
        pairs.MeanDifference.ShouldBe(-0.7875, 1e-12);
        pairs.DifferenceDeviation!.Value.ShouldBe(0.0853912563829967, 1e-12);
        pairs.Interval!.Lower.ShouldBe(-0.7875 - (3.182446305284263 * 0.0853912563829967 / 2), 1e-6);
        pairs.Interval.Upper.ShouldBe(-0.7875 + (3.182446305284263 * 0.0853912563829967 / 2), 1e-6);
        pairs.IsClear.ShouldBeTrue();
    }

    [Fact]
    public void Two_pairs_need_a_difference_of_thirteen_standard_errors()
    {
        // t(1, 0.975) = 12.706204736432095; differences 1 and 2 have mean 1.5 and standard error 0.5.
        var pairs = PairedComparison.Of([(0, 1), (0, 2)])!;

        pairs.Interval!.Lower.ShouldBe(1.5 - (12.706204736432095 * 0.5), 1e-5);
        pairs.IsClear.ShouldBeFalse();
    }

    [Fact]
    public void One_pair_and_equal_differences_have_no_interval()
    {
        PairedComparison.Of([(1, 2)])!.Interval.ShouldBeNull();
        PairedComparison.Of([(1, 2), (3, 4)])!.Interval.ShouldBeNull();
        PairedComparison.Of([(1, 2), (3, 4)])!.IsClear.ShouldBeFalse();
        PairedComparison.Of([]).ShouldBeNull();
    }

    [Fact]
    public void The_reverse_has_the_other_sign_and_the_same_width()
    {
        var pairs = PairedComparison.Of([(0, 1), (0, 2), (0, 4)])!;
        var reversed = pairs.Reversed();

        reversed.MeanDifference.ShouldBe(-pairs.MeanDifference);
        reversed.Interval!.Lower.ShouldBe(-pairs.Interval!.Upper);
        reversed.FirstMean.ShouldBe(pairs.SecondMean);
    }
}
