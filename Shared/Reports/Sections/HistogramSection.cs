using System.Collections.Immutable;
using Shared.Reports.Document;
using Shared.Reports.Plots;

namespace Shared.Reports.Sections;

/// <summary>
/// Energies of data, samples and noise, and which classes the samples are: one replicate each.
/// </summary>
internal static class HistogramSection
{
    /// <summary>More configurations than this are folded away behind the first ones.</summary>
    private const int ShownLimit = 4;

    /// <summary>A page holds the histograms of so many configurations, those with the best means.</summary>
    private const int ConfigurationLimit = 24;

    private static readonly ImmutableArray<PlotSeries> Energies =
        [Series("test images", 0), Series("samples as trained", 1), Series("uniform noise", 2)];

    private static readonly ImmutableArray<PlotSeries> Classes =
        [Series("test images", 0), Series("samples as trained", 1)];

    /// <summary>The section, or nothing where no attempt left histograms.</summary>
    public static Section? Of(ReportModel model)
    {
        var artifacts = model.Artifacts.Where(a => a.Entry.Name == EvaluationHistograms.FileName)
            .ToLookup(a => a.Entry.Attempt);
        ImmutableArray<Block> plots =
        [
            .. model.Foremost(ShownLimit).Union(model.Foremost(ConfigurationLimit)).Select(c => (Result: c, Shown: Shown(c)))
                .Where(c => c.Shown is not null).SelectMany(c => Plots(c.Result, c.Shown!.Value)),
        ];
        if (plots.IsEmpty)
        {
            return null;
        }

        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(new Block.Plots(
            [.. plots.Take(2 * ShownLimit)],
            [.. Energies.Select(s => Prose.Drawing(PlotStyle.Sample(s.Style)) + s.Label)]));
        if (plots.Length > 2 * ShownLimit)
        {
            blocks.Add(new Block.Folded(
                "More configurations", [new Block.Plots([.. plots.Skip(2 * ShownLimit)], [])]));
        }

        blocks.Add(new Block.Paragraph(
            "Of more than four configurations those with the best means come first. Shares of 2,000 test images, of samples as training makes them at its end and of uniform noise, "
            + "for one replicate. Energies lie in 40 common bins; classes are those that the frozen feature "
            + "network gives.",
            IsNote: true));
        return new Section("energies", "Energies and classes", blocks.ToImmutable());

        (int Replicate, EvaluationHistograms Histograms)? Shown(ConfigurationResult result) => result.Trials
            .OrderBy(t => t.IsCompleted ? 0 : 1)
            .Select(t => (t.State.Replicate, Left: AttemptChain.Artifacts(t.State, artifacts).SingleOrDefault()))
            .Where(t => t.Left is not null)
            .Select(t => (t.Replicate, Read: EvaluationHistograms.Read(t.Left!.Bytes.AsSpan())))
            .Where(t => t.Read is not null)
            .Select(t => ((int, EvaluationHistograms)?)(t.Replicate, t.Read!)).FirstOrDefault();
    }

    private static IEnumerable<Block> Plots(
        ConfigurationResult result, (int Replicate, EvaluationHistograms Histograms) shown)
    {
        Prose of = $"{ConfigurationSection.Label(result)}, replicate {shown.Replicate}";
        var counts = shown.Histograms;
        yield return Plot(
            $"{result.Configuration.Id}-energies", "Energies", of,
            HistogramPlot.Outlines([counts.Data, counts.Samples, counts.Noise]), Energies);
        if (counts.SampleClasses.IsEmpty)
        {
            yield break;   // no feature network that could tell
        }

        yield return Plot(
            $"{result.Configuration.Id}-classes", "Classes", of,
            HistogramPlot.Columns([counts.DataClasses, counts.SampleClasses]), Classes);
    }

    private static Block.Plot Plot(
        string name, string title, Prose of, PlotDrawing drawing, ImmutableArray<PlotSeries> series) => new(
        name,
        PlotStyle.Inline($"{title}: {of.Text}", drawing),
        PlotStyle.Standalone($"{title}: {of.Text}", drawing, series),
        $"{title}: " + of);

    private static PlotSeries Series(string label, int style) => new(label, style, [], []);
}
