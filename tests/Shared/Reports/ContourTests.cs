using System.Collections.Immutable;
using Shared.Reports.Plots;

namespace Tests.Shared.Reports;

public sealed class ContourTests
{
    [Fact]
    public void A_low_point_has_a_square_round_it_that_cuts_each_edge_where_the_level_lies()
    {
        // 0 in the middle of 4s: level 1 is a quarter of the way out.
        var line = Of([4, 4, 4, 4, 0, 4, 4, 4, 4], 3, 1).ShouldHaveSingleItem();
        line.Order().ShouldBe([(0.75, 1.0), (1.0, 0.75), (1.0, 1.25), (1.25, 1.0)]);
        Area(line).ShouldBe(0.125, 1e-12);   // anticlockwise, so that what is low lies on the left
    }

    [Fact]
    public void Lines_round_a_cone_are_circles()
    {
        const int side = 41;
        ImmutableArray<float> cone =
            [.. Enumerable.Range(0, side * side).Select(i => (float)Distance((i % side, i / side), (20, 20)))];
        var line = Of(cone, side, 10.3).ShouldHaveSingleItem();
        line.Max(point => Math.Abs(Distance(point, (20, 20)) - 10.3)).ShouldBeLessThan(0.02);
        Area(line).ShouldBe(Math.PI * 10.3 * 10.3, 1);
    }

    [Fact]
    public void What_is_low_at_the_rim_closes_along_the_rim()
    {
        var line = Of([0, 0, 0, 0], 2, 1).ShouldHaveSingleItem();
        Area(line).ShouldBe(1, 1e-12);
        Of([0, 2, 0, 2], 2, 1).ShouldHaveSingleItem().Max(point => point.X).ShouldBe(0.5);
    }

    [Fact]
    public void A_hill_inside_what_is_low_is_a_line_the_other_way_round()
    {
        var lines = Of([0, 0, 0, 0, 4, 0, 0, 0, 0], 3, 1);
        lines.Count.ShouldBe(2);
        lines.Sum(Area).ShouldBe(4 - (2 * 0.75 * 0.75), 1e-12);   // the square without its hill
    }

    [Theory]
    [InlineData(1.5, 2)]   // the mean, 2, is above the level: two corners
    [InlineData(2.5, 1)]   // and below it: a band from corner to corner
    public void A_saddle_is_joined_where_the_mean_of_its_corners_is_low(double level, int count) =>
        Of([0, 4, 4, 0], 2, level).Count.ShouldBe(count);

    [Fact]
    public void What_is_not_finite_is_above_every_level_and_a_level_below_all_has_no_line()
    {
        Of([0, float.NaN, float.NegativeInfinity, float.PositiveInfinity], 2, 1).ShouldHaveSingleItem()
            .Distinct().ShouldBe([(0.0, 0.0)]);
        Of([3, 3, 3, 3], 2, 1).ShouldBeEmpty();
    }

    private static List<ImmutableArray<(double X, double Y)>> Of(
        ImmutableArray<float> values, int side, double level) => [.. Contours.Of(values, side, level)];

    /// <summary>Area within a line, positive where it runs anticlockwise.</summary>
    private static double Area(ImmutableArray<(double X, double Y)> line) => line
        .Select((point, i) => (From: point, To: line[(i + 1) % line.Length]))
        .Sum(edge => ((edge.From.X * edge.To.Y) - (edge.To.X * edge.From.Y)) / 2);

    private static double Distance((double X, double Y) a, (double X, double Y) b) =>
        Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
