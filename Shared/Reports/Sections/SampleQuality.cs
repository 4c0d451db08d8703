using Shared.Metrics;
using Shared.Reports.Document;

namespace Shared.Reports.Sections;

/// <summary>
/// Says which level gave better samples by both ways of scoring them, because which samples are scored can
/// decide who wins: a buffer's contents favour the buffer, chains from fresh noise favour noise.
/// </summary>
internal static class SampleQuality
{
    /// <summary>Both comparisons, and what the conclusion rests on.</summary>
    public static Prose Sentence(
        ReportModel model,
        FactorEffect effect,
        MetricEffect trained,
        MetricEffect fresh,
        AdjustedProbabilities adjusted) =>
        Comparison.Sentence(effect, trained, adjusted) + " " + Comparison.Sentence(effect, fresh, adjusted) + " "
        + Conclusion(
            model,
            Clear(effect, trained),
            Clear(effect, fresh),
            Comparison.IsAnyClear(trained) || Comparison.IsAnyClear(fresh),
            Comparison.LeadOf(effect, trained) is not null || Comparison.LeadOf(effect, fresh) is not null);

    private static Prose Conclusion(
        ReportModel model, Comparison.Lead? trained, Comparison.Lead? fresh, bool isAnyClear, bool isCompared)
    {
        var asTrained = Prose.Code(TrainingMetrics.FidClf.Name);
        var fromNoise = Prose.Code(TrainingMetrics.FidClfFresh.Name);
        return (trained, fresh) switch
        {
            (null, null) when isAnyClear => "By neither way of scoring is one value clearly the best.",
            (null, null) when !isCompared => "",
            (null, null) => "Neither way of scoring shows a clear difference.",
            ({ } one, null) =>
                "That " + Prose.Code(one.Ahead.Value.Display) + " is better rests on " + asTrained
                    + " alone, samples as training makes them.",
            (null, { } other) =>
                "That " + Prose.Code(other.Ahead.Value.Display) + " is better rests on " + fromNoise
                    + " alone, chains from fresh noise.",
            ({ } one, { } other) when one.Ahead.Value == other.Ahead.Value => "Both ways of scoring agree.",
            _ => Prose.Strong("The two disagree:") + " which samples are scored decides who wins."
                + Own(model),
        };
    }

    private static Prose Own(ReportModel model) => model.Plan.Metric.Name switch
    {
        var name when name == TrainingMetrics.FidClf.Name => " This sweep ranks by " + Prose.Code(name)
            + ", samples as training makes them.",
        var name when name == TrainingMetrics.FidClfFresh.Name => " This sweep ranks by " + Prose.Code(name)
            + ", chains from fresh noise.",
        _ => "",
    };

    private static Comparison.Lead? Clear(FactorEffect effect, MetricEffect metric) =>
        Comparison.LeadOf(effect, metric) is { Pairs.IsClear: true } lead ? lead : null;
}
