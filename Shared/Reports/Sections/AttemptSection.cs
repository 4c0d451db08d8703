using System.Collections.Immutable;
using System.Globalization;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Shared.Reports.Sections;

/// <summary>Attempts that did not run to their end, with the reason and the end of the log.</summary>
internal static class AttemptSection
{
    /// <summary>Most logs that are shown, those of the first trials; <c>./sweep logs</c> shows any.</summary>
    private const int LogLimit = 100;

    private static readonly Block Tried = new Block.Paragraph(
        "An attempt that was lost, failed or handed back is tried again and leaves no trace in the "
        + "results; a trial that diverged is a result and is not.",
        IsNote: true);

    /// <summary>The section, or nothing when every attempt completed and began at update 0.</summary>
    public static Section? Of(ReportModel model)
    {
        ImmutableArray<AttemptState> ended = [.. model.Trials.SelectMany(t => t.State.Attempts)
            .Where(a => a.Outcome is not (null or AttemptOutcome.Completed))];
        ImmutableArray<Block> resumed = [.. Resumed(model)];
        return ended.IsEmpty && resumed.IsEmpty ? null : new Section("attempts", "What did not run to its end",
        [
            .. ended.IsEmpty ? [] : (Block[])[.. Table(ended), Tried],
            .. resumed,
            .. ended.Where(HasTrouble).Take(LogLimit).Select(a => (Block)new Block.Log(
                $"End of the log of trial {Integer(a.Id.Trial)}, attempt {Integer(a.Id.Number)}",
                LogText.End(a.LogTail))),
        ]);
    }

    /// <summary>The log of an attempt that diverged holds no more than its reason.</summary>
    private static bool HasTrouble(AttemptState attempt) =>
        attempt.Outcome is not AttemptOutcome.Diverged && attempt.LogTail.Trim().Length > 0;

    private static ImmutableArray<Block> Table(ImmutableArray<AttemptState> attempts) => LongTable.Of(
        [
            new("trial", IsNumeric: true),
            new("attempt", IsNumeric: true),
            new("outcome"),
            new("reason"),
            new("worker"),
            new("ended"),
        ],
        attempts.Select(a => ImmutableArray.Create<Prose>(
            Integer(a.Id.Trial),
            Integer(a.Id.Number),
            Spelling.Kebab(a.Outcome!.Value),
            a.Reason,
            $"{a.Place.Worker}, slot {Integer(a.Place.Slot)}",
            a.EndedAt is { } ended ? Spelling.Time(ended) : "")),
        attempts.Length,
        "report.json");

    /// <summary>Which attempts went on from a checkpoint, and whether on the same computer.</summary>
    private static IEnumerable<Block> Resumed(ReportModel model)
    {
        ImmutableArray<ImmutableArray<Prose>> rows =
        [
            .. from trial in model.Trials
            from attempt in trial.State.Attempts
            let parent = AttemptChain.ParentOf(trial.State, attempt)
            where parent is not null
            select ImmutableArray.Create<Prose>(
                Integer(attempt.Id.Trial),
                Integer(attempt.Id.Number),
                $"update {Integer(attempt.From!.Update)} of attempt {Integer(parent.Id.Number)}",
                AttemptChain.WhyInexact(parent, attempt) is { } why ? $"not bit-exact: {why}" : "bit-exact"),
        ];
        return rows.IsEmpty ? [] :
        [
            .. LongTable.Of(
                [new("trial", IsNumeric: true), new("attempt", IsNumeric: true), new("went on from"), new("results")],
                rows,
                rows.Length,
                "report.json"),
            new Block.Paragraph(
                "A resumed attempt goes on from a checkpoint; on the same device, kernel and libraries its results "
                + "are those of an undisturbed one, bit for bit.",
                IsNote: true),
        ];
    }

    private static string Integer(int value) => value.ToString(CultureInfo.InvariantCulture);
}
