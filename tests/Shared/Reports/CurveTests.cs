using Shared.Reports;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

public sealed class CurveTests
{
    [Fact]
    public void A_gap_parts_the_line_where_a_value_is_not_finite()
    {
        var svg = Plot(
            (10, 1), (20, 2), (30, double.NaN), (40, 3), (50, double.PositiveInfinity), (60, 5), (70, 6));

        Paths(svg, "replicate").Single().Count(c => c == 'M').ShouldBe(3);
        svg.ShouldNotContain("NaN");
        svg.ShouldNotContain("∞");
    }

    [Fact]
    public void One_point_is_a_dot()
    {
        Plot((10, 1)).ShouldContain("<circle class=\"mean\"");
    }

    [Fact]
    public void Without_a_finite_point_there_is_no_plot()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var attempt = sweep.Claim(1);
        sweep.Measure(attempt, (10, "gap", double.NaN)).End(attempt, Outcome.Completed);

        Report.Render(sweep.Model()).ShouldNotContain(f => f.Name.StartsWith("curves/"));
        sweep.Render("report.html").ShouldNotContain("Learning curves");
    }

    [Fact]
    public void A_trial_that_ran_away_is_noted_and_does_not_stretch_the_axis()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(2, []));
        var good = sweep.Claim(1);
        sweep.Measure(good, (10, "gap", -1), (20, "gap", 1)).End(good, Outcome.Completed);
        var bad = sweep.Claim(2);
        sweep.Measure(bad, (10, "gap", 0), (20, "gap", 123456)).End(bad, Outcome.Diverged, "gap");

        var text = sweep.Render("report.md");
        text.ShouldContain("**1 trial left the plot, as far as 123456.**");
        var svg = sweep.Render("curves/gap.svg");
        svg.ShouldContain("class=\"cross\"");
        svg.ShouldContain(">−1.0<");
        svg.ShouldNotContain("e+");
    }

    [Fact]
    public void A_huge_range_of_completed_trials_gets_a_symmetric_log_scale()
    {
        var points = Enumerable.Range(1, 100).Select(i => (10 * i, Math.Sin(i)))
            .Append((1010, -1e6)).ToArray();
        var sweep = Sweep(points);

        sweep.Render("report.md").ShouldContain("Symmetric log scale, near linear within ±1.00.");
        sweep.Render("curves/gap.svg").ShouldContain(">−1e+6<");
    }

    [Fact]
    public void Points_of_an_earlier_attempt_are_not_drawn()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var lost = sweep.Claim(1);
        sweep.Measure(lost, (10, "gap", 700), (990, "gap", 700)).Lose(lost, "signal 9");
        var last = sweep.Claim(1);
        sweep.Measure(last, (10, "gap", 1), (20, "gap", 2)).End(last, Outcome.Completed);

        var svg = sweep.Render("curves/gap.svg");
        svg.ShouldNotContain(">700<");
        svg.ShouldNotContain(">1000<");
    }

    [Fact]
    public void A_long_curve_is_thinned_and_keeps_its_spike()
    {
        var points = Enumerable.Range(1, 10_000)
            .Select(i => (i, i == 5_003 ? 9.0 : Math.Sin(i / 500.0))).ToArray();
        var path = Paths(Sweep(points).Render("curves/gap.svg"), "mean").Single();

        path.Count(c => c is 'L' or 'M').ShouldBeLessThanOrEqualTo(400);
        var top = path.Split('M', 'L').Skip(1).Min(p => double.Parse(p.Split(' ')[1]));
        top.ShouldBeLessThan(40);
    }

    [Fact]
    public void More_configurations_than_colours_share_a_grey_line()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(
            1, [("p", [.. Enumerable.Range(1, 30).Select(i => $"{i}")])]));
        for (var trial = 1; trial <= 30; trial++)
        {
            sweep.Complete(trial, ("fid_clf", 100 - trial), ("gap", trial));
        }

        var html = sweep.Render("report.html");
        html.ShouldContain("22 more that rank behind these");
        html.ShouldContain("<g class=\"s7\">");
        html.ShouldContain("<g class=\"rest\">");
    }

    [Fact]
    public void A_line_among_many_has_fewer_points_and_keeps_its_spike()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(
            1, [("p", [.. Enumerable.Range(1, 9).Select(i => $"{i}")])]));
        for (var trial = 1; trial <= 9; trial++)
        {
            var (attempt, worst) = (sweep.Claim(trial), trial == 9);
            sweep.Measure(attempt, [
                .. Enumerable.Range(1, 1_000).Select(i => (i, "gap", worst && i == 503 ? 9.0 : Math.Sin(i / 50.0))),
                (1_000, "fid_clf", trial)]).End(attempt, Outcome.Completed);
        }

        var rest = sweep.Render("curves/gap.svg").Split("<g class=\"rest\">")[1].Split("</g>")[0];
        var path = Paths(rest, "mean").Single();
        path.Count(c => c is 'L' or 'M').ShouldBeLessThanOrEqualTo(100);
        path.Split('M', 'L').Skip(1).Min(p => double.Parse(p.Split(' ')[1])).ShouldBeLessThan(40);
    }

    private static string Plot(params (int Step, double Value)[] points) =>
        Sweep(points).Render("curves/gap.svg");

    private static RecordedSweep Sweep((int Step, double Value)[] points)
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var attempt = sweep.Claim(1);
        return sweep.Measure(attempt, [.. points.Select(p => (p.Step, "gap", p.Value))])
            .End(attempt, Outcome.Completed);
    }

    private static IEnumerable<string> Paths(string svg, string kind) => svg
        .Split($"<path class=\"{kind}\" d=\"").Skip(1)
        .Select(s => s[..s.IndexOf('"')]).Where(p => !p.EndsWith("h30"));
}
