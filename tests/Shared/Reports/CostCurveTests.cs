using System.Globalization;
using Shared.Reports;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

/// <summary>Learning curves over what they cost, and the metric over two parameters.</summary>
public sealed class CostCurveTests
{
    [Fact]
    public void Seconds_are_summed_from_updates_a_second_and_the_mean_stands_at_the_mean_of_its_replicates()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(2, []));
        Run(sweep, 1, rate: 10);   // 10 updates take 1 s, 20 take 2 s
        Run(sweep, 2, rate: 5);    // twice as long

        var svg = sweep.Render("curves/gap-over-seconds.svg");
        svg.ShouldContain(">seconds</text>");
        Ends(svg, "replicate").ShouldBe([Right(2.0 / 4), Right(4.0 / 4)], tolerance: 0.02);
        Ends(svg, "mean").ShouldBe([Right(3.0 / 4)], tolerance: 0.02);
    }

    [Fact]
    public void Over_gradient_evaluations_a_curve_ends_at_the_last_one_that_was_counted()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var attempt = sweep.Claim(1);
        sweep.Measure(
                attempt,
                (10, "gap", 1), (10, "gradient_evaluations", 500), (15, "gap", 3), (20, "gap", 2),
                (20, "gradient_evaluations", 2000), (30, "gap", 9))
            .End(attempt, Outcome.Completed);

        var svg = sweep.Render("curves/gap-over-gradient-evaluations.svg");
        var path = Paths(svg, "mean").Single().Split('M', 'L')[1..];
        path.Select(p => double.Parse(p.Split(' ')[0], CultureInfo.InvariantCulture))
            .ShouldBe([Right(0.25), Right(0.625), Right(1)], tolerance: 0.02);
    }

    [Fact]
    public void A_trial_that_counts_neither_has_curves_over_updates_alone()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var attempt = sweep.Claim(1);
        sweep.Measure(attempt, (10, "gap", 1), (20, "gap", 2)).End(attempt, Outcome.Completed);

        sweep.Render("report.md").ShouldNotContain("The same over what it cost");
        Report.Render(sweep.Model()).ShouldContain(f => f.Name == "curves/gap.svg");
        Report.Render(sweep.Model()).ShouldNotContain(f => f.Name.Contains("-over-"));
    }

    [Fact]
    public void A_rate_of_zero_or_nothing_gives_no_time()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var attempt = sweep.Claim(1);
        sweep.Measure(
                attempt,
                (10, "gap", 1), (10, "updates_per_second", 0), (20, "gap", 2), (20, "updates_per_second", double.NaN))
            .End(attempt, Outcome.Completed);

        Report.Render(sweep.Model()).ShouldNotContain(f => f.Name == "curves/gap-over-seconds.svg");
    }

    [Fact]
    public void Two_parameters_have_a_plot_with_a_line_for_each_value_of_the_second()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(
            2, [("sampler.steps", ["5", "20", "80"]), ("initialisation.start", ["\"noise\"", "\"buffer\""])]));
        for (var trial = 1; trial <= 12; trial++)
        {
            sweep.Complete(trial, ("fid_clf", trial));
        }

        var svg = sweep.Render("curves/interaction-1.svg");
        svg.ShouldContain(">fid_clf by sampler.steps and initialisation.start</text>");
        svg.ShouldContain(">start buffer</text>");
        svg.ShouldContain(">80</text>");
        Paths(svg, "mean").Count().ShouldBe(2);
        Paths(svg, "replicate").Count().ShouldBe(4);
        sweep.Render("report.md").ShouldContain("curves/interaction-1.svg");
    }

    [Fact]
    public void More_values_than_colours_have_no_such_plot()
    {
        var many = Enumerable.Range(1, 9).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, [("p", many), ("q", ["1", "2"])]));
        for (var trial = 1; trial <= 18; trial++)
        {
            sweep.Complete(trial, ("fid_clf", trial));
        }

        Report.Render(sweep.Model()).ShouldNotContain(f => f.Name.StartsWith("curves/interaction"));
    }

    private static void Run(RecordedSweep sweep, int trial, double rate)
    {
        var attempt = sweep.Claim(trial);
        sweep.Measure(
                attempt,
                (10, "gap", 1), (10, "updates_per_second", rate), (20, "gap", 2), (20, "updates_per_second", rate))
            .End(attempt, Outcome.Completed);
    }

    /// <summary>Where a share of the horizontal axis lies, in pixels: its ends are at 58 and 506.</summary>
    private static double Right(double share) => 58 + (448 * share);

    private static double[] Ends(string svg, string kind) => [.. Paths(svg, kind)
        .Select(p => double.Parse(p.Split('M', 'L')[^1].Split(' ')[0], CultureInfo.InvariantCulture))];

    private static IEnumerable<string> Paths(string svg, string kind) => svg
        .Split($"<path class=\"{kind}\" d=\"").Skip(1)
        .Select(s => s[..s.IndexOf('"')]).Where(p => !p.EndsWith("h30"));
}
