using System.Text.Json;
using Shared.Experiments;
using Shared.Reports;
using Shared.Sweeps;
using Tests.Shared.SweepFiles;
using Tests.Shared.Sweeps;

namespace Tests.Shared.Reports;

/// <summary>Reports that include evaluations of their sweep's models.</summary>
public sealed class EvaluationReportTests
{
    private const string Metric = "auroc_f_fashion_mnist";

    private static readonly RecordedSweep Measured = Measure();

    private static readonly ReportModel Report = Measured.Model() with
    {
        Evaluations = [new IncludedEvaluation(Evaluate().Model(ModelEvaluationParameters.Metrics))],
    };

    [Fact]
    public void A_table_has_each_headline_metric_of_each_configuration_with_its_spread()
    {
        var markdown = Render("report.md", Report);

        markdown.ShouldContain("## Evaluations of the models");
        markdown.ShouldContain("### `quickstart-ood`");
        markdown.ShouldContain("4 of 4 models measured. Measured with ood.images 500, ");
        markdown.ShouldContain("| configuration | `initialisation.start` | `auroc_f_fashion_mnist`\u00a0↑ |");
        // Of .7 and .8, and of .90 and .92: the sample deviation is the difference by √2.
        markdown.ShouldContain("| noise | 0.750 ± 0.071 (2) |");
        markdown.ShouldContain("| buffer | 0.910 ± 0.014 (2) |");
    }

    [Fact]
    public void Every_metric_stands_in_a_second_table_with_unit_direction_number_and_interval()
    {
        var markdown = Render("report.md", Report);

        markdown.ShouldContain("All 2 metrics of quickstart-ood");
        markdown.ShouldContain("| `auroc_f_fashion_mnist` | 1 | more | start noise | 2 | 0.750 | 0.115 … 1.39 |");
        markdown.ShouldContain("| `fpr95_f_fashion_mnist` | 1 | less | start buffer | 1 | 0.250 | — |");
    }

    [Fact]
    public void What_was_measured_of_samples_stands_beside_stability_and_speed()
    {
        var report = Measured.Model() with
        {
            Evaluations =
            [
                new IncludedEvaluation(Evaluate(("samples_kid", 40), ("start_kid", 900), ("samples_recall", 0.5))
                    .Model(ModelEvaluationParameters.Metrics)),
            ],
        };

        var markdown = Render("report.md", report);

        var section = markdown[markdown.IndexOf("## Stability, speed and samples", StringComparison.Ordinal)..];
        section.ShouldContain("| configuration | `samples_kid`\u00a0↓ | `start_kid` | `samples_recall`\u00a0↑ |");
        section.ShouldContain("| start buffer | 40.0 ± 0 (2) | 900 ± 0 (2) | 0.500 ± 0 (2) |");
        Render("report.md", Report).ShouldNotContain("Samples from fresh noise as");
    }

    [Fact]
    public void Its_metrics_are_explained_in_the_report_that_includes_it()
    {
        var markdown = Render("report.md", Report);

        markdown.ShouldContain("What the metrics of quickstart-ood mean");
        markdown.ShouldContain("| `auroc_f_fashion_mnist`\u00a0↑ | 1 | ");
    }

    [Fact]
    public void Its_own_report_shows_what_it_measured_and_nothing_of_the_training()
    {
        var markdown = Render("report.md", Evaluate().Model(ModelEvaluationParameters.Metrics));

        markdown.ShouldContain("| configuration | `initialisation.start` | `auroc_f_fashion_mnist`\u00a0↑ | ");
        markdown.ShouldNotContain("auroc_f_noise");
        markdown.ShouldNotContain("Stability");
    }

    [Fact]
    public void The_json_has_the_numbers_in_results_and_the_names_in_provenance()
    {
        var json = JsonElement.Parse(Render("report.json", Report));
        var results = json.GetProperty("results").GetProperty("evaluations")[0];

        var first = results.GetProperty("configurations")[0];
        first.GetProperty("id").GetString().ShouldBe(Measured.Model().Configurations[0].Configuration.Id);
        first.GetProperty("metrics").GetProperty(Metric).GetProperty("mean").GetDouble().ShouldBe(0.75, 1e-12);
        results.GetProperty("parameters").GetProperty("ood.set").GetString().ShouldBe("others");
        json.GetProperty("results").GetRawText().ShouldNotContain("quickstart-ood");
        json.GetProperty("provenance").GetProperty("evaluations")[0].GetProperty("sweep").GetString()
            .ShouldBe("quickstart-ood");
    }

    [Fact]
    public void The_provenance_says_by_which_command_it_regenerates()
    {
        var markdown = Render("report.md", Report);

        markdown.ShouldContain("| evaluations | `quickstart-ood` |");
        markdown.ShouldContain("`./sweep report quickstart --with quickstart-ood`");
    }

    [Fact]
    public void A_report_that_includes_none_says_nothing_of_evaluations()
    {
        foreach (var file in (string[])["report.md", "report.html", "report.json", "report.tex"])
        {
            Render(file, Measured.Model()).Contains("valuations", StringComparison.Ordinal).ShouldBeFalse(file);
        }
    }

    [Fact]
    public void What_is_no_evaluation_of_the_sweep_is_refused_in_one_sentence()
    {
        var sweep = Measured.Source().State;
        var evaluation = Evaluate().Source().State;

        IncludedEvaluation.WhyNot(sweep, evaluation).ShouldBeNull();
        IncludedEvaluation.WhyNot(sweep, sweep).ShouldBe(
            "quickstart is no evaluation but a sweep of two-head: compare it with ./sweep report quickstart quickstart");
        IncludedEvaluation.WhyNot(Given.Sweep(2), evaluation)
            .ShouldBe("quickstart-ood is an evaluation of quickstart and not of demo");
    }

    private static string Render(string file, ReportModel model) => System.Text.Encoding.UTF8.GetString(
        [.. global::Shared.Reports.Report.Render(model).Single(f => f.Name == file).Bytes]);

    private static RecordedSweep Measure()
    {
        var sweep = new RecordedSweep(
            RecordedSweep.Plan(2, [("initialisation.start", ["\"noise\"", "\"buffer\""])]));
        foreach (var trial in Enumerable.Range(1, 4))
        {
            sweep.Complete(trial, ("fid_clf", 10 * trial));
        }

        return sweep;
    }

    private static RecordedSweep Evaluate(params (string, double)[] beside)
    {
        var file = SweepFileFixture.Parsed(
            EvaluationFiles.Ood.Replace("demo", "quickstart", StringComparison.Ordinal));
        var state = Measured.Source().State;
        var plan = EvaluationPlan.Of(file.Plan, file.Experiment, state, ExperimentCatalog.Default)
            .ShouldBeOfType<EvaluationPlanResult.Planned>().Plan;
        double[] aurocs = [0.7, 0.8, 0.90, 0.92];
        var evaluation = new RecordedSweep(plan, "quickstart-ood");
        for (var trial = 1; trial <= aurocs.Length; trial++)
        {
            evaluation.Release(
                trial, new ParentArtifact(new AttemptId("quickstart", trial, 1), ParentSweep.Model, "ab12"));
            evaluation.Complete(trial, trial == 3
                ? [(Metric, aurocs[trial - 1]), ("fpr95_f_fashion_mnist", 0.25), .. beside]
                : [(Metric, aurocs[trial - 1]), .. beside]);
        }

        return evaluation;
    }
}
