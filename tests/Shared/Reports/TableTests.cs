using Shared.Reports;
using Shared.Search;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

/// <summary>Tables by parameters down and across, and heat maps of them.</summary>
public sealed class TableTests
{
    private static readonly (string, string[])[] StepsBySize =
        [("sampler.steps", ["5", "20"]), ("sampler.step_size", ["1", "10", "100"])];

    [Fact]
    public void Two_swept_parameters_make_a_table_of_the_sweeps_metric_by_themselves()
    {
        var report = Filled(StepsBySize, null, (trial, _) => trial).Render("report.md");

        report.ShouldContain("### Mean `fid_clf`\u00a0↓ by `sampler.steps`, `sampler.step_size`");
        report.ShouldContain("| `sampler.steps` | `step_size 1` | `step_size 10` | `step_size 100` |");
        report.ShouldContain("| 20 | 11.0 ± 1.0 (3) | 14.0 ± 1.0 (3) | 17.0 ± 1.0 (3) |");
    }

    [Fact]
    public void One_swept_parameter_makes_none() =>
        Filled([("sampler.steps", ["5", "20"])], null, (trial, _) => trial).Render("report.md")
            .ShouldNotContain("## Tables");

    [Fact]
    public void What_stands_neither_down_nor_across_is_taken_together()
    {
        var asked = new ReportTable(["sampler.step_size"], [], "fid_clf", Aggregate.Mean);
        var report = Filled(StepsBySize, asked, (trial, replicate) => trial > 9 ? 100 : replicate).Render("report.md");

        report.ShouldContain("| 10 | 51 ± 54 (6) |");
        report.ShouldContain("a cell takes its values together");
    }

    [Fact]
    public void A_cell_stands_out_where_all_that_shares_the_rest_is_clearly_behind()
    {
        // From steps 5 to 20 every trial gains 1, whatever the step size, which moves it far more.
        var asked = new ReportTable(["sampler.steps"], [], "fid_clf", Aggregate.Mean);
        var report = Filled(
            StepsBySize, asked,
            (trial, replicate) => (100 * ((trial - 1) / 3 % 3)) + replicate - (trial > 9 ? 1 + (0.01 * replicate) : 0));

        report.Render("report.md").ShouldContain("| 20 | **101** ± 87 (9) |");
        report.Render("report.md").ShouldContain("| 5 | 102 ± 87 (9) |");
    }

    [Fact]
    public void Medians_stand_with_quartiles_and_interquartile_means_alone_below_twenty_values()
    {
        string Row(Aggregate aggregate) => Filled(
                StepsBySize, new ReportTable(["sampler.steps"], [], "fid_clf", aggregate), (trial, _) => trial)
            .Render("report.md").Split('\n').Single(line => line.StartsWith("| 5 |") && line.EndsWith("(9) |"));

        Row(Aggregate.Median).ShouldBe(@"| 5 | 5.00 \[3.00, 7.00\] (9) |");
        Row(Aggregate.Iqm).ShouldBe("| 5 | 5.00 (9) |");
    }

