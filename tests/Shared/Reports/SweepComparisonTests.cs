using System.Text;
using System.Text.Json;
using Shared.Reports;
using Shared.Reports.Comparing;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

/// <summary>Several sweeps beside each other.</summary>
public sealed class SweepComparisonTests
{
    private static readonly (string, string[])[] Start =
        [("initialisation.start", ["\"noise\"", "\"buffer\""])];

    [Fact]
    public void The_best_of_all_sweeps_is_named_with_how_sure_that_is()
    {
        var report = Render("report.md", Sweep("first", 10, Start), Sweep("second", 5, Start));

        report.ShouldContain(
            "Best mean `fid_clf` of all: **second: start buffer**, 4.211 ± 0.011 (n = 3); next "
            + "**second: start noise**, 5.010 ± 0.010 (n = 3), clearly behind (difference −0.799");
        report.ShouldContain("* **first**: start buffer, 9.211 ± 0.011 (n = 3).");
        report.ShouldContain("| `second` | start buffer | **4.211** ± 0.011 (3) | 3 of 3 | 0 |");
    }

    [Fact]
    public void Sweeps_of_other_seeds_are_not_tested_as_pairs()
    {
        var other = Sweep("second", 5, Start, seed: 2);

        Render("report.md", Sweep("first", 10, Start), other)
            .ShouldContain("seeds or data of the sweeps differ, so their replicates are no pairs and are not tested.");
    }

    [Fact]
    public void What_the_files_say_differently_is_listed_and_the_rest_is_not()
    {
        var first = Sweep("first", 10, Start, fixedOnes: [("sampler.steps", "20"), ("model.hidden", "16")]);
        var second = Sweep("second", 5, Start, fixedOnes: [("sampler.steps", "60"), ("model.hidden", "16")]);
        var report = Render("report.md", first, second);

        report.ShouldContain("| `sampler.steps` | 20 | 60 |");
        report.ShouldNotContain("| `model.hidden`");
        report.ShouldNotContain("| `seed`");
    }

    [Fact]
    public void A_metric_that_not_every_sweep_has_ranks_nothing()
    {
        var other = Sweep("second", 5, Start, metric: new MetricGoal("accuracy", Goal.Maximize));
        var goesForMuch = Sweep("third", 5, Start, metric: new MetricGoal("fid_clf", Goal.Maximize));

        Render("report.md", Sweep("first", 10, Start), other).ShouldContain("Best mean `fid_clf` of all");
        Render("report.md", Sweep("first", 10, Start), goesForMuch).ShouldContain("nothing ranks them.");
    }

    [Fact]
    public void Sweeps_that_are_not_over_say_so_before_they_answer()
    {
        var plan = RecordedSweep.Plan(3, Start);
        var waiting = new RecordedSweep(plan, "second").Model();

        Render("report.md", Sweep("first", 10, Start), waiting).ShouldContain("**Unfinished.** Trials are still to come");
        Render("report.md", Sweep("first", 10, Start), Sweep("second", 5, Start)).ShouldNotContain("Unfinished");
    }

    [Fact]
    public void One_object_of_JSON_holds_the_results_of_each_sweep_and_one_table_every_trial()
    {
        var json = JsonDocument.Parse(Render("report.json", Sweep("first", 10, Start), Sweep("second", 5, Start)));
        json.RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(["first", "second"]);
        json.RootElement.GetProperty("second").GetProperty("results").GetProperty("trials").GetArrayLength().ShouldBe(6);

        var csv = Render("trials.csv", Sweep("first", 10, Start), Sweep("second", 5, Start)).Split('\n');
        csv[0].TrimEnd('\r').ShouldBe("sweep,trial,configuration,label,replicate,outcome,metric,value");
        csv.Count(line => line.StartsWith("second,")).ShouldBe(6);
    }

    [Fact]
    public void One_sweep_is_no_comparison() =>
        Should.Throw<ArgumentException>(() => SweepComparison.Of([Sweep("first", 10, Start)]));

    private static string Render(string name, params ReportModel[] sweeps) => Encoding.UTF8.GetString(
        [.. ComparisonReport.Render(SweepComparison.Of([.. sweeps])).Single(f => f.Name == name).Bytes]);

    /// <summary>Three replicates; a buffer takes .8 off the metric.</summary>
    private static ReportModel Sweep(
        string name,
        double level,
        (string, string[])[] swept,
        long seed = 1,
        (string, string)[]? fixedOnes = null,
        MetricGoal? metric = null)
    {
        var plan = RecordedSweep.Plan(3, swept, fixedOnes, metric) with { Seed = seed };
        var sweep = new RecordedSweep(plan, name);
        foreach (var trial in plan.Trials)
        {
            var wobble = 0.01 * (trial.Replicate - 1) * (trial.Number > 3 ? 1.1 : 1);
            sweep.Complete(trial.Number, ("fid_clf", level - (trial.Number > 3 ? 0.8 : 0) + wobble));
        }

        return sweep.Model();
    }
}
