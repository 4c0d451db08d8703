using System.Collections.Immutable;
using System.Globalization;
using Shared.Metrics;
using Shared.Reports.Document;
using Shared.Reports.Plots;
using Shared.Statistics;

namespace Shared.Reports.Sections;

/// <summary>What each swept parameter changed: means of its levels and paired differences.</summary>
internal static class EffectSection
{
    /// <summary>The section, or nothing when no parameter has two values.</summary>
    public static Section? Of(ReportModel model) => model.Effects.IsEmpty
        ? null
        : new Section("effects", "What each parameter changed",
        [
            .. model.Effects.SelectMany(Blocks),
            new Block.Paragraph(
                "A pair is two completed trials that share the replicate and every other swept parameter; n "
                + "is the number of pairs, and pairs in which a trial diverged, failed or lacks the metric "
                + "are left out. A difference is the level after the arrow less the one before it; in the "
                + "answer it is the one that is ahead less the other. Intervals are Student's t at 95\u00a0%, take the pairs as independent and "
                + "are not corrected for their number: of twenty comparisons of equal levels one leaves zero "
                + "out by chance. A parameter whose effect depends on another one has a wide interval here: "
                + "compare its configurations.",
                IsNote: true),
        ]);

    private static IEnumerable<Block> Blocks(FactorEffect effect) =>
    [
        new Block.Subheading(Prose.Code(effect.Parameter)),
        new Block.Table(
            [
                new("metric"),
                new("levels"),
                new("means", IsNumeric: true),
                new("difference", IsNumeric: true),
                new("sd", IsNumeric: true),
                new("95\u00a0% interval", IsNumeric: true),
                new("n", IsNumeric: true),
                new("left out", IsNumeric: true),
            ],
            [.. effect.Metrics.SelectMany(m => Rows(effect, m))]),
    ];

    private static IEnumerable<ImmutableArray<Prose>> Rows(FactorEffect effect, MetricEffect metric)
    {
        var scale = metric.Differences.Select(d => d.Pairs.Comparison).OfType<PairedComparison>()
            .SelectMany(c => (double[])[c.MeanDifference, c.Interval?.Lower ?? 0, c.Interval?.Upper ?? 0])
            .Select(Math.Abs).DefaultIfEmpty(0).Max();
        return metric.Differences.Select(d => Row(effect, metric.Metric, d, scale));
    }

    private static ImmutableArray<Prose> Row(
        FactorEffect effect, MetricDeclaration metric, LevelDifference difference, double scale)
    {
        var levels = Prose.Code(effect.Levels[difference.First].Value.Display) + " → "
            + Prose.Code(effect.Levels[difference.Second].Value.Display);
        var leftOut = difference.Pairs.Incomplete.ToString(CultureInfo.InvariantCulture);
        if (difference.Pairs.Comparison is not { } pairs)
        {
            return [ConfigurationSection.Head(metric), levels, "—", "—", "—", "—", "0", leftOut];
        }

        var mean = Spelling.Signed(pairs.MeanDifference);
        return
        [
            ConfigurationSection.Head(metric),
            levels,
            $"{Spelling.Rounded(pairs.FirstMean)} → {Spelling.Rounded(pairs.SecondMean)}",
            pairs.IsClear ? Prose.Strong(mean) : mean,
            Spelling.Rounded(pairs.DifferenceDeviation),
            Interval(pairs) + Prose.Drawing(IntervalPlot.Draw(pairs, metric.Direction, scale)),
            pairs.Pairs.ToString(CultureInfo.InvariantCulture),
            leftOut,
        ];
    }

    /// <summary>The interval of a comparison, as words and tables spell it.</summary>
    public static string Interval(PairedComparison pairs) => pairs.Interval is { } interval
        ? $"{Spelling.Signed(interval.Lower)} to {Spelling.Signed(interval.Upper)}"
        : "—";
}
