using System.Globalization;
using Shared.Metrics;
using Shared.Reports.Document;
using Shared.Statistics;

namespace Shared.Reports.Sections;

/// <summary>
/// Says which level of a parameter is ahead by a metric, and whether the numbers carry that.
/// </summary>
internal static class Comparison
{
    /// <summary>The level that is ahead, the one it is compared with, and the pairs in that order.</summary>
    /// <param name="Ahead">The level with the better mean over the pairs.</param>
    /// <param name="Behind">The level with which it is compared: the next best one.</param>
    /// <param name="Pairs">Ahead − behind.</param>
    /// <param name="Tested">The same comparison as the effect holds it: second level − first.</param>
    internal sealed record Lead(
        FactorLevel Ahead, FactorLevel Behind, PairedComparison Pairs, PairedComparison Tested);

    /// <summary>
    /// Compares the two levels with the best means; nothing when they have no pair in common.
    /// </summary>
    public static Lead? LeadOf(FactorEffect effect, MetricEffect metric)
    {
        var lowerIsBetter = metric.Metric.Direction is Direction.Lower;
        int[] best = [.. Enumerable.Range(0, effect.Levels.Length)
            .Where(i => metric.Means[i] is not null)
            .OrderBy(i => lowerIsBetter ? metric.Means[i]!.Mean : -metric.Means[i]!.Mean)
            .Take(2)];
        var between =
            metric.Differences.FirstOrDefault(d => best.Contains(d.First) && best.Contains(d.Second))
            ?? metric.Differences.FirstOrDefault(
                d => best.Contains(d.Second) && d.Pairs.Comparison is not null);
        return LeadIn(effect, metric, between);
    }

    private static Lead? LeadIn(FactorEffect effect, MetricEffect metric, LevelDifference? between)
    {
        if (between?.Pairs.Comparison is not { } pairs)
        {
            return null;
        }

        var lowerIsBetter = metric.Metric.Direction is Direction.Lower;
        var (first, second) = (effect.Levels[between.First], effect.Levels[between.Second]);
        return pairs.MeanDifference < 0 == lowerIsBetter
            ? new Lead(second, first, pairs, pairs)
            : new Lead(first, second, pairs.Reversed(), pairs);
    }

    /// <summary>One sentence, the verdict first.</summary>
    /// <param name="effect">What is compared.</param>
    /// <param name="metric">By which metric.</param>
    /// <param name="adjusted">What a difference that is clear alone is worth among all others.</param>
    public static Prose Sentence(FactorEffect effect, MetricEffect metric, AdjustedProbabilities adjusted)
    {
        var name = Prose.Code(metric.Metric.Name);
        if (LeadOf(effect, metric) is not { } lead)
        {
            return Prose.Strong($"{Topic(metric.Metric)}: nothing to compare")
                + " – no two completed trials that share everything else both have " + name + ".";
        }

        var (ahead, behind) = Spelling.Apart(lead.Pairs.SecondMean, lead.Pairs.FirstMean);
        var means = name + $" {ahead} with " + Prose.Code(lead.Ahead.Value.Display) + $", {behind} with "
            + Prose.Code(lead.Behind.Value.Display);
        var chance = AmongAll(lead, adjusted);
        return Verdict(effect, metric.Metric, lead, isClearAlone: chance is not null) + " – " + means
            + $" ({Numbers(lead.Pairs, lead.Pairs.IsClear)}{chance})." + Behind(effect, metric, lead, adjusted);
    }

    /// <summary>
    /// The other levels that one of the two foremost leaves behind by its interval, where these two are not clearly
    /// apart.
    /// </summary>
    private static Prose Behind(
        FactorEffect effect, MetricEffect metric, Lead lead, AdjustedProbabilities adjusted)
    {
        if (lead.Pairs.IsClear)
        {
            return Prose.Empty;
        }

        var others = effect.Levels.Where(l => l != lead.Ahead && l != lead.Behind)
            .Select(l => Over(lead.Ahead, l) ?? Over(lead.Behind, l))
            .OfType<Lead>()
            .Select(l => Prose.Code(l.Behind.Value.Display) + " (to " + Prose.Code(l.Ahead.Value.Display) + ": "
                + $"{Numbers(l.Pairs.Reversed())}{AmongAll(l, adjusted)})")
            .ToList();
        return others.Count == 0 ? Prose.Empty : " Behind: " + Prose.Join(", ", others) + ".";

        Lead? Over(FactorLevel front, FactorLevel other)
        {
            var (i, j) = (effect.Levels.IndexOf(front), effect.Levels.IndexOf(other));
            var between = metric.Differences.FirstOrDefault(
                d => (d.First, d.Second) == (i, j) || (d.First, d.Second) == (j, i));
            return LeadIn(effect, metric, between) is { Pairs.IsClear: true } lead && lead.Ahead == front
                ? lead
                : null;
        }
    }

