using System.Collections.Immutable;
using System.Globalization;
using Shared.Metrics;
using Shared.Reports.Document;
using Shared.Reports.Sections;
using Shared.Sweeps;

namespace Shared.Reports.Comparing;

/// <summary>The document that says how sweeps compare.</summary>
internal static class ComparisonOutline
{
    /// <summary>The document that Markdown, HTML and TeX set.</summary>
    public static ReportDocument Of(SweepComparison comparison)
    {
        var ended = comparison.Sweeps.Sum(s => s.Ended);
        var trials = comparison.Sweeps.Sum(s => s.Trials.Length);
        return new ReportDocument(
            string.Join(", ", comparison.Sweeps.Select(s => s.State.Name)),
            "How do these sweeps compare?",
            [.. comparison.Sweeps.Select(s => (s.State.Name, (Prose)s.Plan.Question))],
            ended == trials
                ? $"all {Spelling.Count(trials, "trial")} done"
                : $"unfinished: {ended} of {Spelling.Count(trials, "trial")} done",
            ended == trials,
            [Answer(comparison), Configurations(comparison), Differences(comparison), Sources(comparison)]);
    }

    private static Section Answer(SweepComparison comparison)
    {
        if (comparison.Metric is not { } metric)
        {
            return new Section("answer", "Answer",
            [
                new Block.Paragraph(Prose.Code(comparison.Sweeps[0].Plan.Metric.Name)
                    + ", the metric of the first sweep, is not reported by every sweep, or they go for different "
                    + "ends of it: nothing ranks them."),
            ]);
        }

        return new Section("answer", "Answer",
        [
            .. comparison.Sweeps.All(s => s.Ended == s.Trials.Length) ? [] : (Block[])
            [
                new Block.Paragraph(
                    Prose.Strong("Unfinished.") + " Trials are still to come; every sentence below may change."),
            ],
            new Block.Paragraph(Best(comparison, metric)),
            new Block.Points([.. comparison.Sweeps.Select(s => BestOf(comparison, s, metric))]),
        ]);
    }

    private static Prose Best(SweepComparison comparison, MetricDeclaration metric)
    {
        var ranked = comparison.Ranked(metric);
        if (ranked.Length < 2)
        {
            return "Fewer than two configurations have " + Prose.Code(metric.Name) + ": there is nothing to compare.";
        }

        var ranking = comparison.RankingBy(metric);
        var margin = ranking?.Pairs is null && !comparison.IsPaired
            ? "; seeds or data of the sweeps differ, so their replicates are no pairs and are not tested"
            : Comparison.Margin(ranking);
        return "Best mean " + Prose.Code(metric.Name) + " of all: " + Told(ranked[0]) + "; next " + Told(ranked[1])
            + margin + ".";

        Prose Told(Candidate candidate) => Named(candidate) + ", " + Comparison.Mean(candidate.Result, metric);
    }

