using System.Collections.Immutable;
using Shared.Metrics;
using Shared.Reports.Document;
using Shared.Reports.Plots;
using Shared.Statistics;

namespace Shared.Reports.Sections;

/// <summary>
/// Learning curves: the gap, the loss and the accuracy first, every other curve folded away.
/// </summary>
internal static class CurveSection
{
    private static readonly string[] First =
        [TrainingMetrics.Gap.Name, TrainingMetrics.Loss.Name, TrainingMetrics.Accuracy.Name];

    /// <summary>With more trials than this, bands stand for single replicates.</summary>
    private const int LineLimit = 60;

    private const double LowShare = 0.1;
    private const double HighShare = 0.9;

    /// <summary>The section, or nothing before the first finite point.</summary>
    public static Section? Of(ReportModel model)
    {
        MetricDeclaration[] curved = [.. model.ResultMetrics.Where(m => IsCurve(model, m.Name))];
        var drawn = curved.AsParallel().AsOrdered()
            .Select(m => (m.Name, Plot: Plot(model, m))).Where(m => m.Plot is not null).ToList();
        ImmutableArray<Block> first =
            [.. First.SelectMany(n => drawn.Where(m => m.Name == n)).Select(m => m.Plot!)];
        ImmutableArray<Block> others =
            [.. drawn.Where(m => !First.Contains(m.Name, StringComparer.Ordinal)).Select(m => m.Plot!)];
        if (first.IsEmpty && others.IsEmpty)
        {
            return null;
        }

        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(new Block.Plots(first.IsEmpty ? others : first, Legend(model)));
        blocks.Add(new Block.Paragraph(
            IsCrowd(model)
                ? "Strong lines are means over completed replicates. With more than "
                    + $"{LineLimit} trials, bands stand for single ones: they hold the middle 80\u00a0% of the completed "
                    + "replicates of a configuration that has a colour of its own."
                : "Strong lines are means over completed replicates, thin lines single replicates; × ends a "
                    + "replicate that diverged, which has no share in the mean. The axis makes room for completed "
                    + "trials.",
            IsNote: true));
        if (!first.IsEmpty && !others.IsEmpty)
        {
            blocks.Add(new Block.Folded("More curves", [new Block.Plots(others, [])]));
        }

        return new Section("curves", "Learning curves", blocks.ToImmutable());
    }

    /// <summary>
    /// The line style of each configuration, in grid order; where they are too many, of the best.
    /// </summary>
    public static IReadOnlyDictionary<string, int> Styles(ReportModel model) =>
        model.Foremost(PlotStyle.Count)
            .Select((c, i) => (c.Configuration.Id, Style: i))
            .ToDictionary(s => s.Id, s => s.Style, StringComparer.Ordinal);

    private static bool IsCrowd(ReportModel model) => model.Trials.Length > LineLimit;

    private static bool IsCurve(ReportModel model, string metric) =>
        model.Trials.Any(t => t.Curves.Of(metric) is [var first, .., var last] && first.Step != last.Step)
        || First.Contains(metric, StringComparer.Ordinal);

    private static Block? Plot(ReportModel model, MetricDeclaration metric)
    {
        var styles = Styles(model);
        ImmutableArray<PlotSeries> series = [.. model.Configurations
            .Select(c => Series(c, metric.Name, styles, IsCrowd(model)))
            .OrderBy(s => s.Style is null)];
        if (LinePlot.Draw(metric.Name, series) is not { } drawing)
        {
            return null;
        }

        var unit = metric.Unit == "1" ? "" : $", {metric.Unit}";
        var caption = Prose.Code(metric.Name) + $"{unit} – {metric.Meaning}" + (drawing.Note.Length == 0
            ? Prose.Empty : " " + Prose.Strong(drawing.Note));
        return new Block.Plot(
            metric.Name,
            PlotStyle.Inline($"{metric.Name} over updates", drawing),
            PlotStyle.Standalone(metric.Name + unit, drawing, series),
            caption);
    }

    private static PlotSeries Series(
        ConfigurationResult result, string metric, IReadOnlyDictionary<string, int> styles, bool isCrowd)
    {
        ImmutableArray<PlotLine> lines = [.. result.Trials
            .Select(t => new PlotLine(LastOfEachStep(t.Curves.Of(metric)), t.IsCompleted, t.IsDiverged))];
        ImmutableArray<PlotLine> completed = [.. lines.Where(l => l.IsCompleted)];
        var style = styles.TryGetValue(result.Configuration.Id, out var own) ? (int?)own : null;
        return new PlotSeries(
            ConfigurationSection.Label(result), style, MeanOf(completed), isCrowd ? [] : lines)
        {
            Band = isCrowd && style is not null ? BandOf(completed) : [],
        };
    }

    /// <summary>One point a step: where a metric was measured twice at a step, the later value.</summary>
    private static ImmutableArray<CurvePoint> LastOfEachStep(ImmutableArray<CurvePoint> points)
    {
        for (var i = 1; i < points.Length; i++)
        {
            if (points[i].Step <= points[i - 1].Step)
            {
                return [.. points.GroupBy(p => p.Step).OrderBy(g => g.Key).Select(g => g.Last())];
            }
        }

        return points;
    }

    /// <summary>The mean at every step that all lines have; a value that is not finite makes a gap.</summary>
    private static ImmutableArray<CurvePoint> MeanOf(ImmutableArray<PlotLine> lines) =>
        [.. AtSharedSteps(lines).Select(s => new CurvePoint(s.Step, s.Values.Sum() / lines.Length))];

    /// <summary>The middle of the values at every step that all lines have, where all are finite.</summary>
    private static ImmutableArray<BandPoint> BandOf(ImmutableArray<PlotLine> lines) =>
    [
        .. AtSharedSteps(lines).Where(s => s.Values.TrueForAll(double.IsFinite)).Select(s => new BandPoint(
            s.Step,
            OrderStatistics.Quantile(s.Values, LowShare),
            OrderStatistics.Quantile(s.Values, HighShare))),
    ];

    /// <summary>The values of the lines, in their order, at each step that all of them have.</summary>
    private static IEnumerable<(int Step, List<double> Values)> AtSharedSteps(ImmutableArray<PlotLine> lines)
    {
        var steps = new SortedDictionary<int, List<double>>();
        foreach (var point in lines.SelectMany(line => line.Points))
        {
            if (!steps.TryGetValue(point.Step, out var values))
            {
                steps[point.Step] = values = new List<double>(lines.Length);
            }

            values.Add(point.Value);
        }

        return steps.Where(s => s.Value.Count == lines.Length).Select(s => (s.Key, s.Value));
    }

    private static ImmutableArray<Prose> Legend(ReportModel model)
    {
        var styles = Styles(model);
        var named = model.Configurations.Where(c => styles.ContainsKey(c.Configuration.Id))
            .Select(c => Prose.Drawing(PlotStyle.Sample(styles[c.Configuration.Id]))
                + ConfigurationSection.Label(c));
        var rest = model.Configurations.Length - styles.Count;
        return rest == 0
            ? [.. named]
            : [.. named, Prose.Drawing(PlotStyle.Sample(null)) + $"{rest} more that rank behind these"];
    }
}
