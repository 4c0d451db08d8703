using System.Text.Json;
using Shared.Statistics;
using Tests.Shared.Reports;

namespace Tests.Shared.Statistics;

/// <summary>By hand, and against <c>tests/Golden/model_evaluation.json</c>, which numpy computed by loops.</summary>
public sealed class MixingTests
{
    private static readonly JsonElement Golden =
        JsonDocument.Parse(RepositoryFiles.Read("tests/Golden/model_evaluation.json")).RootElement;

    private static readonly double[][] Chains =
    [
        .. Golden.GetProperty("chains").EnumerateArray()
            .Select(chain => chain.EnumerateArray().Select(value => value.GetDouble()).ToArray()),
    ];

    [Fact]
    public void The_effective_number_and_split_rhat_are_numpys()
    {
        MixingStatistics.EffectiveNumber(Chains)!.Value.ShouldBe(Golden.GetProperty("ess").GetDouble(), 1e-9);
        MixingStatistics.SplitRhat(Chains)!.Value.ShouldBe(Golden.GetProperty("split_rhat").GetDouble(), 1e-12);
    }

    [Fact]
    public void An_autoregression_is_worth_the_share_that_its_correlation_leaves()
    {
        // ρ_t = .8^t: n/(1 + 2 Σ ρ_t) = n·(1 − .8)/(1 + .8) = n/9; the first chain of the golden ones was shifted.
        var number = MixingStatistics.EffectiveNumber(Chains[1..])!.Value;

        number.ShouldBeInRange(40, 120, "67 but for the chance of 600 values");
    }

    [Fact]
    public void A_chain_that_goes_back_and_forth_is_worth_more_than_its_length_and_at_most_the_limit()
    {
        double[] alternating = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 1.0 : -1.0)];

        MixingStatistics.EffectiveNumber([alternating])!.Value.ShouldBe(200, 1e-9, "100 · log10(100)");
        MixingStatistics.EffectiveNumber([alternating])!.Value.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Chains_that_stay_apart_are_told_apart_and_what_never_varies_has_no_number()
    {
        double[] low = [.. Enumerable.Range(0, 20).Select(i => i % 2 * 0.1)];
        double[] high = [.. low.Select(value => value + 5)];

        MixingStatistics.SplitRhat([low, high])!.Value.ShouldBeGreaterThan(10);
        MixingStatistics.SplitRhat([low, low])!.Value.ShouldBe(Math.Sqrt(0.9), 1e-12);
        MixingStatistics.SplitRhat([[1, 1, 1, 1]]).ShouldBeNull();
        MixingStatistics.EffectiveNumber([[1, 1, 1, 1]]).ShouldBeNull();
    }
}