    private static Prose BestOf(SweepComparison comparison, ReportModel sweep, MetricDeclaration metric)
    {
        var best = comparison.Ranked(metric).FirstOrDefault(candidate => candidate.Sweep == sweep);
        var diverged = sweep.Trials.Count(t => t.IsDiverged);
        var losses = diverged == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $"; {diverged} of {sweep.Trials.Length} trials diverged");
        return Prose.Strong(sweep.State.Name) + ": " + (best is null
            ? "no completed trial has " + Prose.Code(metric.Name)
            : ConfigurationSection.Label(best.Result) + ", " + Comparison.Mean(best.Result, metric)) + losses + ".";
    }

    private static Prose Named(Candidate candidate) => Prose.Strong(
        $"{candidate.Sweep.State.Name}: {ConfigurationSection.Label(candidate.Result)}");

    private static Section Configurations(SweepComparison comparison)
    {
        var best = comparison.Headlines.ToDictionary(
            m => m.Name,
            m => comparison.RankingBy(m) is { IsClear: true } ranking ? comparison.Candidates[ranking.Best] : null,
            StringComparer.Ordinal);
        return new Section("configurations", "Configurations",
        [
            new Block.Table(
                [
                    new("sweep"),
                    new("configuration"),
                    .. comparison.Headlines.Select(m => new Column(ConfigurationSection.Head(m), IsNumeric: true)),
                    new("completed", IsNumeric: true),
                    new("diverged", IsNumeric: true),
                ],
                [.. comparison.Candidates.Select(c => Row(comparison, c, best))]),
            new Block.Paragraph(
                "Mean ± sample standard deviation over completed replicates, their number in brackets; a mean stands "
                + "out where it is better than that of the runner-up by a paired t interval at 95\u00a0% over the "
                + "replicates that both have, which takes sweeps of the same seed and data. Diverged trials have no "
                + "share in a mean. “—”: the experiment does not report it, or no trial is completed; “none in k”: k "
                + "completed trials have no finite value.",
                IsNote: true),
        ]);
    }

    private static ImmutableArray<Prose> Row(
        SweepComparison comparison, Candidate candidate, Dictionary<string, Candidate?> best) =>
    [
        Prose.Code(candidate.Sweep.State.Name),
        ConfigurationSection.Label(candidate.Result),
        .. comparison.Headlines.Select(m => candidate.Sweep.ResultMetrics.Any(own => own.Name == m.Name)
            ? ConfigurationSection.Metric(candidate.Result, m, candidate == best[m.Name])
            : "—"),
        string.Create(
            CultureInfo.InvariantCulture, $"{candidate.Result.Completed} of {candidate.Result.Trials.Length}"),
        candidate.Result.Diverged.ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>The parameters that are not the same in all sweeps.</summary>
    private static Section Differences(SweepComparison comparison)
    {
        ImmutableArray<ImmutableArray<Prose>> rows =
        [
            .. Row("experiment", s => s.Plan.Experiment),
            .. Row("data", s => s.Plan.Data ?? "its own"),
            .. Row("seed", s => s.Plan.Seed.ToString(CultureInfo.InvariantCulture)),
            .. comparison.Sweeps.SelectMany(s => s.Plan.Configurations).SelectMany(c => c.Resolved.Keys)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .SelectMany(name => Row(name, s => Values(s.Plan, name))),
        ];
        return new Section("differences", "What differs", rows.IsEmpty
            ? [new Block.Paragraph("Nothing that the sweep files say.")]
            :
            [
                new Block.Table(
                    [new(""), .. comparison.Sweeps.Select(s => new Column(Prose.Code(s.State.Name)))], rows),
                new Block.Paragraph(
                    "“—”: the experiment has no such parameter, or another one switches it off.", IsNote: true),
            ]);

        IEnumerable<ImmutableArray<Prose>> Row(string name, Func<ReportModel, string> value)
        {
            string[] values = [.. comparison.Sweeps.Select(value)];
            return values.Distinct(StringComparer.Ordinal).Count() == 1
                ? []
                : [[Prose.Code(name), .. values.Select(v => (Prose)v)]];
        }
    }

    private static string Values(SweepPlan plan, string name)
    {
        string[] values = [.. plan.Configurations.Where(c => c.Resolved.ContainsKey(name))
            .Select(c => c.Resolved[name].Display).Distinct(StringComparer.Ordinal)];
        return values.Length == 0 ? "—" : string.Join(", ", values);
    }

    private static Section Sources(SweepComparison comparison) => new("provenance", "Provenance",
    [
        new Block.Table(
            [new("sweep"), new("program"), new("submitted"), new("trials", IsNumeric: true), new("devices")],
            [
                .. comparison.Sweeps.Select(s => ImmutableArray.Create<Prose>(
                    Prose.Code(s.State.Name),
                    Prose.Code(s.State.Program),
                    Spelling.Time(s.State.SubmittedAt),
                    string.Create(CultureInfo.InvariantCulture, $"{s.Ended} of {s.Trials.Length}"),
                    string.Join(", ", s.Trials.SelectMany(t => t.State.Attempts).Select(a => a.Environment.Device)
                        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)))),
            ]),
        new Block.Paragraph(
            "Each sweep has a report of its own, with curves, samples and every parameter; this one regenerates from "
            + "the store, byte for byte.",
            IsNote: true),
    ]);
}
