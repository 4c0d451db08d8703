using Shared.Reports;
using Shared.Statistics;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

public sealed class HistogramTests
{
    private static readonly EvaluationHistograms Counts = new(
        new Histogram(-1.5, 2, [3, 0, 1]), new Histogram(-1.5, 2, [0, 4, 0]), new Histogram(-1.5, 2, [0, 0, 4]),
        [2, 2], [4, 0]);

    [Fact]
    public void Histograms_are_read_as_they_were_written()
    {
        var read = EvaluationHistograms.Read(Counts.ToBytes())!;
        read.ToBytes().ShouldBe(Counts.ToBytes());
        (read.Samples.Low, read.Noise.High).ShouldBe((-1.5, 2));
        read.SampleClasses.ShouldBe([4L, 0]);
        EvaluationHistograms.Read("{}"u8).ShouldBeNull();
        EvaluationHistograms.Read([1, 2]).ShouldBeNull();
        EvaluationHistograms.Read("""{"energy":3,"classes":{}}"""u8).ShouldBeNull();
    }

    [Fact]
    public void A_report_draws_energies_and_classes_of_each_configuration()
    {
        var names = Report.Render(WithHistograms(Counts.ToBytes()).Model()).Select(f => f.Name).ToArray();
        names.Count(n => n.EndsWith("-energies.svg", StringComparison.Ordinal)).ShouldBe(1);
        names.Count(n => n.EndsWith("-classes.svg", StringComparison.Ordinal)).ShouldBe(1);
        var html = WithHistograms(Counts.ToBytes()).Render("report.html");
        html.ShouldContain("Energies and classes");
        html.Split("class=\"column\"").Length.ShouldBe(1 + 4);   // two classes of two series
    }

    [Fact]
    public void What_is_no_histogram_and_a_sweep_without_them_leave_the_section_out()
    {
        WithHistograms([1, 2, 3]).Render("report.html").ShouldNotContain("Energies and classes");
        new RecordedSweep(RecordedSweep.Plan(1, [])).Complete(1, ("gap", 1)).Render("report.md")
            .ShouldNotContain("Energies and classes");
    }

    [Fact]
    public void A_metric_that_is_no_headline_stands_in_the_files_but_not_in_tables_unless_it_ranks()
    {
        var plain = new RecordedSweep(RecordedSweep.Plan(1, [])).Complete(1, ("ece", 0.125), ("fid_clf", 3));
        plain.Render("report.md").ShouldNotContain("`ece`");
        plain.Render("trials.csv").ShouldContain("0.125");
        plain.Render("report.json").ShouldContain("\"ece\": 0.125");
        var ranked = new RecordedSweep(
            RecordedSweep.Plan(1, [], metric: new MetricGoal("ece", Goal.Minimize))).Complete(1, ("ece", 0.125));
        ranked.Render("report.md").ShouldContain("`ece`");
    }

    private static RecordedSweep WithHistograms(byte[] bytes)
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var attempt = sweep.Claim(1);
        sweep.Measure(attempt, (10, "gap", 1));
        sweep.Store(attempt, EvaluationHistograms.FileName, bytes, EvaluationHistograms.MediaType);
        return sweep.End(attempt, Outcome.Completed);
    }
}
