using System.Collections.Immutable;
using System.Globalization;
using Shared.Metrics;
using Shared.Reports.Document;
using Shared.Statistics;

namespace Shared.Reports.Sections;

/// <summary>What the sweep answers, in sentences made from its numbers and nothing else.</summary>
internal static class AnswerSection
{
    /// <summary>Sentences name this many values of a parameter; of more they give the sum.</summary>
    private const int LevelLimit = 8;

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
        blocks.AddRange(Together(model).Select(sentence => new Block.Paragraph(sentence)));
        var adjusted = AdjustedProbabilities.Of(model);
        foreach (var effect in model.Effects)
        {
            blocks.Add(new Block.Subheading(
                Prose.Code(effect.Parameter) + ": " + Values(effect.Levels)));
            blocks.Add(new Block.Points([.. Points(model, effect, adjusted)]));
        }

        return new Section("answer", "Answer", blocks.ToImmutable());
    }

    /// <summary>Parameters whose effects on the sweep's metric clearly depend on each other.</summary>
    private static IEnumerable<Prose> Together(ReportModel model) =>
        from pair in model.Interactions
        from metric in pair.Metrics
        where metric.Metric.Name == model.Plan.Metric.Name && metric.Found.Comparison is { IsClear: true }
        select Together(pair, metric.Metric, metric.Found.Comparison!);

    private static Prose Together(FactorPair pair, MetricDeclaration metric, PairedComparison pairs) =>
        Prose.Strong("Their effects depend on each other:") + " from " + Prose.Code(pair.First.Low.Value.Display)
            + " to " + Prose.Code(pair.First.High.Value.Display) + " of " + Prose.Code(pair.First.Parameter) + ", "
            + Prose.Code(metric.Name) + $" changes by {Spelling.Signed(pairs.FirstMean)} where "
            + Prose.Code(pair.Second.Parameter) + " is " + Prose.Code(pair.Second.Low.Value.Display)
            + $", and by {Spelling.Signed(pairs.SecondMean)} where it is " + Prose.Code(pair.Second.High.Value.Display)
            + $" ({Comparison.Numbers(pairs)}): the table of configurations says more than the means below, which "
            + "run over the other parameter.";

    private static Prose Values(ImmutableArray<FactorLevel> levels) => levels.Length <= LevelLimit
        ? Prose.Join(" or ", levels.Select(l => Prose.Code(l.Value.Display)))
        : Prose.Code(levels[0].Value.Display) + " to " + Prose.Code(levels[^1].Value.Display)
            + string.Create(CultureInfo.InvariantCulture, $", {levels.Length} values");

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
                + (model.Ended < model.Trials.Length ? " yet" : "") + Failed(model) + Excluded(model) + ".";
        }

        if (model.Configurations.Length == 1)
        {
            return "One configuration, so there is nothing to compare: " + Prose.Code(metric.Name) + " is "
                + Comparison.Mean(ranked[0], metric) + Excluded(model) + ".";
        }

        var excluded = Excluded(model) + "." + NotApart(metric, ranked) + Other(model, ranked[0]);
        var best = "Best mean " + Prose.Code(metric.Name) + ": "
            + Prose.Strong(ConfigurationSection.Label(ranked[0])) + ", " + Comparison.Mean(ranked[0], metric);
        return ranked.Length == 1
            ? best + "; no other configuration has a completed trial with it" + excluded
            : best + "; next " + ConfigurationSection.Label(ranked[1]) + ", " + Comparison.Mean(ranked[1], metric)
                + Comparison.Margin(model.RankingBy(metric)) + excluded;
    }

    /// <summary>
    /// How many configurations a paired interval does not tell from the best one, where they are more than the next
    /// one, and which of them takes the fewest gradients of the energy.
    /// </summary>
    private static Prose NotApart(MetricDeclaration metric, ConfigurationResult[] ranked)
    {
        var best = ranked[0];
        ConfigurationResult[] near =
            [.. ranked[1..].Where(c => Pairs(best, c, metric.Name) is not { IsClear: true })];
        if (near.Length < 2)
        {
            return Prose.Empty;
        }

        var told = FormattableString.Invariant(near.Length == ranked.Length - 1
            ? (FormattableString)$" None of the {near.Length} others is clearly behind it"
            : $" {near.Length} of the {ranked.Length - 1} others are not clearly behind it");
        told += Pairs(best, ranked[1], metric.Name) is { IsClear: true } ? ", as their intervals are wide" : "";
        return near.MinBy(Cost) is { } least && Cost(least) < Cost(best)
            ? told + "; of these " + Prose.Strong(ConfigurationSection.Label(least))
                + " takes the fewest gradient evaluations, "
                + $"{Spelling.Rounded(Cost(least))} a trial instead of {Spelling.Rounded(Cost(best))}."
            : told + ".";

        static double? Cost(ConfigurationResult result) =>
            result.Metrics.TryGetValue(SamplingMetrics.GradientEvaluations.Name, out var cost) ? cost.Mean : null;
    }

    private static PairedComparison? Pairs(ConfigurationResult one, ConfigurationResult other, string metric)
    {
        var values = one.Trials.Where(t => t.Counted(metric) is not null)
            .ToDictionary(t => t.State.Replicate, t => t.Counted(metric)!.Value);
        return PairedComparison.Of(
        [
            .. other.Trials.Where(t => t.Counted(metric) is not null && values.ContainsKey(t.State.Replicate))
                .Select(t => (values[t.State.Replicate], t.Counted(metric)!.Value)),
        ]);
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
            + Comparison.Mean(first, metric) + ".";
    }

    private static string Failed(ReportModel model)
    {
        var failed = model.Configurations.Sum(c => c.Failed);
        return failed == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $"; {failed} of {Spelling.Count(model.Trials.Length, "trial")} failed");
    }

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

    private static IEnumerable<Prose> Points(
        ReportModel model, FactorEffect effect, AdjustedProbabilities adjusted)
    {
        if (!model.Plan.IsEvaluation)
        {
            yield return Stability(effect, adjusted);
        }

        if (effect.On(TrainingMetrics.UpdatesToAccuracy.Name) is { } speed)
        {
            yield return Speed(effect, speed, adjusted);
        }

        if (effect.On(TrainingMetrics.FidClf.Name) is { } trained
            && effect.On(TrainingMetrics.FidClfFresh.Name) is { } fresh)
        {
            yield return SampleQuality.Sentence(model, effect, trained, fresh, adjusted);
        }

        string[] told =
        [
            TrainingMetrics.GapSd.Name, TrainingMetrics.UpdatesToAccuracy.Name,
            TrainingMetrics.FidClf.Name, TrainingMetrics.FidClfFresh.Name,
        ];
        var others = effect.Metrics.Where(m => !told.Contains(m.Metric.Name, StringComparer.Ordinal));
        foreach (var other in others)
        {
            yield return Comparison.Sentence(effect, other, adjusted);
        }
    }

    private static Prose Stability(FactorEffect effect, AdjustedProbabilities adjusted)
    {
        var diverged = effect.Levels.Sum(l => l.Diverged);
        var counts = diverged == 0
            ? (Prose)"No trial diverged."
            : "Diverged: " + (effect.Levels.Length > LevelLimit
                ? Spelling.Share(diverged, effect.Levels.Sum(l => l.Ended))
                : Prose.Join(", ", effect.Levels.Select(
                    l => Spelling.Share(l.Diverged, l.Ended) + " with " + Prose.Code(l.Value.Display)))) + ".";
        return effect.On(TrainingMetrics.GapSd.Name) is { } spread
            ? Comparison.Sentence(effect, spread, adjusted) + " " + counts
            : Prose.Strong("Stability:") + " " + counts;
    }

    private static Prose Speed(FactorEffect effect, MetricEffect speed, AdjustedProbabilities adjusted)
    {
        var never = effect.Levels.Select((l, i) => l.Completed - (speed.Means[i]?.Count ?? 0)).ToArray();
        var counts = effect.Levels.All(l => l.Completed == 0) ? Prose.Empty
            : never.All(n => n == 0) ? " Every completed trial reached the accuracy."
            : " Never reached: " + (effect.Levels.Length > LevelLimit
                ? Of(never.Sum(), effect.Levels.Sum(l => l.Completed))
                : Prose.Join(", ", effect.Levels.Select(
                    (l, i) => Of(never[i], l.Completed) + " with " + Prose.Code(l.Value.Display))))
                + "; those trials have no share in the means.";
        return Comparison.Sentence(effect, speed, adjusted) + counts + Medians(effect, speed.Metric);

        static Prose Of(int count, int completed) =>
            string.Create(CultureInfo.InvariantCulture, $"{count} of {completed} completed");
    }

    /// <summary>By when half the trials were there, those that never came or diverged counted as waiting.</summary>
    private static Prose Medians(FactorEffect effect, MetricDeclaration metric)
    {
        if (effect.Levels.Length > LevelLimit)
        {
            return Prose.Empty;
        }

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
}
