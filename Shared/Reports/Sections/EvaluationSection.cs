using System.Collections.Immutable;
using System.Globalization;
using Shared.Metrics;
using Shared.Reports.Document;
using Shared.Statistics;

namespace Shared.Reports.Sections;

/// <summary>What evaluations measured of the sweep's models, configuration by configuration.</summary>
internal static class EvaluationSection
{
    private const int MetricsOfTable = 7;   // columns that a page holds beside those of the configuration

    /// <summary>The report with the section behind that of the configurations; as it is where it includes none.</summary>
    public static ReportDocument AddedTo(ReportDocument document, ReportModel model)
    {
        if (Of(model) is not { } section)
        {
            return document;
        }

        var place = document.Sections.TakeWhile(before => before.Id != "configurations").Count();
        return document with
        {
            Sections = document.Sections.Insert(Math.Min(place + 1, document.Sections.Length), section),
        };
    }

    private static Section? Of(ReportModel model) => model.Evaluations.IsEmpty ? null : new Section(
        "evaluations",
        "Evaluations of the models",
        [
            .. model.Evaluations.SelectMany(evaluation => Blocks(model, evaluation)),
            new Block.Paragraph(
                "Mean ± sample standard deviation over the replicates, their number in brackets; the folded tables give "
                + "its t interval at 95\u00a0%. ↓ less is better, ↑ more is better. A mean stands out where it "
                + "is better than that of the runner-up by a paired t interval at 95\u00a0%. Models are those that "
                + "trials left when they completed: diverged trials left none.",
                IsNote: true),
        ]);

    private static IEnumerable<Block> Blocks(ReportModel model, IncludedEvaluation evaluation)
    {
        yield return new Block.Subheading(Prose.Code(evaluation.Name));
        yield return new Block.Paragraph(Standing(evaluation));
        if (evaluation.Measured.IsEmpty)
        {
            yield break;
        }

        foreach (var block in evaluation.Headlines.Chunk(MetricsOfTable).SelectMany(
            metrics => Headlines(model, evaluation, metrics)))
        {
            yield return block;
        }

        yield return new Block.Folded(
            $"All {Spelling.Count(evaluation.Measured.Length, "metric")} of {evaluation.Name}",
            Everything(model, evaluation));
    }

    private static Prose Standing(IncludedEvaluation evaluation)
    {
        var trials = evaluation.Model.Trials;
        var completed = trials.Count(t => t.IsCompleted);
        var done = string.Create(
            CultureInfo.InvariantCulture, $"{completed} of {Spelling.Count(trials.Length, "model")} measured");
        var failed = trials.Count(t => t.State.Outcome is Sweeps.Outcome.Failed);
        var rest = failed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {failed} failed");
        return $"{done}{rest}. Measured with {evaluation.Parameters}.";
    }

    private static ImmutableArray<Block> Headlines(
        ReportModel model, IncludedEvaluation evaluation, MetricDeclaration[] metrics) => LongTable.Of(
        [
            new("configuration"),
            .. model.Plan.Swept.Select(p => new Column(Prose.Code(p))),
            .. metrics.Select(m => new Column(Head(m), IsNumeric: true)),
        ],
        model.Configurations.Select(c => Row(model, evaluation, c, metrics)),
        model.Configurations.Length,
        "report.json");

    private static ImmutableArray<Prose> Row(
        ReportModel model, IncludedEvaluation evaluation, ConfigurationResult result, MetricDeclaration[] metrics) =>
    [
        Prose.Code(result.Configuration.Id),
        .. model.Plan.Swept.Select(p => (Prose)(
            result.Configuration.Swept.TryGetValue(p, out var value) ? value.Display : "off")),
        .. metrics.Select(m => Cell(evaluation, m, evaluation.Of(result.Configuration.Id))),
    ];

    private static Prose Cell(IncludedEvaluation evaluation, MetricDeclaration metric, ConfigurationResult? measured)
    {
        var isBest = evaluation.Model.RankingBy(metric) is { IsClear: true } ranking
            && metric.Direction is not Direction.None
            && evaluation.Model.Configurations[ranking.Best] == measured;
        return measured is null ? "—" : ConfigurationSection.Metric(measured, metric, isBest);
    }

    private static ImmutableArray<Block> Everything(ReportModel model, IncludedEvaluation evaluation)
    {
        var rows = evaluation.Measured.SelectMany(
            _ => model.Configurations, (metric, result) => Line(evaluation, metric, result)).ToImmutableArray();
        return LongTable.Of(
            [
                new("metric"), new("unit"), new("better"), new("configuration"), new("n", IsNumeric: true),
                new("mean", IsNumeric: true), new("95\u00a0% interval", IsNumeric: true),
            ],
            rows,
            rows.Length,
            "report.json");
    }

    private static ImmutableArray<Prose> Line(
        IncludedEvaluation evaluation, MetricDeclaration metric, ConfigurationResult result)
    {
        var moments = evaluation.Of(result.Configuration.Id)?.Metrics.GetValueOrDefault(metric.Name);
        var half = moments is null ? null : MeanInterval.HalfWidth(moments);
        return
        [
            Prose.Code(metric.Name),
            metric.Unit,
            metric.Direction switch { Direction.Lower => "less", Direction.Higher => "more", _ => "—" },
            ConfigurationSection.Label(result),
            Integer(moments?.Count ?? 0),
            Spelling.Rounded(moments?.Mean),
            half is { } width
                ? $"{Spelling.Rounded(moments!.Mean - width)} … {Spelling.Rounded(moments.Mean + width)}"
                : "—",
        ];
    }

    private static Prose Head(MetricDeclaration metric) => metric.Unit == "1"
        ? ConfigurationSection.Head(metric)
        : ConfigurationSection.Head(metric) + Prose.Small(metric.Unit);

    private static string Integer(int value) => value.ToString(CultureInfo.InvariantCulture);
}
