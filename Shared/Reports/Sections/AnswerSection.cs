using System.Collections.Immutable;
using System.Globalization;
using Shared.Metrics;
using Shared.Reports.Document;
using Shared.Statistics;

namespace Shared.Reports.Sections;

/// <summary>What the sweep answers, in sentences made from its numbers and nothing else.</summary>
internal static class AnswerSection
{
    /// <summary>The section.</summary>
    public static Section Of(ReportModel model)
    {
        var blocks = ImmutableArray.CreateBuilder<Block>();
        if (model.Ended < model.Trials.Length)
        {
            blocks.Add(new Block.Paragraph(
                Prose.Strong("Unfinished.")
                + $" {model.Ended} of {Spelling.Count(model.Trials.Length, "trial")} done so far; "
                + "every sentence below may change."));
        }

        blocks.Add(new Block.Paragraph(Best(model)));
        foreach (var effect in model.Effects)
        {
            blocks.Add(new Block.Subheading(
                Prose.Code(effect.Parameter) + ": "
                + Prose.Join(" or ", effect.Levels.Select(l => Prose.Code(l.Value.Display)))));
            blocks.Add(new Block.Points([.. Points(model, effect)]));
        }

        return new Section("answer", "Answer", blocks.ToImmutable());
    }

    /// <summary>
    /// Which configuration has the best mean of the sweep's metric, and how far the next one is.
    /// </summary>
    private static Prose Best(ReportModel model)
    {
        if (model.Headlines.FirstOrDefault(m => m.Name == model.Plan.Metric.Name) is not { } metric)
        {
            return Prose.Code(model.Plan.Metric.Name)
                + " is no result of this experiment; nothing ranks configurations.";
        }

        var ranked = Ranked(model, metric);
        if (ranked.Length == 0)
        {
            return "No completed trial has " + Prose.Code(metric.Name)
                + (model.Ended < model.Trials.Length ? " yet" : "") + Excluded(model) + ".";
        }

        if (model.Configurations.Length == 1)
        {
            return "One configuration, so there is nothing to compare: " + Prose.Code(metric.Name) + " is "
                + Mean(ranked[0], metric) + Excluded(model) + ".";
        }

        var excluded = Excluded(model) + "." + Other(model, ranked[0]);
        var best = "Best mean " + Prose.Code(metric.Name) + ": "
            + Prose.Strong(ConfigurationSection.Label(ranked[0])) + ", " + Mean(ranked[0], metric);
        return ranked.Length == 1
            ? best + "; no other configuration has a completed trial with it" + excluded
            : best + "; next " + ConfigurationSection.Label(ranked[1]) + ", " + Mean(ranked[1], metric)
                + Margin(model, metric) + excluded;
    }

    private static ConfigurationResult[] Ranked(ReportModel model, MetricDeclaration metric)
    {
        var sign = metric.Direction is Direction.Higher ? -1 : 1;
        return [.. model.Configurations.Where(c => c.Metrics.ContainsKey(metric.Name))
            .OrderBy(c => sign * c.Metrics[metric.Name].Mean)];
    }

    /// <summary>Which configuration the other way of scoring samples ranks first.</summary>
    private static Prose Other(ReportModel model, ConfigurationResult best)
    {
        var (trained, fresh) = (TrainingMetrics.FidClf.Name, TrainingMetrics.FidClfFresh.Name);
        var name = model.Plan.Metric.Name;
        var other = name == trained ? fresh : name == fresh ? trained : null;
        if (model.Headlines.FirstOrDefault(m => m.Name == other) is not { } metric
            || Ranked(model, metric) is not [var first, ..])
        {
            return Prose.Empty;
        }

        var way = other == fresh ? ", chains from fresh noise," : ", samples as training makes them,";
        return " By " + Prose.Code(metric.Name) + way + (first == best
            ? " it is the best one too, "
            : " the best mean is that of " + Prose.Strong(ConfigurationSection.Label(first)) + ", ")
            + Mean(first, metric) + ".";
    }

    private static Prose Mean(ConfigurationResult result, MetricDeclaration metric)
    {
        var moments = result.Metrics[metric.Name];
        var value = Spelling.MeanAndDeviation(moments.Mean, moments.StandardDeviation);
        return string.Create(CultureInfo.InvariantCulture, $"{value} (n = {moments.Count})");
    }

