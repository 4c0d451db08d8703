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

    /// <summary>The section, or nothing where the report includes no evaluation.</summary>
    public static Section? Of(ReportModel model) => model.Evaluations.IsEmpty ? null : new Section(
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

        foreach (var block in EnsembleSection.Blocks(evaluation.Model))
        {
            yield return block;
        }

        yield return new Block.Folded(
            $"All {Spelling.Count(evaluation.Measured.Length, "metric")} of {evaluation.Name}",
            Everything(model, evaluation));
        foreach (var block in ConfigurationSection.Meanings(
            $"What the metrics of {evaluation.Name} mean", evaluation.Headlines))
        {
            yield return block;
        }
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
        ReportModel model, IncludedEvaluation evaluation, MetricDeclaration[] metrics)
    {
        (MetricDeclaration Metric, string? Best)[] ranked = [.. metrics.Select(m => (m, Best(evaluation, m)))];
        return LongTable.Of(
            [
                new("configuration"),
                .. model.Plan.Swept.Select(p => new Column(Prose.Code(p))),
                .. metrics.Select(m => new Column(Head(m), IsNumeric: true)),
            ],
            model.Configurations.Select(c => Row(model, evaluation, c, ranked)),
            model.Configurations.Length,
            "report.json");
    }

    /// <summary>Id of the configuration that is clearly ahead of the next one, if one is.</summary>
    private static string? Best(IncludedEvaluation evaluation, MetricDeclaration metric) =>
        metric.Direction is not Direction.None
            && evaluation.Model.RankingBy(metric) is { IsClear: true } ranking
            ? evaluation.Model.Configurations[ranking.Best].Configuration.Id
            : null;

    private static ImmutableArray<Prose> Row(
        ReportModel model,
        IncludedEvaluation evaluation,
        ConfigurationResult result,
        (MetricDeclaration Metric, string? Best)[] ranked) =>
    [
        Prose.Code(result.Configuration.Id),
        .. model.Plan.Swept.Select(p => (Prose)(
            result.Configuration.Swept.TryGetValue(p, out var value) ? value.Display : "off")),
        .. ranked.Select(m => evaluation.Of(result.Configuration.Id) is { } measured
            ? ConfigurationSection.Metric(measured, m.Metric, m.Best == result.Configuration.Id)
            : "—"),
    ];

    private static ImmutableArray<Block> Everything(ReportModel model, IncludedEvaluation evaluation) => LongTable.Of(
        [
            new("metric"), new("unit"), new("better"), new("configuration"), new("n", IsNumeric: true),
            new("mean", IsNumeric: true), new("95\u00a0% interval", IsNumeric: true),
        ],
        evaluation.Measured.SelectMany(
            _ => model.Configurations, (metric, result) => Line(evaluation, metric, result)),
        evaluation.Measured.Length * model.Configurations.Length,
        "report.json");

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
