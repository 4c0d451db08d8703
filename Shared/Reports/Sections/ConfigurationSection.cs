using System.Collections.Immutable;
using System.Globalization;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Reports.Document;
using Shared.Reports.Plots;

namespace Shared.Reports.Sections;

/// <summary>The table of configurations, and the folded one of trials.</summary>
internal static class ConfigurationSection
{
    /// <summary>The section.</summary>
    public static Section Of(ReportModel model) => new("configurations", "Configurations",
    [
        .. Table(model),
        new Block.Paragraph(Reading(model), IsNote: true),
        .. Meanings("What the metrics mean", model.ResultMetrics
            .Where(m => m.IsHeadline || model.Headlines.Contains(m))
            .Where(m => model.Configurations.Any(c => c.Metrics.ContainsKey(m.Name)))),
        new Block.Folded($"All {Spelling.Count(model.Trials.Length, "trial")}", Trials(model)),
    ]);

    /// <summary>A metric's name with an arrow to its better end.</summary>
    public static Prose Head(MetricDeclaration metric) => Prose.Code(metric.Name) + metric.Direction switch
    {
        Direction.Lower => "\u00a0↓",
        Direction.Higher => "\u00a0↑",
        _ => "",
    };

    /// <summary>How a configuration is called where there is no room for columns.</summary>
    public static string Label(ConfigurationResult result) =>
        result.Configuration.Swept.IsEmpty ? "the one configuration" : result.Configuration.Label;

    private static ImmutableArray<Block> Table(ReportModel model)
    {
        var styles = CurveSection.Styles(model);
        var best = model.Headlines.ToDictionary(m => m.Name, m => Best(model, m), StringComparer.Ordinal);
        ImmutableArray<Column> columns =
        [
            new("configuration"),
            .. model.Plan.Swept.Select(p => new Column(Prose.Code(p))),
            .. HasTemperatures(model) ? [new Column("τ", IsNumeric: true)] : (Column[])[],
            .. model.Headlines.Select(m => new Column(Head(m), IsNumeric: true)),
            new("completed", IsNumeric: true),
        ];
        return LongTable.Of(
            columns,
            model.Configurations.Select(c => Row(
                model, c, best, styles.TryGetValue(c.Configuration.Id, out var style) ? style : null)),
            model.Configurations.Length,
            "report.json");
    }

    private static ImmutableArray<Prose> Row(
        ReportModel model, ConfigurationResult result, Dictionary<string, ConfigurationResult?> best, int? style) =>
    [
        Prose.Drawing(PlotStyle.Sample(style)) + Prose.Code(result.Configuration.Id),
        .. model.Plan.Swept.Select(p => Parameter(result, p)),
        .. HasTemperatures(model)
            ? [ChainTemperature.Of(result.Configuration)?.ToString() ?? "—"]
            : (Prose[])[],
        .. model.Headlines.Select(m => Metric(result, m, result == best[m.Name])),
        $"{Integer(result.Completed)} of {Integer(result.Trials.Length)}" + Otherwise(result),
    ];

    /// <summary>How the trials ended that did not complete.</summary>
    private static Prose Otherwise(ConfigurationResult result)
    {
        string[] others =
        [
            .. new[] { (Count: result.Diverged, Outcome: "diverged"), (Count: result.Failed, Outcome: "failed") }
                .Where(o => o.Count > 0).Select(o => $"{Integer(o.Count)} {o.Outcome}"),
        ];
        return others.Length == 0 ? Prose.Empty : Prose.Small(string.Join(", ", others));
    }

    /// <summary>Whether chains of the sweep run at temperatures of their own.</summary>
    private static bool HasTemperatures(ReportModel model) =>
        model.Configurations.Select(c => ChainTemperature.Of(c.Configuration)).Distinct().Skip(1).Any();

    private static string Temperature(ReportModel model) => HasTemperatures(model)
        ? " τ = σ²/2α is the temperature: chains with step α and noise σ target exp(−E/τ) as long as no gradient is "
            + "clipped; two numbers are those of the first and the last step."
        : ChainTemperature.Of(model.Configurations[0].Configuration) is { } common
            ? $" All chains run at the temperature τ = {common} (σ²/2α; they target exp(−E/τ) as long as no gradient "
                + "is clipped)."
            : "";

    private static Prose Parameter(ConfigurationResult result, string name) =>
        result.Configuration.Swept.TryGetValue(name, out var value) ? value.Display : "off";

