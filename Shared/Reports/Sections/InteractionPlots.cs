using System.Collections.Immutable;
using Shared.Metrics;
using Shared.Reports.Document;
using Shared.Reports.Plots;
using Shared.Statistics;

namespace Shared.Reports.Sections;

/// <summary>The sweep's metric against one parameter, with a line for each value of another.</summary>
internal static class InteractionPlots
{
    /// <summary>Most plots; sweeps of more pairs of parameters show the first.</summary>
    private const int PairLimit = 6;

    /// <summary>A plot for each pair of parameters whose values it can hold.</summary>
    public static ImmutableArray<Block> Of(ReportModel model)
    {
        if (model.Headlines.FirstOrDefault(m => m.Name == model.Plan.Metric.Name) is not { } metric)
        {
            return [];
        }

        var effects = model.Effects.ToDictionary(e => e.Parameter, StringComparer.Ordinal);
        return
        [
            .. model.Interactions
                .Select(pair => (First: effects[pair.First.Parameter], Second: effects[pair.Second.Parameter]))
                .Where(pair => Math.Max(pair.First.Levels.Length, pair.Second.Levels.Length) <= PlotStyle.Count)
                .Take(PairLimit)
                .Select((pair, i) => Plot(metric, pair.First, pair.Second, i + 1)).OfType<Block>(),
        ];
    }

    private static Block.Plots? Plot(MetricDeclaration metric, FactorEffect first, FactorEffect second, int number)
    {
        ImmutableArray<PlotSeries> series = [.. second.Levels.Select((level, style) => Series(
            first, level, metric.Name, $"{Last(second.Parameter)} {level.Value.Display}", style))];
        var name = $"interaction-{number}";
        var scale = new PlotScale(first.Parameter, [.. first.Levels.Select(l => l.Value.Display)]);
        if (LinePlot.Draw(name, series, scale) is not { } drawing)
        {
            return null;
        }

        var title = $"{metric.Name} by {first.Parameter} and {second.Parameter}";
        return new Block.Plots(
            [
                new Block.Plot(
                    name,
                    PlotStyle.Inline(title, drawing),
                    PlotStyle.Standalone(title, drawing, series),
                    Prose.Code(metric.Name) + " over " + Prose.Code(first.Parameter) + ", a line for each "
                        + Prose.Code(second.Parameter)
                        + (drawing.Note.Length == 0 ? Prose.Empty : ". " + Prose.Strong(drawing.Note))),
            ],
            [.. series.Select(s => Prose.Drawing(PlotStyle.Sample(s.Style)) + s.Label)]);
    }

    /// <summary>The line of one value of the second parameter.</summary>
    private static PlotSeries Series(
        FactorEffect first, FactorLevel second, string metric, string label, int style)
    {
        var there = second.Trials.Select(t => t.State.Number).ToHashSet();
        (int Level, int Replicate, double Value)[] values =
        [
            .. from level in Enumerable.Range(0, first.Levels.Length)
               from trial in first.Levels[level].Trials
               where there.Contains(trial.State.Number) && trial.Counted(metric) is not null
               select (level, trial.State.Replicate, trial.Counted(metric)!.Value),
        ];
        return new PlotSeries(
            label,
            style,
            Means(values),
            [.. values.GroupBy(v => v.Replicate).Select(
                r => new PlotLine(Means(r), IsCompleted: true, IsDiverged: false))]);
    }

    private static ImmutableArray<PlotPoint> Means(IEnumerable<(int Level, int Replicate, double Value)> values) =>
        [.. values.GroupBy(v => v.Level).Select(
            g => new PlotPoint(g.Key, Moments.Of([.. g.Select(v => v.Value)])!.Mean))];

    private static string Last(string parameter) => parameter[(parameter.LastIndexOf('.') + 1)..];
}
