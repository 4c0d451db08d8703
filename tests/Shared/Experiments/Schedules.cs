using Shared.Experiments;
using Shared.Search;

namespace Tests.Shared.Experiments;

public sealed class Schedules
{
    private const double Close = 1e-12;

    private static readonly ParameterType.Varying Positive =
        new(new ParameterRange(0, 1_000, ExclusiveMinimum: true));

    [Theory]
    [InlineData(ScheduleEnds.Inclusive, new[] { 8.0, 6.0, 4.0, 2.0, 0.0 })]
    [InlineData(ScheduleEnds.Left, new[] { 8.0, 6.4, 4.8, 3.2, 1.6 })]
    [InlineData(ScheduleEnds.Right, new[] { 6.4, 4.8, 3.2, 1.6, 0.0 })]
    public void Linear(ScheduleEnds ends, double[] expected) =>
        Values(new Schedule.Linear(8, 0, ends)).ShouldBe(expected, Close);

    [Theory]
    [InlineData(ScheduleEnds.Inclusive, new[] { 16.0, 8.0, 4.0, 2.0, 1.0 })]
    [InlineData(
        ScheduleEnds.Left,
        new[] { 16.0, 9.18958683997628, 5.278031643091577, 3.031433133020796, 1.7411011265922482 })]
    [InlineData(
        ScheduleEnds.Right,
        new[] { 9.18958683997628, 5.278031643091577, 3.031433133020796, 1.7411011265922482, 1.0 })]
    public void Geometric(ScheduleEnds ends, double[] expected) =>
        Values(new Schedule.Geometric(16, 1, ends)).ShouldBe(expected, Close);

    // 1 + 2·(1 + cos πr)/2 with cos 36° = .8090…, cos 45° = .7071…, cos 72° = .3090….
    [Theory]
    [InlineData(ScheduleEnds.Inclusive, new[] { 3.0, 2.7071067811865475, 2.0, 1.2928932188134525, 1.0 })]
    [InlineData(
        ScheduleEnds.Left,
        new[] { 3.0, 2.8090169943749475, 2.3090169943749475, 1.6909830056250525, 1.1909830056250525 })]
    [InlineData(
        ScheduleEnds.Right,
        new[] { 2.8090169943749475, 2.3090169943749475, 1.6909830056250525, 1.1909830056250525, 1.0 })]
    public void Cosine(ScheduleEnds ends, double[] expected) =>
        Values(new Schedule.Cosine(3, 1, ends)).ShouldBe(expected, Close);

    // 1 + 16·(1 − r)²: quarters give 16, 9, 4, 1, 0 sixteenths, fifths 16·(1, .64, .36, .16, .04).
    [Theory]
    [InlineData(ScheduleEnds.Inclusive, new[] { 17.0, 10.0, 5.0, 2.0, 1.0 })]
    [InlineData(ScheduleEnds.Left, new[] { 17.0, 11.24, 6.76, 3.56, 1.64 })]
    [InlineData(ScheduleEnds.Right, new[] { 11.24, 6.76, 3.56, 1.64, 1.0 })]
    public void Polynomial(ScheduleEnds ends, double[] expected) =>
        Values(new Schedule.Polynomial(17, 1, 2, ends)).ShouldBe(expected, Close);

    [Fact]
    public void Constant() => Values(new Schedule.Constant(7)).ShouldBe([7, 7, 7, 7, 7]);

    [Theory]
    [InlineData(ScheduleEnds.Inclusive)]
    [InlineData(ScheduleEnds.Left)]
    [InlineData(ScheduleEnds.Right)]
    public void A_chain_of_one_step_is_at_the_start(ScheduleEnds ends)
    {
        new Schedule.Linear(8, 2, ends).At(0, 1).ShouldBe(8);
        new Schedule.Geometric(8, 2, ends).At(0, 1).ShouldBe(8);
        new Schedule.Cosine(8, 2, ends).At(0, 1).ShouldBe(8);
        new Schedule.Polynomial(8, 2, 3, ends).At(0, 1).ShouldBe(8);
    }

