using Shared.Reports.Document;

namespace Shared.Reports.Sections;

/// <summary>What of the measurements the store holds and nobody can read: it is missing everywhere else.</summary>
internal static class UnreadableSection
{
    /// <summary>The section, or nothing where everything could be read.</summary>
    public static Section? Of(ReportModel model) => model.Unreadable.IsEmpty ? null : new Section(
        "unreadable",
        "What could not be read",
        [
            new Block.Points(
            [
                .. model.Unreadable.Select(trial => (Prose)FormattableString.Invariant(
                    $"{trial.Value} metric {(trial.Value == 1 ? "batch" : "batches")} of trial {trial.Key}: ")
                    + "left out of every curve and value"),
            ]),
        ]);
}
