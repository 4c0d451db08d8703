using Shared.Reports;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

/// <summary>How a report shows samples beside training images.</summary>
public sealed class NearestReportedTests
{
    private static readonly NearestRecord Record = new(
        12_000, [[5, 6, 7], [9, 9, 10], [6, 8, 8]], [[3, 1, 2], [0, 4, 5], [7, 8, 9]], [4, 4.5f, 7.25f]);

    [Fact]
    public void Distances_are_read_as_they_were_written()
    {
        var read = NearestRecord.Read(Record.ToBytes())!;
        read.ToBytes().ShouldBe(Record.ToBytes());
        read.Indices[1].ShouldBe([0, 4, 5]);
        NearestRecord.Read("{}"u8).ShouldBeNull();
        NearestRecord.Read("""{"images":1.5,"samples":[],"indices":[],"test":[]}"""u8).ShouldBeNull();
        NearestRecord.Read([7]).ShouldBeNull();
    }

    [Fact]
    public void A_report_says_how_near_samples_and_test_images_lie_and_what_the_columns_are()
    {
        var text = With(Record.ToBytes()).Render("report.md");
        text.ShouldContain("## Nearest training images");
        text.ShouldContain(
            "![samples, and below each the nearest of 12,000 training images; distance to the nearest: 5.00 to 9.00 "
            + "(median 6.00), of test images 4.00 to 7.25 (median 4.50)](pictures/");
        text.ShouldContain("Each column: above the line a sample");
        text.ShouldNotContain("## Samples");
        With(Record.ToBytes()).Render("report.html").ShouldContain("src=\"data:image/png;base64,AQID\"");
    }

    [Fact]
    public void A_sample_that_lies_near_to_nothing_has_no_share_in_the_distances()
    {
        var odd = Record with { Samples = [[], [2], [4]], Test = [] };
        With(odd.ToBytes()).Render("report.md")
            .ShouldContain("distance to the nearest: 2.00 to 4.00 (median 3.00), of test images unknown");
    }

    [Fact]
    public void A_picture_without_readable_distances_is_shown_with_what_it_is()
    {
        With("{}"u8.ToArray()).Render("report.md").ShouldContain("![sample above nearest](pictures/");
        new RecordedSweep(RecordedSweep.Plan(1, [])).Complete(1, ("gap", 1)).Render("report.md")
            .ShouldNotContain("Nearest training images");
    }

    private static RecordedSweep With(byte[] record)
    {
        var sweep = new RecordedSweep(RecordedSweep.Plan(1, []));
        var attempt = sweep.Claim(1);
        sweep.Store(attempt, NearestRecord.PictureName, [1, 2, 3]);
        sweep.Store(attempt, NearestRecord.FileName, record, NearestRecord.MediaType);
        return sweep.End(attempt, Outcome.Completed);
    }
}
