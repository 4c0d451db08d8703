using System.Collections.Immutable;
using System.Globalization;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Shared.Reports.Sections;

/// <summary>Attempts that did not run to their end, with the reason and the end of the log.</summary>
internal static class AttemptSection
{
    /// <summary>The section, or nothing when every attempt completed.</summary>
    public static Section? Of(ReportModel model)
    {
        ImmutableArray<AttemptState> ended = [.. model.Trials.SelectMany(t => t.State.Attempts)
            .Where(a => a.Outcome is not (null or AttemptOutcome.Completed))];
        return ended.IsEmpty ? null : new Section("attempts", "What did not run to its end",
        [
            Table(ended),
            new Block.Paragraph(
                "An attempt that was lost, failed or handed back is tried again and leaves no trace in the "
                + "results; a trial that diverged is a result and is not.", IsNote: true),
            .. ended.Where(a => a.LogTail.Trim().Length > 0).Select(a => (Block)new Block.Log(
                $"End of the log of trial {Integer(a.Id.Trial)}, attempt {Integer(a.Id.Number)}",
                LogText.End(a.LogTail))),
        ]);
    }

    private static Block.Table Table(ImmutableArray<AttemptState> attempts) => new(
        [
            new("trial", IsNumeric: true),
            new("attempt", IsNumeric: true),
            new("outcome"),
            new("reason"),
            new("worker"),
            new("ended"),
        ],
        [.. attempts.Select(a => ImmutableArray.Create<Prose>(
            Integer(a.Id.Trial),
            Integer(a.Id.Number),
            Spelling.Kebab(a.Outcome!.Value),
            a.Reason,
            $"{a.Place.Worker}, slot {Integer(a.Place.Slot)}",
            a.EndedAt is { } ended ? Spelling.Time(ended) : ""))]);

    private static string Integer(int value) => value.ToString(CultureInfo.InvariantCulture);
}
