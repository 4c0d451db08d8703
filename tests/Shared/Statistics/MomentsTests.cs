using Shared.Statistics;

namespace Tests.Shared.Statistics;

public sealed class MomentsTests
{
    [Fact]
    public void The_sample_deviation_divides_by_one_less_than_the_count()
    {
        // Squared deviations 9, 1, 1, 1, 0, 0, 4, 16 sum to 32; 32 / 7 under the root.
        var moments = Moments.Of([2, 4, 4, 4, 5, 5, 7, 9])!;

        moments.Count.ShouldBe(8);
        moments.Mean.ShouldBe(5);
        moments.StandardDeviation!.Value.ShouldBe(2.138089935299395, 1e-15);
    }

    [Fact]
    public void A_large_offset_does_not_spoil_the_deviation()
    {
        Moments.Of([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])!
            .StandardDeviation!.Value.ShouldBe(Math.Sqrt(30), 1e-9);
    }

    [Fact]
    public void One_value_has_no_deviation_and_no_value_has_no_moments()
    {
        Moments.Of([3])!.StandardDeviation.ShouldBeNull();
        Moments.Of([]).ShouldBeNull();
    }
}
