using System.Collections.Immutable;
using System.Globalization;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Shared.Reports.Sections;

/// <summary>How long slots were at each configuration, and how much of that came to nothing.</summary>
internal static class CostTable
{
    /// <summary>The time from the beginning to the end of attempts that ended.</summary>
    public static TimeSpan SlotTime(IEnumerable<AttemptState> attempts) => attempts.Aggregate(
        TimeSpan.Zero, (sum, a) => a.EndedAt is { } ended ? sum + (ended - a.StartedAt) : sum);

    /// <summary>The time of attempts that were lost, failed or handed back.</summary>
    public static TimeSpan Wasted(IEnumerable<AttemptState> attempts) => SlotTime(
        attempts.Where(a => a.Outcome is not (AttemptOutcome.Completed or AttemptOutcome.Diverged)));

    /// <summary>The table; none before an attempt has ended.</summary>
    public static ImmutableArray<Block> Of(ReportModel model)
    {
        (ConfigurationResult Result, AttemptState[] Attempts)[] costs =
        [
            .. model.Configurations
                .Select(c => (
                    c, c.Trials.SelectMany(t => t.State.Attempts).Where(a => a.EndedAt is not null).ToArray()))
                .Where(c => c.Item2.Length > 0),
        ];
        return costs.Length == 0
            ? []
            :
            [
                new Block.Folded("What each configuration cost",
                [
                    .. LongTable.Of(
                        [
                            new("configuration"),
                            new("attempts", IsNumeric: true),
                            new("slot time", IsNumeric: true),
                            new("of it without a result", IsNumeric: true),
                        ],
                        costs.Select(c => ImmutableArray.Create<Prose>(
                            ConfigurationSection.Label(c.Result),
                            c.Attempts.Length.ToString(CultureInfo.InvariantCulture),
                            Spelling.Length(SlotTime(c.Attempts)),
                            Spelling.Length(Wasted(c.Attempts)))),
                        costs.Length,
                        "report.json"),
                    new Block.Paragraph(
                        "Slot time runs from the beginning to the end of an attempt, what it measures at its end included. "
                        + "It is that of this machine with whatever else it did, and differs between runs of equal work; "
                        + "the number of gradients does not.",
                        IsNote: true),
                ]),
            ];
    }
}
