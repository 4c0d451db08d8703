using System.Collections.Immutable;
using Shared.Metrics;
using Shared.Reports.Document;
using Shared.Reports.Plots;

namespace Shared.Reports.Sections;

/// <summary>
/// Learning curves: the gap, the loss and the accuracy first, every other curve folded away.
/// </summary>
internal static class CurveSection
{
    private static readonly string[] First =
        [TrainingMetrics.Gap.Name, TrainingMetrics.Loss.Name, TrainingMetrics.Accuracy.Name];

    /// <summary>The section, or nothing before the first finite point.</summary>
    public static Section? Of(ReportModel model)
    {
        MetricDeclaration[] curved = [.. model.ResultMetrics.Where(m => IsCurve(model, m.Name))];
        ImmutableArray<Block> first = [.. First.SelectMany(n => curved.Where(m => m.Name == n))
            .Select(m => Plot(model, m)).OfType<Block>()];
        ImmutableArray<Block> others = [.. curved.Where(m => !First.Contains(m.Name, StringComparer.Ordinal))
            .Select(m => Plot(model, m)).OfType<Block>()];
        if (first.IsEmpty && others.IsEmpty)
        {
            return null;
        }

        var blocks = ImmutableArray.CreateBuilder<Block>();
        blocks.Add(new Block.Plots(first.IsEmpty ? others : first, Legend(model)));
        blocks.Add(new Block.Paragraph(
            "Strong lines are means over completed replicates, thin lines single replicates; × ends a "
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
    public static IReadOnlyDictionary<string, int> Styles(ReportModel model)
    {
        var metric = model.Headlines.FirstOrDefault(m => m.Name == model.Plan.Metric.Name);
        var sign = metric?.Direction is Direction.Higher ? -1 : 1;
        var shown = model.Configurations
            .OrderBy(c => metric is not null && c.Metrics.TryGetValue(metric.Name, out var m)
                ? sign * m.Mean : double.PositiveInfinity)
            .Take(PlotStyle.Count)
            .Select(c => c.Configuration.Id)
            .ToHashSet(StringComparer.Ordinal);
        return model.Configurations.Select(c => c.Configuration.Id).Where(shown.Contains)
            .Select((id, i) => (id, i))
            .ToDictionary(s => s.id, s => s.i, StringComparer.Ordinal);
    }

    private static bool IsCurve(ReportModel model, string metric) =>
        model.Trials.Any(t => t.Curves.Of(metric).DistinctBy(p => p.Step).Take(2).Count() == 2)
        || First.Contains(metric, StringComparer.Ordinal);

    private static Block? Plot(ReportModel model, MetricDeclaration metric)
    {
        var styles = Styles(model);
        ImmutableArray<PlotSeries> series = [.. model.Configurations
            .Select(c => Series(c, metric.Name, styles))
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
        ConfigurationResult result, string metric, IReadOnlyDictionary<string, int> styles)
    {
        ImmutableArray<PlotLine> lines = [.. result.Trials
            .Select(t => new PlotLine(LastOfEachStep(t.Curves.Of(metric)), t.IsCompleted, t.IsDiverged))];
        return new PlotSeries(
            ConfigurationSection.Label(result),
            styles.TryGetValue(result.Configuration.Id, out var style) ? style : null,
            MeanOf([.. lines.Where(l => l.IsCompleted)]),
            lines);
    }

    /// <summary>One point a step: where a metric was measured twice at a step, the later value.</summary>
    private static ImmutableArray<CurvePoint> LastOfEachStep(ImmutableArray<CurvePoint> points) =>
        [.. points.GroupBy(p => p.Step).OrderBy(g => g.Key).Select(g => g.Last())];

    /// <summary>The mean at every step that all lines have; a value that is not finite makes a gap.</summary>
    private static ImmutableArray<CurvePoint> MeanOf(ImmutableArray<PlotLine> lines) =>
        [.. lines.SelectMany(l => l.Points).GroupBy(p => p.Step)
            .Where(g => g.Count() == lines.Length)
            .OrderBy(g => g.Key)
            .Select(g => new CurvePoint(g.Key, g.Sum(p => p.Value) / lines.Length))];

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
