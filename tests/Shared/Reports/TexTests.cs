namespace Tests.Shared.Reports;

public sealed class TexTests
{
    [Fact]
    public void Every_table_has_as_many_cells_in_each_row_as_columns()
    {
        var tables = GoldenSweep.Record().Render("report.tex").Split("\\begin{tabular}{").Skip(1).ToList();

        tables.Count.ShouldBe(5);   // configurations, the metric by both parameters, two parameters, how they act together
        foreach (var table in tables)
        {
            var columns = table[..table.IndexOf('}')].Length;
            string[] rows = [.. table.Split("\\bottomrule")[0].Split('\n').Where(line => line.EndsWith(" \\\\"))];
            rows.Length.ShouldBeGreaterThan(1);
            rows.ShouldAllBe(row => row.Split(" & ").Length == columns);
        }
    }

    [Fact]
    public void A_hostile_value_is_set_as_text_and_runs_nothing()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(
            1,
            [("initialisation.start", ["\"\\\\input{/etc/passwd}%&$#_^~\"", "\"buffer\""])],
            question: "50 % of it\n\\input{evil}"));
        var tex = sweep.Complete(1, ("gap_sd", 1)).Complete(2, ("gap_sd", 2)).Render("report.tex");

        tex.ShouldContain("\\textbackslash{}input\\{/etc/passwd\\}\\%\\&\\$\\#\\_\\textasciicircum{}\\textasciitilde{}");
        tex.Split('\n').Where(line => !line.StartsWith('%')).ShouldAllBe(line => !line.Contains("\\input{"));
        tex.Split('\n')[0].ShouldStartWith("% Tables of the sweep quickstart: 50 % of it");
    }
}
