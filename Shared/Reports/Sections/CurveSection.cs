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
            .Select(m => (m.Name, Plot: Plot(model, m, CurveAxis.Updates))).Where(m => m.Plot is not null).ToList();
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

        if (OverCosts(model, [.. drawn.Select(m => m.Name)]) is { IsEmpty: false } costs)
        {
            blocks.Add(new Block.Folded("The same over what it cost", costs));
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

    /// <summary>The first curves again, over gradient evaluations and over seconds, where a trial has these.</summary>
    private static ImmutableArray<Block> OverCosts(ReportModel model, string[] drawn)
    {
        MetricDeclaration[] curved =
            [.. First.Where(n => drawn.Contains(n, StringComparer.Ordinal))
                .SelectMany(n => model.ResultMetrics.Where(m => m.Name == n))];
        ImmutableArray<Block> plots =
        [
            .. CurveAxis.CostsOf(model)
                .SelectMany(axis => curved.Select(m => (m, axis)))
                .AsParallel().AsOrdered()
                .Select(p => Plot(model, p.m, p.axis)).OfType<Block>(),
        ];
        return plots.IsEmpty
            ? []
            :
            [
                new Block.Plots(plots, Legend(model)),
                new Block.Paragraph(
                    "A gradient evaluation is one gradient of the energy for one chain. Seconds are those of the updates "
                    + "themselves, without evaluations, on the devices that the provenance names; a mean stands at the "
                    + "mean of its replicates' seconds.",
                    IsNote: true),
            ];
    }

    private static Block? Plot(ReportModel model, MetricDeclaration metric, CurveAxis axis)
    {
        var styles = Styles(model);
        ImmutableArray<PlotSeries> series = [.. model.Configurations
            .Select(c => Series(c, metric.Name, axis, styles, IsCrowd(model)))
            .OrderBy(s => s.Style is null)];
        var name = metric.Name + axis.Suffix;
        if (LinePlot.Draw(name, series, axis.Scale) is not { } drawing)
        {
            return null;
        }

        var unit = metric.Unit == "1" ? "" : $", {metric.Unit}";
        var caption = Prose.Code(metric.Name) + $"{unit} – {metric.Meaning}" + (drawing.Note.Length == 0
            ? Prose.Empty : " " + Prose.Strong(drawing.Note));
        return new Block.Plot(
            name,
            PlotStyle.Inline($"{metric.Name} over {axis.Scale.Name}", drawing),
            PlotStyle.Standalone(metric.Name + unit, drawing, series),
            caption);
    }

    private static PlotSeries Series(
        ConfigurationResult result,
        string metric,
        CurveAxis axis,
        IReadOnlyDictionary<string, int> styles,
        bool isCrowd)
    {
        TrialCurve[] curves = [.. result.Trials
            .Select(t => new TrialCurve(t, LastOfEachStep(t.Curves.Of(metric)), axis.Of(t)))];
        TrialCurve[] completed = [.. curves.Where(c => c.Trial.IsCompleted)];
        var style = styles.TryGetValue(result.Configuration.Id, out var own) ? (int?)own : null;
        return new PlotSeries(
            ConfigurationSection.Label(result), style, MeanOf(completed), isCrowd ? [] : [.. curves.Select(Line)])
        {
            Band = isCrowd && style is not null ? BandOf(completed) : [],
        };
    }

    private static PlotLine Line(TrialCurve curve)
    {
        var points = ImmutableArray.CreateBuilder<PlotPoint>(curve.Points.Length);
        foreach (var point in curve.Points)
        {
            if (curve.Place(point.Step) is { } x)
            {
                points.Add(new PlotPoint(x, point.Value));
            }
        }

        return new PlotLine(points.ToImmutable(), curve.Trial.IsCompleted, curve.Trial.IsDiverged);
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

    /// <summary>The mean at every step that all curves have; a value that is not finite makes a gap.</summary>
    private static ImmutableArray<PlotPoint> MeanOf(TrialCurve[] curves) =>
        [.. AtSharedSteps(curves).Select(s => new PlotPoint(s.X, s.Values.Sum() / curves.Length))];

    /// <summary>The middle of the values at every step that all curves have, where all are finite.</summary>
    private static ImmutableArray<BandPoint> BandOf(TrialCurve[] curves) =>
    [
        .. AtSharedSteps(curves).Where(s => s.Values.TrueForAll(double.IsFinite)).Select(s => new BandPoint(
            s.X,
            OrderStatistics.Quantile(s.Values, LowShare),
            OrderStatistics.Quantile(s.Values, HighShare))),
    ];

    /// <summary>
    /// The values of the curves, in their order, at each step that all of them have, and the mean of where it lies.
    /// </summary>
    private static IEnumerable<(double X, List<double> Values)> AtSharedSteps(TrialCurve[] curves)
    {
        var steps = new SortedDictionary<int, List<double>>();
        foreach (var point in curves.SelectMany(curve => curve.Points))
        {
            if (!steps.TryGetValue(point.Step, out var values))
            {
                steps[point.Step] = values = new List<double>(curves.Length);
            }

            values.Add(point.Value);
        }

        foreach (var (step, values) in steps.Where(s => s.Value.Count == curves.Length))
        {
            if (MeanPlace(curves, step) is { } x)
            {
                yield return (x, values);
            }
        }
    }

    /// <summary>Where a step lies on the average of curves; nothing where one does not say.</summary>
    private static double? MeanPlace(TrialCurve[] curves, int step)
    {
        var sum = 0.0;
        foreach (var curve in curves)
        {
            if (curve.Place(step) is not { } x)
            {
                return null;
            }

            sum += x;
        }

        return sum / curves.Length;
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
            : [.. named, Prose.Drawing(PlotStyle.Sample(null)) + (rest == 1
                ? ConfigurationSection.Label(model.Configurations.Single(c => !styles.ContainsKey(c.Configuration.Id)))
                : $"{rest} more that rank behind these")];
    }

    /// <summary>A curve of a trial, and where each step of it lies on the horizontal axis.</summary>
    private sealed record TrialCurve(
        TrialResult Trial, ImmutableArray<CurvePoint> Points, Func<int, double?> Place);
}
