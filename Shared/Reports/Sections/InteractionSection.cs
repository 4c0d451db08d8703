using System.Collections.Immutable;
using System.Globalization;
using Shared.Metrics;
using Shared.Reports.Document;
using Shared.Statistics;

namespace Shared.Reports.Sections;

/// <summary>
/// How the effects of parameters depend on each other, and how much of the spread goes with which.
/// </summary>
internal static class InteractionSection
{
    private const string Reading =
        "A row is the effect of the first parameter, from its first to its last value, at the last value of the "
        + "second one, less the same effect at the first value: near zero where the two act apart. It is taken "
        + "within replicates; n counts those with all four values, rows without one are left out, and intervals are "
        + "Student's t at 95\u00a0%. A difference stands out where its interval leaves zero out.";

    /// <summary>The section, or nothing with fewer than two swept parameters.</summary>
    public static Section? Of(ReportModel model) => model.Interactions.IsEmpty
        ? null
        : new Section("interactions", "How parameters act together",
        [
            .. Shares(model),
            .. Plots(model),
            .. Differences(model),
        ]);

    private static ImmutableArray<Block> Plots(ReportModel model) => InteractionPlots.Of(model) is not [_, ..] plots
        ? []
        :
        [
            .. plots,
            new Block.Paragraph(
                "Strong lines are means over all completed trials with the two values, thin lines those of single "
                + "replicates. Lines that run side by side: the two act apart.",
                IsNote: true),
        ];

    private static ImmutableArray<Block> Differences(ReportModel model)
    {
        ImmutableArray<ImmutableArray<Prose>> rows =
        [
            .. from pair in model.Interactions
               from metric in pair.Metrics
               where metric.Found.Comparison is not null
               select Row(pair, metric.Metric, metric.Found.Comparison!),
        ];
        return rows.IsEmpty
            ? [new Block.Paragraph("No replicate has all four values of any two parameters.")]
            :
            [
                new Block.Table(
                    [
                        new("metric"),
                        new("effect of"),
                        new("depends on"),
                        new("difference of effects", IsNumeric: true),
                        new("95\u00a0% interval", IsNumeric: true),
                        new("n", IsNumeric: true),
                    ],
                    rows),
                new Block.Paragraph(Reading, IsNote: true),
            ];
    }

    private static IEnumerable<Block> Shares(ReportModel model)
    {
        (MetricDeclaration Metric, VarianceShares Found)[] shares = [.. model.Headlines
            .Select(m => (m, VarianceShares.Of(TrialResult.Observations(model.Trials, m.Name))))
            .Where(s => s.Item2 is not null)
            .Select(s => (s.m, s.Item2!))];
        if (shares.Length == 0)
        {
            yield return new Block.Paragraph(
                "Shares of the spread are not given: no metric has exactly one value for every combination of "
                + "values and replicates.");
            yield break;
        }

        var first = shares[0].Found;
        yield return new Block.Table(
            [
                new("share of the spread of"),
                .. first.Factors.Keys.Select(f => new Column(Prose.Code(f), IsNumeric: true)),
                .. first.Pairs.Select(
                    p => new Column(Prose.Code(p.First) + " × " + Prose.Code(p.Second), IsNumeric: true)),
                new("replicate", IsNumeric: true),
                new("rest", IsNumeric: true),
            ],
            [.. shares.Select(s => Row(s.Metric, s.Found))]);
        yield return new Block.Paragraph(
            "η²: the sum of squares that goes with a parameter, with two together beyond each alone, or with the "
            + "replicate, by the total. The rest is chance and what three and more do together. Metrics that a "
            + "trial lacks are left out.",
            IsNote: true);
    }

    private static ImmutableArray<Prose> Row(MetricDeclaration metric, VarianceShares shares) =>
    [
        ConfigurationSection.Head(metric),
        .. shares.Factors.Values.Select(Percent),
        .. shares.Pairs.Select(p => Percent(p.Share)),
        Percent(shares.Replicate),
        Percent(shares.Rest),
    ];

    private static ImmutableArray<Prose> Row(FactorPair pair, MetricDeclaration metric, PairedComparison pairs)
    {
        var mean = Spelling.Signed(pairs.MeanDifference);
        return
        [
            ConfigurationSection.Head(metric),
            Ends(pair.First),
            Ends(pair.Second),
            pairs.IsClear ? Prose.Strong(mean) : mean,
            EffectSection.Interval(pairs),
            pairs.Pairs.ToString(CultureInfo.InvariantCulture),
        ];
    }

    private static Prose Ends(FactorEnds ends) => Prose.Code(ends.Parameter) + ": "
        + Prose.Code(ends.Low.Value.Display) + " → " + Prose.Code(ends.High.Value.Display);

    private static Prose Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * share:0}\u00a0%");
}
