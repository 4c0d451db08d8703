using System.Text.Json;
using Shared.Statistics;
using Tests.Shared.Reports;

namespace Tests.Shared.Statistics;

/// <summary>
/// By hand, and against <c>tests/Golden/evaluation.json</c>, which <c>evaluation_golden.py</c> computed by
/// other methods.
/// </summary>
public sealed class EvaluationStatisticsTests
{
    private static readonly JsonElement Golden =
        JsonDocument.Parse(RepositoryFiles.Read("tests/Golden/evaluation.json")).RootElement;

    [Fact]
    public void Auroc_counts_pairs_in_order_and_ties_for_half()
    {
        RankStatistics.Auroc([3, 4], [1, 2]).ShouldBe(1);
        RankStatistics.Auroc([1, 2], [3, 4]).ShouldBe(0);
        RankStatistics.Auroc([7, 7, 7], [7, 7]).ShouldBe(0.5);
        RankStatistics.Auroc([2, 1], [1, 0]).ShouldBe((1 + 1 + 0.5 + 1) / 4);
        RankStatistics.Auroc([double.PositiveInfinity], [double.NegativeInfinity, 3]).ShouldBe(1);
    }

    [Fact]
    public void Auroc_is_what_all_pairs_give() =>
        RankStatistics.Auroc(Numbers("positives"), Numbers("negatives")).ShouldBe(Number("auroc"), 1e-12);

    [Fact]
    public void Auroc_of_nothing_or_of_what_is_no_number_is_refused()
    {
        Should.Throw<ArgumentException>(() => RankStatistics.Auroc([], [1]));
        Should.Throw<ArgumentException>(() => RankStatistics.Auroc([1], []));
        Should.Throw<ArgumentException>(() => RankStatistics.Auroc([1, double.NaN], [0]));
    }

    [Fact]
    public void Calibration_error_is_the_distance_of_accuracy_and_confidence_in_each_bin()
    {
        // Two bins: (0, ½] holds .4 right and .5 wrong, (½, 1] holds .9 and .8 right, 1 wrong.
        var error = Calibration.ExpectedError(
            [0.4, 0.5, 0.9, 0.8, 1], [true, false, true, true, false], bins: 2);
        error.ShouldBe((Math.Abs(1 - 0.9) + Math.Abs(2 - 2.7)) / 5, 1e-15);
        Calibration.ExpectedError([1, 1, 0], [true, true, false], bins: 15).ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(15)]
    public void Calibration_error_is_what_masks_of_bins_give(int bins)
    {
        bool[] right = [.. Golden.GetProperty("right").EnumerateArray().Select(value => value.GetBoolean())];
        Calibration.ExpectedError(Numbers("confidences"), right, bins)
            .ShouldBe(Golden.GetProperty("ece").GetProperty($"{bins}").GetDouble(), 1e-12);
    }

    [Fact]
    public void Calibration_of_nothing_or_of_what_is_no_probability_is_refused()
    {
        Should.Throw<ArgumentException>(() => Calibration.ExpectedError([], [], 15));
        Should.Throw<ArgumentException>(() => Calibration.ExpectedError([0.5], [true, false], 15));
        Should.Throw<ArgumentOutOfRangeException>(() => Calibration.ExpectedError([0.5], [true], 0));
        Should.Throw<ArgumentOutOfRangeException>(() => Calibration.ExpectedError([1.01], [true], 15));
        Should.Throw<ArgumentOutOfRangeException>(() => Calibration.ExpectedError([double.NaN], [true], 15));
    }

    [Fact]
    public void Histograms_share_bins_and_the_greatest_value_lies_in_the_last()
    {
        var both = Histogram.OverCommonBins(4, [0, 1, 2, 3.9], [4, 4, double.NaN, 1])!.Value;
        (both[0].Low, both[0].High).ShouldBe((0, 4));
        both[0].Counts.ShouldBe([1L, 1, 1, 1]);
        both[1].Counts.ShouldBe([0L, 1, 0, 2]);
        both[0].OverlapWith(both[1]).ShouldBe(0.25 + 0.25, 1e-15);
        both[0].OverlapWith(both[0]).ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(40)]
    public void Overlap_is_what_numpy_s_histograms_give(int bins)
    {
        var three = Histogram
            .OverCommonBins(bins, Numbers("data"), Numbers("samples"), Numbers("noise"))!.Value;
        three[0].OverlapWith(three[1])
            .ShouldBe(Golden.GetProperty("overlap").GetProperty($"{bins}").GetDouble(), 1e-12);
    }

    [Fact]
    public void Histograms_of_one_value_or_of_the_widest_range_are_finite_and_of_none_are_none()
    {
        Histogram.OverCommonBins(3, [5, 5])!.Value[0].ShouldSatisfyAllConditions(
            one => (one.Low, one.High).ShouldBe((4.5, 5.5)), one => one.Counts.ShouldBe([0L, 2, 0]));
        Histogram.OverCommonBins(2, [double.MinValue, double.MaxValue])!.Value[0].Counts.ShouldBe([1L, 1]);
        Histogram.OverCommonBins(2, [double.NaN], []).ShouldBeNull();
    }

    [Fact]
    public void Overlap_with_other_bins_or_with_nothing_is_refused()
    {
        var one = new Histogram(0, 1, [1, 2]);
        Should.Throw<ArgumentException>(() => one.OverlapWith(new Histogram(0, 2, [1, 2])));
        Should.Throw<ArgumentException>(() => one.OverlapWith(new Histogram(0, 1, [1, 2, 3])));
        Should.Throw<ArgumentException>(() => one.OverlapWith(new Histogram(0, 1, [0, 0])));
    }

    [Fact]
    public void Entropy_is_zero_for_one_class_and_the_logarithm_of_their_number_for_equal_ones()
    {
        Entropy.OfCounts([0, 12, 0]).ShouldBe(0);
        Entropy.OfCounts([3, 3, 3, 3]).ShouldBe(Math.Log(4), 1e-15);
        Entropy.OfCounts([1, 3]).ShouldBe((0.25 * Math.Log(4)) + (0.75 * Math.Log(4.0 / 3)), 1e-15);
        long[] counts = [.. Golden.GetProperty("counts").EnumerateArray().Select(value => value.GetInt64())];
        Entropy.OfCounts(counts).ShouldBe(Number("entropy"), 1e-12);
    }

    [Fact]
    public void Entropy_of_nothing_or_of_negative_counts_is_refused()
    {
        Should.Throw<ArgumentException>(() => Entropy.OfCounts([]));
        Should.Throw<ArgumentException>(() => Entropy.OfCounts([0, 0]));
        Should.Throw<ArgumentException>(() => Entropy.OfCounts([2, -1]));
    }

    private static double Number(string key) => Golden.GetProperty(key).GetDouble();

    private static double[] Numbers(string key) =>
        [.. Golden.GetProperty(key).EnumerateArray().Select(value => value.GetDouble())];
}
