using Bench.Orchestration;

namespace Tests.Bench;

public sealed class OrchestrationTableTests
{
    [Fact]
    public void A_percentile_is_a_value_that_was_measured()
    {
        var hundred = Enumerable.Range(1, 100).Reverse().Select(i => (double)i).ToList();

        OrchestrationTable.Percentile(hundred, 50).ShouldBe(50);
        OrchestrationTable.Percentile(hundred, 99).ShouldBe(99);
        OrchestrationTable.Percentile([3.0], 99).ShouldBe(3);
    }

    [Fact]
    public void Rates_count_all_trials_and_twenty_values_of_each()
    {
        var result = new OrchestrationResult(new OrchestrationCase(400, 0, 8, 20), 2, Latencies.None);

        result.TrialsPerSecond.ShouldBe(200);
        result.PointsPerSecond.ShouldBe(4_000);
    }
}
