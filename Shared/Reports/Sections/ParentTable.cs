using System.Collections.Immutable;
using System.Globalization;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Shared.Reports.Sections;

/// <summary>Which trial of its parent each trial of a sweep began from.</summary>
internal static class ParentTable
{
    /// <summary>The blocks; none for a sweep that follows from no other.</summary>
    public static IEnumerable<Block> Of(ReportModel model)
    {
        if (model.Plan.From is not { } from)
        {
            yield break;
        }

        yield return new Block.Paragraph(
            $"Each trial began with {from.Artifact} of a trial of the sweep {from.Sweep}:");
        var table = LongTable.Of(
            [new("trial", IsNumeric: true), new($"began from, of {from.Sweep}"), new("sha256 of the artifact")],
            model.Trials.Select(trial => Row(trial.State)),
            model.Trials.Length,
            "report.json");
        foreach (var block in table)
        {
            yield return block;
        }
    }

    private static ImmutableArray<Prose> Row(TrialState trial)
    {
        var number = trial.Number.ToString(CultureInfo.InvariantCulture);
        return trial.Parent is { } parent
            ? [number, Spelled(parent.Attempt), Prose.Code(parent.Sha256)]
            : [number, Why(trial), ""];
    }

    private static string Spelled(AttemptId attempt) => string.Create(
        CultureInfo.InvariantCulture, $"trial {attempt.Trial}, attempt {attempt.Number}");

    private static string Why(TrialState trial) => trial switch
    {
        { Cause.Length: > 0 } => $"nothing: {trial.Cause}",
        { Outcome: null } => "nothing yet",
        _ => $"nothing: it is {TrialStatus.Of(trial)}",
    };
}
