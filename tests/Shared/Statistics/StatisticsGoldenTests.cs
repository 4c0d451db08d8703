using System.Collections.Immutable;
using System.Text.Json;
using Shared.Statistics;
using Tests.Shared.Reports;

namespace Tests.Shared.Statistics;

/// <summary>
/// Against <c>tests/Golden/statistics.json</c>, which <c>statistics_golden.py</c> has SciPy compute.
/// </summary>
public sealed class StatisticsGoldenTests
{
    private const double Quantiles = 1e-6;   // how well a quantile of t is computed

    private static readonly JsonElement Golden =
        JsonDocument.Parse(RepositoryFiles.Read("tests/Golden/statistics.json")).RootElement;

    [Fact]
    public void A_paired_comparison_is_the_paired_t_test_of_scipy()
    {
        foreach (var one in Golden.GetProperty("paired").EnumerateArray())
        {
            var pairs = PairedComparison.Of(
                [.. Numbers(one, "first").Zip(Numbers(one, "second"))])!;

            pairs.Probability!.Value.ShouldBe(Number(one, "p"), 1e-10);
            pairs.Interval!.Lower.ShouldBe(Number(one, "lower"), Quantiles);
            pairs.Interval.Upper.ShouldBe(Number(one, "upper"), Quantiles);
        }
    }

    [Fact]
    public void Wilcoxons_test_is_that_of_scipy_exact_and_approximate()
    {
        foreach (var one in Golden.GetProperty("wilcoxon").EnumerateArray())
        {
            var test = WilcoxonSignedRank.Of(Numbers(one, "differences"))!;

            test.Statistic.ShouldBe(Number(one, "statistic"));
            test.Probability.ShouldBe(Number(one, "p"), 1e-12);
        }
    }

    [Fact]
    public void Wilsons_interval_is_that_of_scipy()
    {
        foreach (var one in Golden.GetProperty("wilson").EnumerateArray())
        {
            var interval = WilsonInterval.Of(
                one.GetProperty("count").GetInt32(), one.GetProperty("of").GetInt32());

            interval.Lower.ShouldBe(Number(one, "lower"), 1e-12);
            interval.Upper.ShouldBe(Number(one, "upper"), 1e-12);
        }
    }

    [Fact]
    public void Median_quantile_and_interquartile_mean_are_those_of_numpy_and_scipy()
    {
        foreach (var one in Golden.GetProperty("order").EnumerateArray())
        {
            var values = Numbers(one, "values");

            OrderStatistics.Median(values).ShouldBe(Number(one, "median"), 1e-12);
            OrderStatistics.Quantile(values, 0.1).ShouldBe(Number(one, "q10"), 1e-12);
            OrderStatistics.InterquartileMean(values).ShouldBe(Number(one, "iqm"), 1e-12);
        }
    }

    [Fact]
    public void Holms_values_are_those_of_every_step_by_hand()
    {
        foreach (var one in Golden.GetProperty("holm").EnumerateArray())
        {
            HolmCorrection.Adjust(Numbers(one, "values")).Zip(Numbers(one, "adjusted"))
                .ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-12);
        }
    }

    [Fact]
    public void Shares_of_variance_are_those_of_least_squares_on_dummies()
    {
        var golden = Golden.GetProperty("variance");
        var shares = VarianceShares.Of([.. golden.GetProperty("rows").EnumerateArray().Select(
            row => Runs.Of(row[2].GetInt32(), row[3].GetDouble(), ("a", $"{row[0]}"), ("b", $"{row[1]}")))])!;

        shares.Factors["a"].ShouldBe(Number(golden, "a"), 1e-10);
        shares.Factors["b"].ShouldBe(Number(golden, "b"), 1e-10);
        shares.Pairs.ShouldHaveSingleItem().Share.ShouldBe(Number(golden, "ab"), 1e-10);
        shares.Replicate.ShouldBe(Number(golden, "replicate"), 1e-10);
        shares.Rest.ShouldBe(Number(golden, "rest"), 1e-10);
    }

    [Fact]
    public void A_bootstrap_interval_is_that_of_scipy_up_to_the_draws()
    {
        var one = Golden.GetProperty("bootstrap");
        var interval = StratifiedBootstrap.Interval(
            [Numbers(one, "values")], values => Moments.Of(values)!.Mean, seed: 7)!;

        interval.Lower.ShouldBe(Number(one, "lower"), 0.03);   // a tenth of the standard error, and 2,000 draws
        interval.Upper.ShouldBe(Number(one, "upper"), 0.03);
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static ImmutableArray<double> Numbers(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
