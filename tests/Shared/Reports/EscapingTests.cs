using Shared.Sweeps;

namespace Tests.Shared.Reports;

public sealed class EscapingTests
{
    private const string Hostile =
        "</script><img src=x onerror=alert(1)> \"q\" 'a' & | `x` \u0000\u001b[31m\r\nnext";

    [Fact]
    public void Html_shows_hostile_texts_as_texts()
    {
        var html = Record().Render("report.html");

        html.ShouldNotContain("<img src=x");
        html.ShouldNotContain("<script");
        html.ShouldNotContain("</script");
        html.ShouldContain("&lt;img src=x onerror=alert(1)&gt; &quot;q&quot; &#39;a&#39; &amp;");
        html.ShouldContain("␀␛[31m");
        html.ShouldNotContain('\u0000'.ToString());
        html.ShouldNotContain('\u001b'.ToString());
    }

    [Fact]
    public void Html_loads_nothing_and_runs_nothing()
    {
        var html = GoldenSweep.Record(pictures: (_, _) => [1, 2, 3]).Render("report.html");

        html.ShouldNotContain("http://");
        html.ShouldNotContain("https://");
        html.ShouldNotContain("<script");
        html.ShouldNotContain("<link");
        html.ShouldNotContain("@import");
        html.ShouldContain("src=\"data:image/png;base64,AQID\"");
    }

    [Fact]
    public void Markdown_keeps_hostile_texts_in_their_cell_and_their_fence()
    {
        var lines = Record().Render("report.md").Split('\n');

        var row = lines.Single(l => l.StartsWith("| 1 | 1 | failed"));
        row.ShouldContain("\\<img src=x onerror=alert(1)\\>");
        row.ShouldContain("\\| \\`x\\`");
        lines.ShouldNotContain(l => l.StartsWith("<img"));
    }

    [Fact]
    public void A_fence_is_longer_than_any_in_the_log()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        sweep.End(sweep.Claim(1), Outcome.Failed, "broken", "a\n`````\n# not a heading\n");

        sweep.Render("report.md").ShouldContain("``````text\na\n`````\n# not a heading\n``````\n");
    }

    [Fact]
    public void Only_the_end_of_a_long_log_is_shown()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var log = string.Join('\n', Enumerable.Range(1, 500).Select(i => $"line {i}."));
        sweep.End(sweep.Claim(1), Outcome.Failed, "broken", log);
        var html = sweep.Render("report.html");

        html.ShouldContain("line 500.");
        html.ShouldContain("line 461.");
        html.ShouldNotContain("line 460.");
    }

    [Fact]
    public void A_picture_with_a_hostile_name_gets_a_harmless_file()
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var attempt = sweep.Claim(1);
        sweep.Store(attempt, "../../etc/passwd", [1]).Store(attempt, "notes.txt", [2], "text/plain")
            .End(attempt, Outcome.Completed);

        var names = global::Shared.Reports.Report.Render(sweep.Model()).Select(f => f.Name).ToArray();

        names.ShouldAllBe(n => !n.Contains("..", StringComparison.Ordinal));
        names.Count(n => n.StartsWith("pictures/44136fa3-")).ShouldBe(1);
    }

    private static RecordedSweep Record()
    {
        var sweep = new RecordedSweep(
            RecordedSweep.Plan(
                1, [("p", [System.Text.Json.JsonSerializer.Serialize(Hostile), "1"])], question: Hostile),
            Hostile)
        {
            Worker = Hostile,
            Device = Hostile,
        };
        sweep.End(sweep.Claim(1), Outcome.Failed, Hostile, Hostile);
        return sweep.Complete(2, ("fid_clf", 3));
    }
}
