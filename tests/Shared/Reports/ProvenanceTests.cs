namespace Tests.Shared.Reports;

/// <summary>Where a report says its numbers come from, and what they cost.</summary>
public sealed class ProvenanceTests
{
    private static readonly (string, string[])[] Start =
        [("initialisation.start", ["\"noise\"", "\"buffer\""])];

    [Fact]
    public void The_time_of_attempts_that_came_to_nothing_is_told_apart()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, Start));
        sweep.Lose(sweep.Claim(1), "the slot's process ended by signal 9");
        sweep.Complete(1, ("gap_sd", 1)).Complete(2, ("gap_sd", 2));
        var report = sweep.Render("report.md");

        // Every event of a recorded sweep is a minute after the one before it.
        report.ShouldContain("| slot time | 3 min 0 s, of it 1 min 0 s without a result |");
        report.ShouldContain("| start noise | 2 | 2 min 0 s | 1 min 0 s |");
        report.ShouldContain("| start buffer | 1 | 1 min 0 s | 0 s |");
    }

    [Fact]
    public void The_sweep_file_stands_in_the_report_with_its_hash()
    {
        var plan = RecordedSweep.Plan(1, Start) with { Spec = """{"name":"quickstart","seed":1}""" };
        var report = new RecordedSweep(plan).Complete(1, ("gap_sd", 1)).Render("report.md");

        // printf '%s' '{"name":"quickstart","seed":1}' | sha256sum
        report.ShouldContain("sha256 `28de30bf7477ba9daa1e3ee8560da4399947552b4d82ed8b1e4b832767e2d01a`");
        report.ShouldContain("  \"name\": \"quickstart\",\n");
    }
}
