using System.Collections.Immutable;
using System.Globalization;
using Shared.Metrics;
using Shared.Reports.Document;

namespace Shared.Reports.Sections;

/// <summary>What f averaged over the replicates of a configuration tells, beside its single models.</summary>
internal static class EnsembleSection
{
    /// <summary>The section of an evaluation's own report; nothing where no configuration has two models' scores.</summary>
    public static Section? Of(ReportModel model) => Blocks(model) is { IsEmpty: false } blocks
        ? new Section("ensembles", "Ensembles of replicates", blocks)
        : null;

    /// <summary>The table and what it shows; nothing where no configuration has two models' scores.</summary>
    /// <param name="evaluation">The evaluation's own report.</param>
    public static ImmutableArray<Block> Blocks(ReportModel evaluation)
    {
        ImmutableArray<(ConfigurationResult Result, OodEnsemble Ensemble)> rows =
        [
            .. OodEnsemble.Of(evaluation).SelectMany(
                found => found.BySet.Where(ensemble => ensemble.Models > 1),
                (found, ensemble) => (found.Result, ensemble)),
        ];
        return rows.IsEmpty ? [] :
        [
            new Block.Paragraph(
                "Ensembles: the score f of each image averaged over the replicates of a configuration, test images against "
                + "the set, and beside it the mean of the single models. An ensemble is one number: it has no spread."),
            .. LongTable.Of(Columns, rows.Select(row => Row(row.Result, row.Ensemble)), rows.Length, "report.json"),
        ];
    }

    private static ImmutableArray<Column> Columns =>
    [
        new("configuration"),
        new("set"),
        new("models", IsNumeric: true),
        new("AUROC\u00a0↑", IsNumeric: true),
        new("of one model", IsNumeric: true),
        new("AUPR\u00a0↑", IsNumeric: true),
        new("of one model", IsNumeric: true),
        new("FPR at 95\u00a0%\u00a0↓", IsNumeric: true),
        new("of one model", IsNumeric: true),
    ];

    private static ImmutableArray<Prose> Row(ConfigurationResult result, OodEnsemble ensemble)
    {
        var f = OodMetrics.Scores[0];
        return
        [
            ConfigurationSection.Label(result),
            ensemble.Set,
            ensemble.Models.ToString(CultureInfo.InvariantCulture),
            Spelling.Rounded(ensemble.Auroc),
            Single(result, OodMetrics.Auroc(f, ensemble.Set)),
            Spelling.Rounded(ensemble.Aupr),
            Single(result, OodMetrics.Aupr(f, ensemble.Set)),
            Spelling.Rounded(ensemble.Fpr95),
            Single(result, OodMetrics.Fpr95(f, ensemble.Set)),
        ];
    }

    private static string Single(ConfigurationResult result, MetricDeclaration metric) =>
        Spelling.Rounded(result.Metrics.GetValueOrDefault(metric.Name)?.Mean);
}
