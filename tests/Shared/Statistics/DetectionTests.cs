using System.Text.Json;
using Shared.Statistics;
using Tests.Shared.Reports;

namespace Tests.Shared.Statistics;

/// <summary>
/// By hand, and against <c>tests/Golden/model_evaluation.json</c>, which <c>model_evaluation_golden.py</c>
/// computed by other methods.
/// </summary>
public sealed class DetectionTests
{
    private static readonly JsonElement Golden =
        JsonDocument.Parse(RepositoryFiles.Read("tests/Golden/model_evaluation.json")).RootElement;

    [Fact]
    public void Average_precision_is_one_for_perfect_scores_and_takes_ties_in_one_step()
    {
        DetectionCurve.AveragePrecision([3, 4], [1, 2]).ShouldBe(1);
        DetectionCurve.AveragePrecision([7, 7, 7], [7]).ShouldBe(0.75, "one threshold has all four");
        DetectionCurve.AveragePrecision([4, 1], [3, 2]).ShouldBe((0.5 * 1) + (0.5 * 0.5));
    }

    [Fact]
    public void The_false_positive_rate_is_that_of_the_highest_threshold_that_keeps_enough_positives()
    {
        DetectionCurve.FalsePositiveRate([4, 3, 2, 1], [2.5, 0], 0.5).ShouldBe(0);
        DetectionCurve.FalsePositiveRate([4, 3, 2, 1], [2.5, 0], 0.75).ShouldBe(0.5);
        DetectionCurve.FalsePositiveRate([4, 3, 2, 1], [2.5, 1], 1).ShouldBe(1, "a tie is taken for a positive");
    }

    [Fact]
    public void Both_are_what_loops_over_all_thresholds_give()
    {
        DetectionCurve.AveragePrecision(Numbers("positives"), Numbers("negatives"))
            .ShouldBe(Golden.GetProperty("average_precision").GetDouble(), 1e-12);
        foreach (var rate in Golden.GetProperty("fpr").EnumerateObject())
        {
            DetectionCurve.FalsePositiveRate(
                    Numbers("positives"), Numbers("negatives"),
                    double.Parse(rate.Name, System.Globalization.CultureInfo.InvariantCulture))
                .ShouldBe(rate.Value.GetDouble(), 1e-12, rate.Name);
        }
    }

    [Fact]
    public void Scores_of_nothing_or_that_are_no_numbers_are_refused()
    {
        Should.Throw<ArgumentException>(() => DetectionCurve.AveragePrecision([], [1]));
        Should.Throw<ArgumentException>(() => DetectionCurve.FalsePositiveRate([1], [double.NaN], 0.95));
    }

    [Fact]
    public void Half_the_width_of_a_t_interval_is_scipys_and_one_value_has_none()
    {
        MeanInterval.HalfWidth(Moments.Of(Numbers("sample"))!)!.Value
            .ShouldBe(Golden.GetProperty("half_width").GetDouble(), 1e-9);
        MeanInterval.HalfWidth(Moments.Of([3.0])!).ShouldBeNull();
    }

    private static double[] Numbers(string name) =>
        [.. Golden.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
