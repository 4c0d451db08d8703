using System.Collections.Immutable;
using System.Text.Json;
using Shared.Experiments;
using Shared.Reports;
using Shared.Statistics;
using Shared.Sweeps;
using Tests.Shared.SweepFiles;

namespace Tests.Shared.Reports;

/// <summary>The score f averaged over replicates, and what a report says of it.</summary>
public sealed class OodEnsembleTests
{
    // Each alone mistakes another one of its two test images; together they mistake none.
    private static readonly OodScoreFile First = Scores([5, 0], ("mnist", [1, 2]), ("noise", [1, 2]));
    private static readonly OodScoreFile Second = Scores([0, 5], ("mnist", [1, 2]));

    [Fact]
    public void The_mean_of_two_models_can_be_right_where_each_is_wrong()
    {
        var ensemble = OodEnsemble.Of([First, Second]).ShouldHaveSingleItem();

        ensemble.ShouldBe(new OodEnsemble("mnist", Models: 2, Auroc: 1, Aupr: 1, Fpr95: 0));
        foreach (var alone in (OodScoreFile[])[First, Second])
        {
            var single = OodEnsemble.Of([alone])[0];
            (single.Auroc, single.Fpr95).ShouldBe((0.5, 1));
        }
    }

    [Fact]
    public void Means_are_taken_image_by_image_and_not_of_ranks()
    {
        // Means: test 3 and 1, others 2 and 0: three of four pairs are right; of greatest scores, two.
        var ensemble = OodEnsemble.Of(
            [Scores([4, 0], ("noise", [5, 0])), Scores([2, 2], ("noise", [-1, 0]))]).ShouldHaveSingleItem();

        ensemble.Auroc.ShouldBe(0.75);
        ensemble.Aupr.ShouldBe(0.5 + (0.5 * 2 / 3), 1e-12, "recall ½ at precision 1, then 1 at 2/3");
        ensemble.Fpr95.ShouldBe(0.5);
    }

    [Fact]
    public void An_ensemble_of_one_is_the_model()
    {
        double[] own = [0.3, 0.1, 0.25, 0.9], others = [0.2, 0.26, 0.25, -1];
        var ensemble = OodEnsemble.Of(
            [Scores([.. own.Select(f => (float)f)], ("noise", [.. others.Select(f => (float)f)]))]).Single();

        ensemble.Models.ShouldBe(1);
        ensemble.Auroc.ShouldBe(RankStatistics.Auroc(own, others));
        ensemble.Aupr.ShouldBe(DetectionCurve.AveragePrecision(own, others));
        ensemble.Fpr95.ShouldBe(DetectionCurve.FalsePositiveRate(own, others, 0.95));
    }

    [Fact]
    public void What_does_not_match_image_by_image_is_averaged_nowhere()
    {
        OodEnsemble.Of([]).ShouldBeEmpty();
        OodEnsemble.Of([First, Scores([1], ("mnist", [1, 2]))]).ShouldBeEmpty();
        OodEnsemble.Of([First, Scores([1, 2], ("mnist", [1]))]).ShouldBeEmpty();
        OodEnsemble.Of([First, Scores([1, float.NaN], ("mnist", [1, 2]))]).ShouldBeEmpty();
        OodEnsemble.Of([First, Scores([1, 2], ("mnist", [1, float.NaN]))]).ShouldBeEmpty();
    }

    [Fact]
    public void A_file_keeps_every_bit_and_other_bytes_are_none()
    {
        var file = Scores([1.5f, -0f, float.Epsilon, float.NegativeInfinity], ("fashion-mnist", [MathF.PI]));
        var read = OodScoreFile.Read(file.ToBytes())!;

        read.Test.Select(BitConverter.SingleToInt32Bits).ShouldBe(file.Test.Select(BitConverter.SingleToInt32Bits));
        read.Others.Keys.ShouldBe(["fashion-mnist"]);
        read.Others["fashion-mnist"].ShouldBe([MathF.PI]);
        foreach (var bytes in (string[])["", "{}", "[]", """{"test":"?","others":{}}""", """{"test":"AAAA"}"""])
        {
            OodScoreFile.Read(System.Text.Encoding.UTF8.GetBytes(bytes)).ShouldBeNull(bytes);
        }
    }

