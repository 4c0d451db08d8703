using System.Collections.Immutable;
using System.Text;
using Shared.Reports.Document;
using Shared.Reports.Sections;

namespace Shared.Reports;

/// <summary>Turns a model into files; a shell writes them. No clock, culture or order of chance has a part in it.</summary>
public static class Report
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The files of a report, <c>report.md</c> first.</summary>
    public static ImmutableArray<ReportFile> Render(ReportModel model)
    {
        var document = ReportOutline.Of(model);
        return
        [
            Text("report.md", MarkdownWriter.Write(document)),
            new ReportFile("report.json", [.. ReportJson.Write(model)]),
            Text("trials.csv", TrialTable.Write(model)),
        ];
    }

    private static ReportFile Text(string name, string text) => new(name, [.. Utf8.GetBytes(text)]);
}
