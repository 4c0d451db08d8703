using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Shared.Reports.Document;

namespace Shared.Reports.Comparing;

/// <summary>Turns a comparison into files, by no clock, culture or order of chance; a shell writes them.</summary>
public static class ComparisonReport
{
    /// <summary>
    /// <c>report.md</c>, <c>report.html</c> and <c>report.tex</c>; <c>report.json</c>, an object with the
    /// <c>report.json</c> of each sweep by its name; and <c>trials.csv</c>, one row a trial and headline metric.
    /// </summary>
    public static ImmutableArray<ReportFile> Render(SweepComparison comparison)
    {
        var document = ComparisonOutline.Of(comparison);
        return
        [
            ReportFile.OfText("report.md", MarkdownWriter.Write(document)),
            ReportFile.OfText("report.html", HtmlWriter.Write(document)),
            ReportFile.OfText("report.tex", TexWriter.Write(document)),
            new ReportFile("report.json", [.. Json(comparison)]),
            ReportFile.OfText("trials.csv", Csv(comparison)),
        ];
    }

    private static byte[] Json(SweepComparison comparison)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var sweep in comparison.Sweeps)
            {
                json.WritePropertyName(sweep.State.Name);
                json.WriteRawValue(ReportJson.Write(sweep));
            }

            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static string Csv(SweepComparison comparison)
    {
        var text = new StringBuilder(CsvLine.Of(
            ["sweep", "trial", "configuration", "label", "replicate", "outcome", "metric", "value"]));
        foreach (var candidate in comparison.Candidates)
        {
            foreach (var trial in candidate.Result.Trials)
            {
                foreach (var metric in comparison.Headlines.Where(m => trial.Values.ContainsKey(m.Name)))
                {
                    text.Append(CsvLine.Of(
                    [
                        candidate.Sweep.State.Name,
                        trial.State.Number.ToString(CultureInfo.InvariantCulture),
                        trial.State.Configuration,
                        candidate.Result.Configuration.Label,
                        trial.State.Replicate.ToString(CultureInfo.InvariantCulture),
                        trial.Status,
                        metric.Name,
                        Spelling.Exact(trial.Values[metric.Name]),
                    ]));
                }
            }
        }

        return text.ToString();
    }
}