    [Fact]
    public void Diverged_trials_are_counted_beside_the_value_that_they_have_no_share_in()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(3, StepsBySize));
        for (var trial = 1; trial <= 3; trial++)
        {
            var attempt = sweep.Claim(trial);
            sweep.Measure(attempt, (300, "fid_clf", trial));
            sweep.End(attempt, trial == 3 ? Outcome.Diverged : Outcome.Completed);
        }

        sweep.Render("report.md").ShouldContain("| 5 | 1.50 ± 0.71 (2) 1 diverged |");
    }

    [Fact]
    public void Numbers_down_and_across_make_a_map_whose_cells_say_their_values()
    {
        var sweep = Filled(StepsBySize, null, (trial, _) => trial);

        var map = sweep.Render("curves/table-1.svg");
        map.Split("<rect class=\"heat\"").Length.ShouldBe(7);
        map.ShouldContain(">17.0</text>");
        map.ShouldContain("opacity=\"0.06\"");
        map.ShouldContain("opacity=\"0.62\"");
        sweep.Render("report.html").ShouldContain("aria-label=\"fid_clf by sampler.steps and sampler.step_size\"");
    }

    [Fact]
    public void What_counts_as_diverged_is_said_with_the_rules_that_are_on()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(
            2, [], [("detector.energy_limit", "100000"), ("detector.gap_mad", "\"none\""), ("detector.gap_updates", "10")]));
        sweep.Complete(1, ("fid_clf", 1));
        sweep.End(sweep.Claim(2), Outcome.Diverged, "E");

        var text = sweep.Render("report.md");
        text.ShouldContain("a trial is one by detector.energy\\_limit 100000, or by a number that is not finite");
        text.ShouldContain("| 1 of 2 1 diverged |");
    }

    [Fact]
    public void Metrics_that_were_measured_are_explained_in_the_report_itself()
    {
        var text = new RecordedSweep(RecordedSweep.Plan(1, [])).Complete(1, ("gap_sd", 1)).Render("report.md");

        text.ShouldContain("| metric | unit | meaning | formula |");
        text.ShouldContain("| `gap_sd`\u00a0↓ | 1 | Training stability: spread of the gap");
        text.ShouldNotContain("| `accuracy`\u00a0↑ | 1 |");
    }

    [Fact]
    public void A_fixed_parameter_that_some_configurations_use_is_not_called_ignored()
    {
        string Text(params (string, string)[] fixedOnes) => new RecordedSweep(RecordedSweep.Plan(1, [], fixedOnes))
            .Complete(1, ("fid_clf", 1)).Render("report.md");

        Text().ShouldContain("switches them off in every configuration: `initialisation.buffer_size`.");
        Text(("initialisation.buffer_size", "2000")).ShouldNotContain("switches them off");
    }

    [Fact]
    public void Words_make_no_map() =>
        Filled(
            [("sampler.steps", ["5", "20"]), ("initialisation.start", ["\"noise\"", "\"buffer\""])],
            null, (trial, _) => trial)
            .Render("report.html").ShouldNotContain("class=\"heat\"");

    [Theory]
    [InlineData("10", "0.005", "1.25e-6")]
    [InlineData("0.5", "1", "1.00")]
    [InlineData("""{"schedule":"geometric","start":20,"end":2}""", "0.02", "0.0000100 → 0.000100")]
    public void The_temperature_of_a_chain_is_half_the_squared_noise_by_the_step(
        string step, string noise, string expected)
    {
        var configuration = Configuration.Of([], Sampler("decoupled", step, noise));

        ChainTemperature.Of(configuration).ToString().ShouldBe(expected);
        ChainTemperature.Of(Configuration.Of([], Sampler("textbook", step, noise))).ToString().ShouldBe("1.00");
    }

    [Fact]
    public void Temperatures_that_differ_have_a_column()
    {
        var report = Filled(
            [("sampler.noise", ["0.005", "1"])], null, (trial, _) => trial,
            ("sampler.form", "\"decoupled\""), ("sampler.steps", "20"), ("sampler.step_size", "10")).Render("report.md");

        report.ShouldContain("| `sampler.noise` | τ | ");
        report.ShouldContain(" | 1 | 0.0500 | ");
    }

    private static IEnumerable<KeyValuePair<string, ParameterValue>> Sampler(string form, string step, string noise) =>
    [
        KeyValuePair.Create("sampler.form", new ParameterValue($"\"{form}\"")),
        KeyValuePair.Create("sampler.steps", new ParameterValue("20")),
        KeyValuePair.Create("sampler.step_size", new ParameterValue(step)),
        KeyValuePair.Create("sampler.noise", new ParameterValue(noise)),
    ];

    /// <summary>Three replicates of each configuration, all completed.</summary>
    private static RecordedSweep Filled(
        (string, string[])[] swept,
        ReportTable? asked,
        Func<int, int, double> value,
        params (string, string)[] fixedOnes)
    {
        var plan = RecordedSweep.Plan(3, swept, fixedOnes);
        var sweep = new RecordedSweep(asked is null ? plan : plan with { Report = new SweepReport([asked]) });
        foreach (var trial in plan.Trials)
        {
            sweep.Complete(trial.Number, ("fid_clf", value(trial.Number, trial.Replicate)));
        }

        return sweep;
    }
}