    /// <summary>Whether any two levels are clearly apart.</summary>
    public static bool IsAnyClear(MetricEffect metric) =>
        metric.Differences.Any(d => d.Pairs.Comparison is { IsClear: true });

    /// <summary>
    /// The p value of a difference that its interval shows and the number of comparisons hides again; nothing of
    /// others.
    /// </summary>
    private static string? AmongAll(Lead lead, AdjustedProbabilities adjusted) =>
        lead.Pairs.IsClear && adjusted[lead.Tested].Student is > 1 - PairedComparison.Confidence and var p
            ? $"; among all comparisons of this metric p = {EffectSection.Probability(p)} by Holm's method"
            : null;

    /// <summary>The mean of a configuration's completed replicates, their spread and number.</summary>
    public static string Mean(ConfigurationResult result, MetricDeclaration metric)
    {
        var moments = result.Metrics[metric.Name];
        var value = Spelling.MeanAndDeviation(moments.Mean, moments.StandardDeviation);
        return string.Create(CultureInfo.InvariantCulture, $"{value} (n = {moments.Count})");
    }

    /// <summary>How far the runner-up is behind; empty where no two configurations make pairs.</summary>
    public static string Margin(Ranking? ranking) => ranking?.Pairs switch
    {
        null => "",
        { IsClear: true } clear => $", clearly behind ({Numbers(clear)})",
        var unclear => $", not clearly behind ({Numbers(unclear)})",
    };

    /// <summary>Difference, interval and number of pairs, as they stand in brackets.</summary>
    /// <param name="pairs">The comparison.</param>
    /// <param name="withCount">Not where the number of pairs stands before the brackets.</param>
    public static string Numbers(PairedComparison pairs, bool withCount = true)
    {
        var difference = $"difference {Spelling.Signed(pairs.MeanDifference)}";
        var interval = pairs.Interval is null
            ? "no interval"
            : $"95\u00a0% interval {EffectSection.Interval(pairs)}";
        return withCount ? $"{difference}, {interval}, {Count(pairs)}" : $"{difference}, {interval}";
    }

    private static Prose Verdict(FactorEffect effect, MetricDeclaration metric, Lead lead, bool isClearAlone)
    {
        var topic = Topic(metric);
        if (lead.Pairs.IsClear)
        {
            var ahead = $"{lead.Ahead.Value.Display} {Ahead(metric)}";
            return isClearAlone
                ? Prose.Strong($"{topic}: a hint that {ahead}") + ", clear only if nothing else had been compared"
                : Prose.Strong($"{topic}: {ahead}");
        }

        return lead.Pairs switch
        {
            { MeanDifference: 0, Interval: null } => Prose.Strong($"{topic}: equal")
                + $" in every pair, {Count(lead.Pairs)}",
            { Pairs: 1 } => Prose.Strong($"{topic}: one pair only")
                + $", in which {lead.Ahead.Value.Display} " + Ahead(metric),
            { Interval: null } => Prose.Strong($"{topic}: {lead.Ahead.Value.Display} {Ahead(metric)}")
                + $" by the same amount in every pair, {Count(lead.Pairs)}",
            _ when effect.Levels.Length > 2 => Prose.Strong(
                $"{topic}: no clear difference between {lead.Ahead.Value.Display} and {lead.Behind.Value.Display}")
                + $" at {Count(lead.Pairs)}",
            _ => Prose.Strong($"{topic}: no clear difference") + $" at {Count(lead.Pairs)}",
        };
    }

    private static string Count(PairedComparison pairs) => string.Create(
        CultureInfo.InvariantCulture, $"n = {Spelling.Count(pairs.Pairs, "pair")}");

    private static string Topic(MetricDeclaration metric) => metric.Name switch
    {
        "gap_sd" => "Stability",
        "updates_to_accuracy" => "Speed",
        "fid_clf" => "Samples as trained",
        "fid_clf_fresh" => "Samples from fresh noise",
        var name => name,
    };

    private static string Ahead(MetricDeclaration metric) => metric.Name switch
    {
        "gap_sd" => "trained more steadily",
        "updates_to_accuracy" => "trained faster",
        "fid_clf" or "fid_clf_fresh" => "is better",
        _ => metric.Direction is Direction.Lower ? "is lower" : "is higher",
    };
}
