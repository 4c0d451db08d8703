using Shared.Sweeps;

namespace Tests.Shared.Reports;

public sealed class TrialsCsvTests
{
    [Fact]
    public void A_row_holds_the_parameters_and_the_last_value_of_each_result_metric()
    {
        var sweep = new RecordedSweep(
            RecordedSweep.Plan(1, [("initialisation.start", ["\"noise\"", "\"buffer\""])]));
        var attempt = sweep.Claim(1);
        sweep.Measure(attempt, (25, "accuracy", 0.5), (25, "updates_per_second", 40))
            .Measure(attempt, (300, "accuracy", 0.75))
            .End(attempt, Outcome.Completed);

        var lines = sweep.Render("trials.csv").Split('\n');

        lines[0].ShouldStartWith("trial,configuration,replicate,outcome,initialisation.start,loss,");
        lines[0].ShouldNotContain("updates_per_second");
        lines[1].ShouldStartWith("1,");
        lines[1].ShouldContain(",1,completed,noise,");
        lines[1].ShouldContain(",0.75,");
        lines[2].ShouldContain(",1,waiting,buffer,");
        lines[3].ShouldBe("");
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    public void A_cell_is_quoted_as_rfc_4180_says(string value, string expected)
    {
        var plan = RecordedSweep.Plan(1, [("p", [System.Text.Json.JsonSerializer.Serialize(value)])]);

        new RecordedSweep(plan).Render("trials.csv").ShouldContain($",1,waiting,{expected},");
    }
}