    /// <summary>The mean of a metric with its spread and count, as a cell.</summary>
    public static Prose Metric(ConfigurationResult result, MetricDeclaration metric, bool isBest)
    {
        var without = result.Without(metric.Name);
        if (!result.Metrics.TryGetValue(metric.Name, out var moments))
        {
            return without == 0 ? "—" : $"none in {Integer(without)}";
        }

        var (mean, deviation) = Spelling.Split(moments.Mean, moments.StandardDeviation);
        var spread = deviation.Length == 0 ? "" : $"± {deviation} ";
        var count = $"({Integer(moments.Count)})" + (without == 0 ? "" : $" none in {Integer(without)}");
        return (isBest ? Prose.Strong(mean) : mean) + Prose.Small(spread + count);
    }

    /// <summary>The configuration that is clearly ahead of the next one, if one is.</summary>
    private static ConfigurationResult? Best(ReportModel model, MetricDeclaration metric) =>
        model.RankingBy(metric) is { IsClear: true } ranking ? model.Configurations[ranking.Best] : null;

    private static Prose Reading(ReportModel model) =>
        "Mean ± sample standard deviation over completed replicates, their number in brackets; "
        + "↓ less is better, ↑ more is better. A mean stands out where it is better than that of the runner-up "
        + "by a paired t interval at 95\u00a0% over the replicates that both have. "
        + "Diverged trials have no share in a mean" + Divergence(model) + ". "
        + (model.Headlines.Any(m => m.Name == TrainingMetrics.UpdatesToAccuracy.Name)
            ? "“none in k”: k completed trials never reached the accuracy or have no finite value."
            : "“none in k”: k completed trials have no finite value.")
        + Temperature(model);

    /// <summary>By which rules trials of the sweep are called diverged.</summary>
    private static string Divergence(ReportModel model)
    {
        const string Prefix = "detector.";
        var resolved = model.Plan.Configurations[0].Resolved;
        var hasGapRule = resolved.TryGetValue(Prefix + "gap_mad", out var gap) && gap != ParameterType.Optional.None;
        string[] rules =
        [
            .. resolved
                .Where(p => p.Key.StartsWith(Prefix, StringComparison.Ordinal)
                    && p.Value != ParameterType.Optional.None
                    && (hasGapRule || p.Key != Prefix + "gap_updates"))
                .Select(p => $"{p.Key} {p.Value.Display}"),
        ];
        return rules.Length == 0
            ? ""
            : $"; a trial is one by {string.Join(", ", rules)}, or by a number that is not finite, and by nothing else";
    }

    /// <summary>A folded table of what metrics are; none of none.</summary>
    /// <param name="title">What the fold is called.</param>
    /// <param name="metrics">The metrics.</param>
    public static ImmutableArray<Block> Meanings(string title, IEnumerable<MetricDeclaration> metrics)
    {
        ImmutableArray<ImmutableArray<Prose>> rows =
        [
            .. metrics.Select(m => ImmutableArray.Create<Prose>(Head(m), m.Unit, m.Meaning, Prose.Code(m.Formula))),
        ];
        return rows.IsEmpty
            ? []
            :
            [
                new Block.Folded(
                    title, [new Block.Table([new("metric"), new("unit"), new("meaning"), new("formula")], rows)]),
            ];
    }

    private static ImmutableArray<Block> Trials(ReportModel model) => LongTable.Of(
        [
            new("trial", IsNumeric: true),
            new("configuration"),
            new("replicate", IsNumeric: true),
            new("outcome"),
            new("attempts", IsNumeric: true),
            .. model.Headlines.Select(m => new Column(Head(m), IsNumeric: true)),
        ],
        model.Trials.Select(t => Row(model, t)),
        model.Trials.Length,
        "trials.csv");

    private static ImmutableArray<Prose> Row(ReportModel model, TrialResult trial) =>
    [
        Integer(trial.State.Number),
        Prose.Code(trial.State.Configuration),
        Integer(trial.State.Replicate),
        trial.Status,
        Integer(trial.State.Attempts.Length),
        .. model.Headlines.Select(m => (Prose)Spelling.Rounded(
            trial.Values.TryGetValue(m.Name, out var value) ? value : null)),
    ];

    private static string Integer(int value) => value.ToString(CultureInfo.InvariantCulture);
}