    [Fact]
    public void A_polynomial_of_power_one_is_the_line()
    {
        var line = Values(new Schedule.Linear(5, 1, ScheduleEnds.Left));
        Values(new Schedule.Polynomial(5, 1, 1, ScheduleEnds.Left)).ShouldBe(line, Close);
    }

    // The homework's ε_t = ε_start·(ε_end/ε_start)^(t/T) with t = 1 … T.
    [Fact]
    public void The_geometric_form_with_right_ends_is_the_homeworks() =>
        new Schedule.Geometric(0.3, 0.01, ScheduleEnds.Right).At(6, 20)
            .ShouldBe(0.3 * Math.Pow(0.01 / 0.3, 7 / 20.0), Close);

    [Theory]
    [InlineData(
        """{"schedule":"geometric","start":2e1,"end":2.0}""",
        """{"end":2,"schedule":"geometric","start":20}""")]
    [InlineData(
        """{"ends":"inclusive","schedule":"geometric","start":20,"end":2}""",
        """{"end":2,"schedule":"geometric","start":20}""")]
    [InlineData(
        """{"schedule":"cosine","start":20,"end":2,"ends":"right"}""",
        """{"end":2,"ends":"right","schedule":"cosine","start":20}""")]
    [InlineData(
        """{"schedule":"polynomial","power":3,"start":20,"end":2}""",
        """{"end":2,"power":3,"schedule":"polynomial","start":20}""")]
    [InlineData("""{"schedule":"constant","value":10}""", "10")]
    [InlineData("1e1", "10")]
    public void A_schedule_has_one_spelling(string written, string canonical) =>
        Positive.Accept(new ParameterValue(written))!.Value.Json.ShouldBe(canonical);

    [Theory]
    [InlineData("""{"schedule":"linear","start":20,"end":2,"ends":"inclusive"}""", "linear(20..2)")]
    [InlineData("""{"schedule":"linear","start":20,"end":2,"ends":"left"}""", "linear(20..2, ends left)")]
    [InlineData("""{"schedule":"polynomial","start":9,"end":2,"power":3}""", "polynomial(9..2, power 3)")]
    [InlineData("""{"schedule":"constant","value":3}""", "3")]
    public void A_label_names_the_ends_only_where_they_are_not_both(string written, string label) =>
        Positive.Accept(new ParameterValue(written))!.Value.Display.ShouldBe(label);

    [Fact]
    public void The_power_is_no_step_size_and_does_not_answer_to_its_range()
    {
        var narrow = new ParameterType.Varying(new ParameterRange(0, 1));
        narrow.Accept(new ParameterValue("""{"schedule":"polynomial","start":1,"end":0,"power":3}"""))
            .ShouldNotBeNull();
        narrow.Accept(new ParameterValue("""{"schedule":"polynomial","start":3,"end":0,"power":1}"""))
            .ShouldBeNull();
    }

    [Fact]
    public void Overlapping_ranges_keep_the_stricter_ends()
    {
        var closed = new ParameterRange(0, 5);
        closed.And(new ParameterRange(0, 9, ExclusiveMinimum: true))
            .ShouldBe(new ParameterRange(0, 5, ExclusiveMinimum: true));
        closed.And(new ParameterRange(-1, 5, ExclusiveMinimum: true, ExclusiveMaximum: true))
            .ShouldBe(new ParameterRange(0, 5, ExclusiveMaximum: true));
    }

    [Fact]
    public void What_is_expected_shows_every_form_that_changes() =>
        Positive.Expected.ShouldBe(
            "a number above 0, at most 1000, or {schedule: cosine or geometric or linear, start: …, end: …} "
            + "or {schedule: polynomial, start: …, end: …, power: …}");

    private static double[] Values(Schedule schedule) =>
        [.. Enumerable.Range(0, 5).Select(step => schedule.At(step, 5))];
}
