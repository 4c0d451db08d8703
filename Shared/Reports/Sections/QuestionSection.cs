using System.Collections.Immutable;
using System.Globalization;
using Shared.Metrics;
using Shared.Reports.Document;
using Shared.Statistics;

namespace Shared.Reports.Sections;

/// <summary>
/// The three questions that sampler settings are compared by: is training stable, how fast does it get there, and
/// how good are its samples beside what its chains start from.
/// </summary>
internal static class QuestionSection
{
    /// <summary>A sentence names so many configurations; of more it gives the number.</summary>
    private const int NamedLimit = 6;

    private static readonly string[] Samples =
    [
        TrainingMetrics.FidClf.Name, TrainingMetrics.FidClfFresh.Name, TrainingMetrics.FidClfStart.Name,
        EvaluationMetrics.SampleClassEntropy.Name,
    ];

    private static readonly MetricDeclaration[] Evaluated =
    [
        SampleQualityMetrics.Of("samples", "kid"), SampleQualityMetrics.Of("start", "kid"),
        SampleQualityMetrics.Of("samples", "precision"), SampleQualityMetrics.Of("samples", "recall"),
    ];

    private static readonly string[] Asked = [TrainingMetrics.UpdatesToAccuracy.Name, .. Samples];

    /// <summary>The section, or nothing for an experiment that measures neither speed nor samples.</summary>
    public static Section? Of(ReportModel model)
    {
        var answers = Answers(model);
        return !model.ResultMetrics.Any(m => Asked.Contains(m.Name, StringComparer.Ordinal)) || model.Ended == 0
            ? null
            : new Section("questions", "Stability, speed and samples",
            [
                .. LongTable.Of(
                    [new("configuration"), .. answers.Select(a => new Column(a.Head, IsNumeric: true))],
                    model.Configurations.Select(c => ImmutableArray.CreateRange(
                        answers.Select(a => a.Of(c)).Prepend(ConfigurationSection.Label(c)))),
                    model.Configurations.Length,
                    "report.json"),
                new Block.Paragraph(
                    "Stability: how many of the trials that ended diverged, with Wilson's interval at 95\u00a0%, and how "
                    + "much the gap of the completed ones swings. Speed: until the accuracy is reached, in updates and "
                    + "in gradients of the energy, each chain counted for itself; trials that never reach it have no "
                    + "share. Samples: as training makes them, from fresh noise, and the start of the chains itself, "
                    + "which samples must beat to be worth a chain; and how evenly they spread over the classes.",
                    IsNote: true),
                .. Worse(model, TrainingMetrics.FidClf, "as training makes them"),
                .. Worse(model, TrainingMetrics.FidClfFresh, "from fresh noise"),
                .. model.Evaluations.SelectMany(evaluation => AsEvaluated(model, evaluation)),
            ]);
    }

    /// <summary>Which configurations draw samples that are further from the data than the start of their chains.</summary>
    private static IEnumerable<Block> Worse(ReportModel model, MetricDeclaration metric, string which)
    {
        Prose[] worse =
        [
            .. model.Configurations
                .Where(c => c.Metrics.TryGetValue(metric.Name, out var samples)
                    && c.Metrics.TryGetValue(TrainingMetrics.FidClfStart.Name, out var start)
                    && samples.Mean > start.Mean)
                .Select(c => Prose.Strong(ConfigurationSection.Label(c))),
        ];
        return worse.Length == 0 ? [] :
        [
            new Block.Paragraph(
                "Samples " + which + " are on average further from the data than the start of their chains ("
                + Prose.Code(metric.Name) + " above " + Prose.Code(TrainingMetrics.FidClfStart.Name) + ") with "
                + (worse.Length <= NamedLimit
                    ? Prose.Join("; ", worse)
                    : string.Create(
                        CultureInfo.InvariantCulture, $"{worse.Length} of {model.Configurations.Length} configurations"))
                + "."),
        ];
    }

    /// <summary>What only an evaluation measures of samples, beside the start's own.</summary>
    private static IEnumerable<Block> AsEvaluated(ReportModel model, IncludedEvaluation evaluation)
    {
        MetricDeclaration[] metrics = [.. Evaluated.Where(m => evaluation.Measured.Contains(m))];
        return metrics.Length == 0 ? [] :
        [
            new Block.Paragraph(
                "Samples from fresh noise as " + Prose.Code(evaluation.Name) + " measured them, and the start of the "
                + "chains itself."),
            .. LongTable.Of(
                [new("configuration"), .. metrics.Select(m => new Column(ConfigurationSection.Head(m), IsNumeric: true))],
                model.Configurations.Select(c => ImmutableArray.CreateRange(metrics
                    .Select(m => evaluation.Of(c.Configuration.Id) is { } measured
                        ? ConfigurationSection.Metric(measured, m, isBest: false)
                        : "—")
                    .Prepend(ConfigurationSection.Label(c)))),
                model.Configurations.Length,
                "report.json"),
        ];
    }

    private static ImmutableArray<(Prose Head, Func<ConfigurationResult, Prose> Of)> Answers(ReportModel model)
    {
        var speed = Declared(model, TrainingMetrics.UpdatesToAccuracy.Name);
        return
        [
            ("diverged", Diverged),
            .. Declared(model, TrainingMetrics.GapSd.Name),
            .. speed,
            .. speed.IsEmpty || model.Trials.All(t => t.Curves.Of(SamplingMetrics.GradientEvaluations.Name).IsEmpty)
                ? []
                : (ImmutableArray<(Prose, Func<ConfigurationResult, Prose>)>)[("gradient evaluations to it", Evaluations)],
            .. Samples.SelectMany(name => Declared(model, name)),
        ];
    }

    private static ImmutableArray<(Prose Head, Func<ConfigurationResult, Prose> Of)> Declared(
        ReportModel model, string metric) => model.ResultMetrics.FirstOrDefault(m => m.Name == metric) is { } own
        ? [(ConfigurationSection.Head(own), result => ConfigurationSection.Metric(result, own, isBest: false))]
        : [];

    private static Prose Diverged(ConfigurationResult result) =>
        Spelling.Share(result.Diverged, result.Trials.Count(t => t.State.Outcome is not null));

    /// <summary>What chains had cost when the accuracy was reached.</summary>
    private static Prose Evaluations(ConfigurationResult result)
    {
        double[] costs =
        [
            .. result.Trials
                .Select(t => t.Counted(TrainingMetrics.UpdatesToAccuracy.Name) is { } updates
                    ? CostScale.Evaluations(t).At((int)updates) : null)
                .OfType<double>(),
        ];
        if (Moments.Of(costs) is not { } moments)
        {
            return "—";
        }

        var (mean, deviation) = Spelling.Split(moments.Mean, moments.StandardDeviation);
        return mean + Prose.Small(string.Create(
            CultureInfo.InvariantCulture, $"{(deviation.Length == 0 ? "" : $"± {deviation} ")}({moments.Count})"));
    }
}