    [Fact]
    public void A_report_shows_ensembles_beside_the_mean_of_their_models()
    {
        var (measured, evaluation) = Recorded();
        var report = measured.Model() with { Evaluations = [new IncludedEvaluation(evaluation)] };

        foreach (var (model, key) in ((ReportModel Model, string Key)[])[(report, "evaluations"), (evaluation, "")])
        {
            var markdown = Render("report.md", model);
            // One model's mean of .7 and .8; the second configuration has the scores of one model only.
            markdown.ShouldContain("| start noise | mnist | 2 | 1.00 | 0.750 | 1.00 | — | 0 | — |");
            markdown.ShouldNotContain("| start buffer | mnist |");
            var results = JsonElement.Parse(Render("report.json", model)).GetProperty("results");
            var configurations = (key.Length == 0 ? results : results.GetProperty(key)[0]).GetProperty("configurations");
            var ensemble = configurations[0].GetProperty("ensembles").GetProperty("mnist");
            (ensemble.GetProperty("models").GetInt32(), ensemble.GetProperty("auroc").GetDouble()).ShouldBe((2, 1));
            configurations[1].GetProperty("ensembles").GetProperty("mnist").GetProperty("auroc").GetDouble()
                .ShouldBe(0.5);
        }

        Render("report.md", evaluation).ShouldContain("## Ensembles of replicates");
        Render("report.md", measured.Model()).ShouldNotContain("nsembles");
        Render("report.json", measured.Model()).ShouldNotContain("nsembles");
    }

    [Fact]
    public void The_scores_are_read_by_a_report_and_pictures_are_not_confused_with_them()
    {
        var (_, evaluation) = Recorded();

        evaluation.Artifacts.Where(a => ReportArtifact.IsShown(a.Entry)).Count().ShouldBe(3);
        evaluation.Artifacts.ShouldNotContain(a => ReportArtifact.IsPicture(a.Entry));
    }

    private static OodScoreFile Scores(float[] test, params (string Set, float[] Scores)[] others) => new(
        [.. test],
        others.ToImmutableSortedDictionary(
            o => o.Set, o => (ImmutableArray<float>)[.. o.Scores], StringComparer.Ordinal));

    private static string Render(string file, ReportModel model) => System.Text.Encoding.UTF8.GetString(
        [.. global::Shared.Reports.Report.Render(model).Single(f => f.Name == file).Bytes]);

    /// <summary>Two configurations with two replicates; the evaluation's last trial left no scores.</summary>
    private static (RecordedSweep Measured, ReportModel Evaluation) Recorded()
    {
        var measured = new RecordedSweep(
            RecordedSweep.Plan(2, [("initialisation.start", ["\"noise\"", "\"buffer\""])]));
        foreach (var trial in Enumerable.Range(1, 4))
        {
            measured.Complete(trial, ("fid_clf", 10 * trial));
        }

        var file = SweepFileFixture.Parsed(EvaluationFiles.Ood.Replace("demo", "quickstart", StringComparison.Ordinal));
        var plan = EvaluationPlan.Of(file.Plan, file.Experiment, measured.Source().State, ExperimentCatalog.Default)
            .ShouldBeOfType<EvaluationPlanResult.Planned>().Plan;
        var evaluation = new RecordedSweep(plan, "quickstart-ood");
        OodScoreFile?[] left = [First, Second, First, null];
        for (var trial = 1; trial <= left.Length; trial++)
        {
            evaluation.Release(
                trial, new ParentArtifact(new AttemptId("quickstart", trial, 1), ParentSweep.Model, "ab12"));
            var attempt = evaluation.Claim(trial);
            evaluation.Measure(attempt, (1, "auroc_f_mnist", 0.6 + (0.1 * trial)));
            if (left[trial - 1] is { } scores)
            {
                evaluation.Store(attempt, OodScoreFile.FileName, scores.ToBytes(), OodScoreFile.MediaType);
            }

            evaluation.End(attempt, Outcome.Completed);
        }

        return (measured, evaluation.Model(ModelEvaluationParameters.Metrics));
    }
}
