using System.Text;
using Shared.Reports;

namespace Tests.Shared.Reports;

/// <summary>
/// The report of <see cref="GoldenSweep"/> against the committed one. The files that a run makes lie in
/// <c>artifacts/golden/report</c>; after a change that is meant, copy them over <c>tests/Golden/report</c>.
/// </summary>
public sealed class GoldenReportTests
{
    [Fact]
    public void The_report_of_a_recorded_history_is_the_committed_one()
    {
        var files = Report.Render(GoldenSweep.Record(pictures: Picture).Model());
        foreach (var file in files)
        {
            RepositoryFiles.WriteArtifact($"golden/report/{file.Name}", [.. file.Bytes]);
        }

        foreach (var file in files)
        {
            var golden = RepositoryFiles.Read($"tests/Golden/report/{file.Name}");
            Encoding.Latin1.GetString([.. file.Bytes]).ShouldBe(Encoding.Latin1.GetString(golden), file.Name);
        }
    }

    [Fact]
    public void The_same_history_gives_the_same_bytes_in_any_order_of_reading()
    {
        var source = GoldenSweep.Record(pictures: (_, _) => [1, 2, 3]).Source();
        var shuffled = source with
        {
            Batches = [.. source.Batches.Reverse()],
            Artifacts = [.. source.Artifacts.Reverse()],
        };

        var first = Report.Render(ReportModel.Build(source));
        var second = Report.Render(ReportModel.Build(shuffled));

        second.Select(f => f.Name).ShouldBe(first.Select(f => f.Name));
        second.Zip(first).ShouldAllBe(p => p.First.Bytes.SequenceEqual(p.Second.Bytes));
    }

    [Fact]
    public void Texts_have_no_byte_order_mark_and_no_carriage_return()
    {
        foreach (var file in Report.Render(GoldenSweep.Record().Model()).Where(f => !f.Name.EndsWith(".png")))
        {
            file.Bytes[0].ShouldNotBe((byte)0xEF, file.Name);
            file.Bytes.Contains((byte)'\r').ShouldBeFalse(file.Name);
            file.Bytes[^1].ShouldBe((byte)'\n', file.Name);
        }
    }

    private static byte[] Picture(int configuration, string name) =>
        RepositoryFiles.Read($"tests/Golden/report-pictures/{name}");
}
