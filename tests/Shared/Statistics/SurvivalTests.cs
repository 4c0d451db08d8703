using Shared.Statistics;

namespace Tests.Shared.Statistics;

public sealed class SurvivalTests
{
    /// <summary>Weeks of remission under 6-mercaptopurine (Freireich et al. 1963); false where still in it.</summary>
    private static readonly TimeToEvent[] Remission =
    [
        new(6, true), new(6, true), new(6, true), new(6, false), new(7, true), new(9, false), new(10, true),
        new(10, false), new(11, false), new(13, true), new(16, true), new(17, false), new(19, false),
        new(20, false), new(22, true), new(23, true), new(25, false), new(32, false), new(32, false),
        new(34, false), new(35, false),
    ];

    [Fact]
    public void The_classic_remission_times_have_their_published_shares_and_median()
    {
        var remission = KaplanMeier.Of(Remission)!;

        remission.Count.ShouldBe(21);
        remission.Reached.ShouldBe(9);
        remission.Steps.Select(s => (s.Time, s.AtRisk, Math.Round(s.Share, 3))).ShouldBe(
        [
            (6, 21, .857), (7, 17, .807), (10, 15, .753), (13, 12, .690), (16, 11, .627), (22, 7, .538),
            (23, 6, .448),
        ]);
        remission.Median.ShouldBe(23);
    }

    [Fact]
    public void What_never_came_for_half_has_no_median()
    {
        KaplanMeier.Of([new(5, true), new(9, false), new(9, false)])!.Median.ShouldBeNull();
        KaplanMeier.Of([new(9, false), new(9, false)])!.Steps.ShouldBeEmpty();
        KaplanMeier.Of([]).ShouldBeNull();
    }

    [Fact]
    public void Without_censoring_the_median_is_the_sample_s()
    {
        KaplanMeier.Of([new(3, true), new(1, true), new(2, true)])!.Median.ShouldBe(2);
    }

    [Fact]
    public void A_time_that_cannot_be_is_refused()
    {
        Should.Throw<ArgumentException>(() => KaplanMeier.Of([new(-1, true)]));
        Should.Throw<ArgumentException>(() => KaplanMeier.Of([new(double.NaN, true)]));
    }
}
