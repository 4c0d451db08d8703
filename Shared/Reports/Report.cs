using System.Collections.Immutable;
using Shared.Reports.Document;
using Shared.Reports.Sections;

namespace Shared.Reports;

/// <summary>Turns a model into files, by no clock, culture or order of chance; a shell writes them.</summary>
public static class Report
{
    /// <summary>
    /// The files of a report, <c>report.md</c> first; it links to the files below <c>curves/</c> and
    /// <c>pictures/</c>, every other one stands alone.
    /// </summary>
    public static ImmutableArray<ReportFile> Render(ReportModel model)
    {
        var document = ReportOutline.Of(model);
        return
        [
            ReportFile.OfText("report.md", MarkdownWriter.Write(document)),
            ReportFile.OfText("report.html", HtmlWriter.Write(document)),
            ReportFile.OfText("report.tex", TexWriter.Write(document)),
            new ReportFile("report.json", [.. ReportJson.Write(model)]),
            ReportFile.OfText("trials.csv", TrialsCsv.Write(model)),
            .. document.Blocks().OfType<Block.Plot>().Select(
                p => ReportFile.OfText(FileNames.Curve(p.Name), p.Standalone)),
            .. document.Blocks().OfType<Block.Gallery>().SelectMany(g => g.Pictures).Select(
                p => new ReportFile(FileNames.Picture(p.Name), p.Bytes)),
        ];
    }
}
