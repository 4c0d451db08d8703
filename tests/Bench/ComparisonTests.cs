using Bench.Timing;

namespace Tests.Bench;

public sealed class ComparisonTests
{
    [Fact]
    public void Peers_are_compared_round_by_round_and_not_by_their_medians()
    {
        // The second round was slow for both: pair by pair the other is always twice as slow.
        Seconds[][] rounds = [[At(1), At(2)], [At(10), At(20)], [At(2), At(4)]];

        var compared = Comparison.Of(["ours", "other"], rounds);

        compared[0].ShouldBe(new PeerTimes("ours", At(1), At(2), At(1)));
        compared[1].ShouldBe(new PeerTimes("other", At(2), At(4), At(2)));
    }

    [Fact]
    public void Wall_and_processor_time_are_summarised_apart()
    {
        Seconds[][] rounds = [[new(5, 1)], [new(3, 2)], [new(4, 3)]];

        var compared = Comparison.Of(["ours"], rounds).ShouldHaveSingleItem();

        compared.Least.ShouldBe(new Seconds(3, 1));
        compared.Median.ShouldBe(new Seconds(4, 2));
    }

    [Theory]
    [InlineData(new double[] { 7 }, 7)]
    [InlineData(new double[] { 3, 1, 2 }, 2)]
    [InlineData(new double[] { 4, 1, 2, 3 }, 2.5)]
    public void The_median_is_the_middle_or_the_mean_of_the_middle_two(double[] values, double median) =>
        Comparison.Median(values).ShouldBe(median);

    [Fact]
    public void A_round_survives_its_way_to_a_peer_as_a_line()
    {
        var round = new Round(Work.Training, 64, 20, 4);

        round.ToString().ShouldBe("training 64 20 4");
        Round.Parse(round.ToString()).ShouldBe(round);
    }

    [Fact]
    public void A_line_that_is_no_round_is_refused() =>
        Should.Throw<FormatException>(() => Round.Parse("sleeping 64 20 4")).Message
            .ShouldBe("a round is WORK BATCH STEPS REPETITIONS, not 'sleeping 64 20 4'");

    [Theory]
    [InlineData(Work.Langevin, 240)]
    [InlineData(Work.Training, 4)]
    public void A_round_is_timed_by_the_step_of_a_chain_or_by_the_update(object work, int units) =>
        new Round((Work)work, Batch: 16, Steps: 60, Repetitions: 4).Units.ShouldBe(units);

    private static Seconds At(double seconds) => new(seconds, seconds);
}