    private static Prose Margin(ReportModel model, MetricDeclaration metric) =>
        model.RankingBy(metric)?.Pairs switch
        {
            null => "",
            { IsClear: true } clear => $", clearly behind ({Comparison.Numbers(clear)})",
            var unclear => $", not clearly behind ({Comparison.Numbers(unclear)})",
        };

    private static Prose Excluded(ReportModel model)
    {
        var diverged = model.Trials.Count(t => t.IsDiverged);
        return diverged == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $". {Spelling.Count(diverged, "trial")} of {model.Trials.Length} diverged and "
                + $"{(diverged == 1 ? "has" : "have")} no share in any mean");
    }

    private static IEnumerable<Prose> Points(ReportModel model, FactorEffect effect)
    {
        yield return Stability(effect);
        if (effect.On(TrainingMetrics.UpdatesToAccuracy.Name) is { } speed)
        {
            yield return Speed(effect, speed);
        }

        if (effect.On(TrainingMetrics.FidClf.Name) is { } trained
            && effect.On(TrainingMetrics.FidClfFresh.Name) is { } fresh)
        {
            yield return SampleQuality.Sentence(model, effect, trained, fresh);
        }

        string[] told =
        [
            TrainingMetrics.GapSd.Name, TrainingMetrics.UpdatesToAccuracy.Name,
            TrainingMetrics.FidClf.Name, TrainingMetrics.FidClfFresh.Name,
        ];
        var others = effect.Metrics.Where(m => !told.Contains(m.Metric.Name, StringComparer.Ordinal));
        foreach (var other in others)
        {
            yield return Comparison.Sentence(effect, other);
        }
    }

    private static Prose Stability(FactorEffect effect)
    {
        var counts = effect.Levels.Sum(l => l.Diverged) == 0
            ? (Prose)"No trial diverged."
            : "Diverged: " + Prose.Join(", ", effect.Levels.Select(
                l => $"{l.Diverged} of {l.Ended}{Share(l.Diverged, l.Ended)} with "
                    + Prose.Code(l.Value.Display))) + ".";
        return effect.On(TrainingMetrics.GapSd.Name) is { } spread
            ? Comparison.Sentence(effect, spread) + " " + counts
            : Prose.Strong("Stability: ") + counts;
    }

    private static Prose Speed(FactorEffect effect, MetricEffect speed)
    {
        var never = effect.Levels.Select((l, i) => l.Completed - (speed.Means[i]?.Count ?? 0)).ToArray();
        var counts = never.All(n => n == 0)
            ? (Prose)" Every completed trial reached the accuracy."
            : " Never reached: " + Prose.Join(", ", effect.Levels.Select(
                (l, i) => $"{never[i]} of {l.Completed} completed with " + Prose.Code(l.Value.Display)))
                + "; those trials have no share in the means.";
        return Comparison.Sentence(effect, speed) + counts + Medians(effect, speed.Metric);
    }

    /// <summary>By when half the trials were there, those that never came or diverged counted as waiting.</summary>
    private static Prose Medians(FactorEffect effect, MetricDeclaration metric)
    {
        (FactorLevel Level, KaplanMeier? Times)[] levels =
            [.. effect.Levels.Select(l => (l, l.TimesTo(metric.Name)))];
        return levels.All(l => l.Times is null)
            ? Prose.Empty
            : " Half of all trials, diverged ones and those that never reached it included as not there yet "
                + "(Kaplan–Meier), were there " + Prose.Join(", ", levels.Where(l => l.Times is not null).Select(
                    l => (l.Times!.Median is { } median
                        ? string.Create(CultureInfo.InvariantCulture, $"by update {median:0}")
                        : (Prose)"never") + " with " + Prose.Code(l.Level.Value.Display))) + ".";
    }

    /// <summary>Within which shares the true one lies, at 95 %.</summary>
    private static string Share(int count, int of)
    {
        if (of == 0)
        {
            return "";
        }

        var interval = WilsonInterval.Of(count, of);
        return string.Create(
            CultureInfo.InvariantCulture, $" ({100 * interval.Lower:0} to {100 * interval.Upper:0}\u00a0%)");
    }
}
