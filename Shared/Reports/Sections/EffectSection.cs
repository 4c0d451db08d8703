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
    private const int FewPairs = 10;
    private const double LeastProbability = 0.001;

    /// <summary>The section, or nothing when no parameter has two values.</summary>
    public static Section? Of(ReportModel model)
    {
        if (model.Effects.IsEmpty)
        {
            return null;
        }

        var adjusted = AdjustedProbabilities.Of(model);
        return new Section("effects", "What each parameter changed",
        [
            .. model.Effects.SelectMany(e => Blocks(e, adjusted)),
            new Block.Paragraph(
                "A pair is two completed trials that share the replicate and every other swept parameter; n "
                + "is the number of pairs, and pairs in which a trial diverged, failed or lacks the metric "
                + "are left out. A difference is the level after the arrow less the one before it; in the "
                + "answer it is the one that is ahead less the other. Intervals are Student's t at 95\u00a0%, take "
                + "the pairs as independent and are not corrected for their number: of twenty comparisons of equal "
                + "levels one leaves zero out by chance. p is: of the paired t test, and after the stroke of "
                + "Wilcoxon's where there are six differences or more, each by Holm's method over all comparisons "
                + "of the metric on this page that have it. d is the mean difference by the standard deviation of the "
                + "differences; + = − counts pairs in which the level after the arrow has the greater, an equal, "
                + "the smaller value. A difference stands out where its interval leaves zero out; the bars are "
                + "green where the level after the arrow is better, orange where it is worse." + Averaged(model) + Few(model),
                IsNote: true),
        ]);
    }

    /// <summary>What a pair is where a parameter is off in some configurations.</summary>
    private static string Averaged(ReportModel model) =>
        model.Configurations.Any(c => c.Configuration.Swept.Count < model.Plan.Swept.Length)
            ? " Where one of two levels switches another parameter off, the runs over that parameter's values are "
                + "averaged first, and a pair is of averages."
            : "";

    private static string Few(ReportModel model)
    {
        var fewest = model.Effects.SelectMany(e => e.Metrics).SelectMany(m => m.Differences)
            .Select(d => d.Pairs.Comparison?.Pairs ?? 0).Where(n => n > 0).DefaultIfEmpty(0).Min();
        return fewest is > 0 and < FewPairs
            ? $" n = {fewest} is few: such an interval is wide, leans on normal differences, and on skewed ones "
                + "holds the truth in 82 to 90\u00a0% of cases instead of 95."
            : "";
    }

    private static IEnumerable<Block> Blocks(FactorEffect effect, AdjustedProbabilities adjusted) =>
    [
        new Block.Subheading(Prose.Code(effect.Parameter)),
        .. LongTable.Of(
            [
                new("metric"),
                new("levels"),
                new("means", IsNumeric: true),
                new("difference", IsNumeric: true),
                new("sd", IsNumeric: true),
                new("95\u00a0% interval", IsNumeric: true),
                new("p", IsNumeric: true),
                new("d", IsNumeric: true),
                new("+ = −", IsNumeric: true),
                new("n", IsNumeric: true),
                new("left out", IsNumeric: true),
            ],
            effect.Metrics.SelectMany(m => Rows(effect, m, adjusted)),
            effect.Metrics.Sum(m => m.Differences.Length),
            "report.json"),
    ];

    private static IEnumerable<ImmutableArray<Prose>> Rows(
        FactorEffect effect, MetricEffect metric, AdjustedProbabilities adjusted)
    {
        var scale = metric.Differences.Select(d => d.Pairs.Comparison).OfType<PairedComparison>()
            .SelectMany(c => (double[])[c.MeanDifference, c.Interval?.Lower ?? 0, c.Interval?.Upper ?? 0])
            .Select(Math.Abs).DefaultIfEmpty(0).Max();
        return metric.Differences.Select(d => Row(effect, metric.Metric, d, scale, adjusted));
    }

    private static ImmutableArray<Prose> Row(
        FactorEffect effect,
        MetricDeclaration metric,
        LevelDifference difference,
        double scale,
        AdjustedProbabilities adjusted)
    {
        var levels = Prose.Code(effect.Levels[difference.First].Value.Display) + " → "
            + Prose.Code(effect.Levels[difference.Second].Value.Display);
        var leftOut = difference.Pairs.Incomplete.ToString(CultureInfo.InvariantCulture);
        if (difference.Pairs.Comparison is not { } pairs)
        {
            return [ConfigurationSection.Head(metric), levels, "—", "—", "—", "—", "—", "—", "—", "0", leftOut];
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
            Probabilities(adjusted[pairs]),
            Spelling.Rounded(pairs.EffectSize),
            string.Create(CultureInfo.InvariantCulture, $"{pairs.Above} {pairs.Equal} {pairs.Below}"),
            pairs.Pairs.ToString(CultureInfo.InvariantCulture),
            leftOut,
        ];
    }

    private static string Probabilities((double? Student, double? Ranks) adjusted) => adjusted.Ranks is null
        ? Probability(adjusted.Student)
        : $"{Probability(adjusted.Student)} / {Probability(adjusted.Ranks)}";

    /// <summary>A p value, two digits; never zero.</summary>
    public static string Probability(double? value) => value switch
    {
        null => "—",
        < LeastProbability => "< .001",
        { } p => p.ToString(".000", CultureInfo.InvariantCulture) is var text && p >= 1 ? "1" : text,
    };

    /// <summary>The interval of a comparison, as words and tables spell it.</summary>
    public static string Interval(PairedComparison pairs) => pairs.Interval is { } interval
        ? $"{Spelling.Signed(interval.Lower)} to {Spelling.Signed(interval.Upper)}"
        : "—";
}
