using Shared.Sweeps;
using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.SweepFiles;

/// <summary>What a sweep file says of the tables of its report.</summary>
public sealed class ReportTables
{
    private const string One =
        "\nreport: {rows: sampler.step_size, columns: [initialisation.start], value: accuracy, aggregate: iqm}";

    [Fact]
    public void A_file_says_what_stands_down_and_across()
    {
        var table = Parsed(Quickstart + One).Plan.Report!.Tables.ShouldHaveSingleItem();

        table.Rows.ShouldBe(["sampler.step_size"]);
        table.Columns.ShouldBe(["initialisation.start"]);
        (table.Value, table.Aggregate).ShouldBe(("accuracy", Aggregate.Iqm));
    }

    [Fact]
    public void A_table_that_names_no_metric_shows_the_mean_of_the_sweeps_own()
    {
        var table = Parsed(Quickstart + "\nreport:\n  - rows: [sampler.steps]\n  - {rows: model.hidden}")
            .Plan.Report!.Tables[0];

        (table.Value, table.Aggregate).ShouldBe(("fid_clf", Aggregate.Mean));
        table.Columns.ShouldBeEmpty();
    }

    [Fact]
    public void The_canonical_file_says_the_same_and_another_table_is_a_changed_key()
    {
        var plan = Parsed(Quickstart + One).Plan;

        Parsed(plan.Spec).Plan.Spec.ShouldBe(plan.Spec);
        Parsed(plan.Spec).Plan.Report!.Json.ShouldBe(plan.Report!.Json);
        CanonicalSpec.ChangedKeys(Parsed(Quickstart).Plan.Spec, plan.Spec).ShouldBe(["report"]);
        Parsed(Quickstart).Plan.Spec.ShouldNotContain("report");
    }

    [Fact]
    public void The_canonical_file_of_a_table_without_columns_is_a_sweep_file_too()
    {
        var plan = Parsed(Quickstart + "\nreport: {rows: sampler.steps}").Plan;

        plan.Spec.ShouldContain("\"columns\":[]");
        Parsed(plan.Spec).Plan.Spec.ShouldBe(plan.Spec);
    }

    [Fact]
    public void More_tables_than_a_report_has_are_counted() =>
        Problems(Quickstart + $"\nreport: [{string.Join(", ", Enumerable.Repeat("{rows: sampler.steps}", 17))}]")
            .ShouldHaveSingleItem().ShouldContain("report: found a list, expected at most 16 tables, and these are 17");

    [Theory]
    [InlineData("[{rows: sampler.steps}, 3]", "report: found 3, expected {rows: PARAMETER, ")]
    [InlineData(
        "[{rows: sampler.steps}, {rows: [sampler.steps], aggregate: mean}]", ", expected each table once")]
    [InlineData("table", "report: found \"table\", expected {rows: PARAMETER, columns: PARAMETER, ")]
    [InlineData("[]", "report: found an empty list, expected {rows: PARAMETER, ")]
    [InlineData("{columns: sampler.steps}", "report.rows: found nothing, expected the dotted name of a parameter")]
    [InlineData("{rows: []}", "report.rows: found an empty list, expected the dotted name of a parameter")]
    [InlineData("{rows: sampler.stps}", "report.rows: found \"sampler.stps\", expected sampler.steps perhaps, one of ")]
    [InlineData(
        "{rows: sampler.steps, columns: sampler.steps}",
        "report.columns: found \"sampler.steps\", expected each parameter once in a table")]
    [InlineData("{rows: sampler.steps, value: speed}", "report.value: found \"speed\", expected one of loss, ")]
    [InlineData(
        "{rows: sampler.steps, aggregate: mode}", "report.aggregate: found \"mode\", expected one of mean, median, iqm")]
    [InlineData("{rows: sampler.steps, colour: blue}", "report.colour: found an unknown key")]
    public void What_is_no_table_is_refused_by_its_place(string value, string problem) =>
        Problems(Quickstart + $"\nreport: {value}").ShouldHaveSingleItem().ShouldContain(problem);
}
