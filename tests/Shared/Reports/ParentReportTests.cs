using System.Text.Json;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

/// <summary>Reports of sweeps whose trials began from another sweep's.</summary>
public sealed class ParentReportTests
{
    private const string Cause = "trial 5 of digits ended diverged without model.safetensors";

    private readonly RecordedSweep _sweep = Record();

    [Fact]
    public void The_provenance_names_the_parent_and_which_trial_of_it_each_trial_began_from()
    {
        var markdown = _sweep.Render("report.md");

        markdown.ShouldContain("| parent sweep | `digits` |");
        markdown.ShouldContain("Each trial began with model.safetensors of a trial of the sweep digits:");
        markdown.ShouldContain("| 1 | trial 4, attempt 2 | `ab12` |");
        markdown.ShouldContain($"| 2 | nothing: {Cause} |");
        markdown.ShouldContain("| 3 | nothing yet |");
        _sweep.Render("report.html").ShouldContain("trial 4, attempt 2");
    }

    [Fact]
    public void The_json_has_it_in_provenance_alone()
    {
        var report = JsonElement.Parse(_sweep.Render("report.json"));

        global::Shared.CanonicalJson.Of(report.GetProperty("provenance").GetProperty("from")).ShouldBe(
            """
            {"artifact":"model.safetensors","sweep":"digits",
            "trials":[{"parentAttempt":2,"parentTrial":4,"sha256":"ab12","trial":1}]}
            """.Replace("\n", "", StringComparison.Ordinal));
        report.GetProperty("results").GetRawText().ShouldNotContain("ab12");
    }

    [Fact]
    public void The_table_of_trials_has_a_column_of_the_parents_trials()
    {
        var lines = _sweep.Render("trials.csv").Split('\n');

        lines[0].ShouldStartWith("trial,configuration,replicate,outcome,parent_trial,loss,");
        lines[1].ShouldContain(",1,completed,4,");
        lines[2].ShouldContain(",2,failed,,");
    }

    [Fact]
    public void A_sweep_without_a_parent_says_nothing_of_one()
    {
        var alone = new RecordedSweep(RecordedSweep.Plan(1, []));

        alone.Render("trials.csv").ShouldNotContain("parent");
        alone.Render("report.md").ShouldNotContain("parent");
        JsonElement.Parse(alone.Render("report.json")).GetProperty("provenance").TryGetProperty("from", out _)
            .ShouldBeFalse();
    }

    private static RecordedSweep Record()
    {
        var plan = RecordedSweep.Plan(3, []) with { From = new ParentSweep("digits", ParentSweep.Model) };
        return new RecordedSweep(plan)
            .Release(1, new ParentArtifact(new AttemptId("digits", 4, 2), ParentSweep.Model, "ab12"))
            .FailWaiting(2, Cause)
            .Complete(1, ("fid_clf", 10));
    }
}
