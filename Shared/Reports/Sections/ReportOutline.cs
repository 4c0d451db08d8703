using System.Collections.Immutable;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Shared.Reports.Sections;

/// <summary>Which sections a report has, and in which order.</summary>
internal static class ReportOutline
{
    /// <summary>The document that Markdown and HTML set.</summary>
    public static ReportDocument Of(ReportModel model)
    {
        Section?[] sections =
        [
            AnswerSection.Of(model),
            UnreadableSection.Of(model),
            ConfigurationSection.Of(model),
            EvaluationSection.Of(model),
            EnsembleSection.Of(model),
            QuestionSection.Of(model),
            TableSection.Of(model),
            EffectSection.Of(model),
            InteractionSection.Of(model),
            CurveSection.Of(model),
            SampleSection.Of(model),
            NearestSection.Of(model),
            ChainSection.Of(model),
            LandscapeSection.Of(model),
            HistogramSection.Of(model),
            AttemptSection.Of(model),
            ParameterSection.Of(model),
            ProvenanceSection.Of(model),
        ];
        return new ReportDocument(
            model.State.Name,
            model.Plan.Question.Trim().Length == 0 ? model.State.Name : model.Plan.Question,
            Facts(model),
            Status(model),
            model.Ended == model.Trials.Length,
            [.. sections.OfType<Section>()]);
    }

    private static ImmutableArray<(string Name, Prose Value)> Facts(ReportModel model)
    {
        var replicates = model.Trials.Select(t => t.State.Replicate).Distinct().Count();
        return
        [
            ("experiment", Prose.Code(model.Plan.Experiment)),
            ("data", model.Plan.Data is { } data ? Prose.Code(data) : "its own"),
            ("metric", Prose.Code(model.Plan.Metric.Name) + $", {Spelling.Kebab(model.Plan.Metric.Goal)}"),
            ("trials", $"{Spelling.Count(model.Configurations.Length, "configuration")} × "
                + Spelling.Count(replicates, "replicate")),
        ];
    }

    private static Prose Status(ReportModel model)
    {
        var ends = model.Trials.Select(t => t.State.Outcome).OfType<Outcome>()
            .GroupBy(o => o).OrderBy(g => g.Key)
            .Select(g => $"{g.Count()} {Spelling.Kebab(g.Key)}");
        var running = model.Trials.Count(t => t.Status == "running");
        var done = model.Ended == model.Trials.Length
            ? $"all {Spelling.Count(model.Trials.Length, "trial")} done"
            : $"unfinished: {model.Ended} of {Spelling.Count(model.Trials.Length, "trial")} done, "
                + $"{running} running, {model.Trials.Length - model.Ended - running} waiting";
        return model.Ended == 0 ? done : $"{done} ({string.Join(", ", ends)})";
    }
}
