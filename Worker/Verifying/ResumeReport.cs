using System.Collections.Immutable;
using Shared.Execution;
using Shared.Experiments;

namespace Worker.Verifying;

/// <summary>What a verification found.</summary>
/// <param name="Experiment">Name of the experiment.</param>
/// <param name="Updates">Updates of the trial.</param>
/// <param name="KilledAt">The last update that the killed attempt is known to have finished.</param>
/// <param name="BegunFrom">The update that the next attempt went on from; 0 when it began anew.</param>
/// <param name="CheckpointBytes">Length of the checkpoint.</param>
/// <param name="Points">How many points of kind result were compared.</param>
/// <param name="Artifacts">How many artifacts were compared, the stored model among them.</param>
/// <param name="Differing">What is not equal, one text each.</param>
public sealed record ResumeReport(
    string Experiment,
    int Updates,
    int KilledAt,
    int BegunFrom,
    long CheckpointBytes,
    int Points,
    int Artifacts,
    ImmutableArray<string> Differing)
{
    /// <summary>Whether the trial was resumed, and nothing differs.</summary>
    public bool IsVerified => BegunFrom > 0 && Differing.IsEmpty;

    /// <summary>Compares what the three attempts left.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="updates">Updates of the trial.</param>
    /// <param name="straight">Of the attempt that was trained straight through.</param>
    /// <param name="killed">Of the attempt that was killed, and its last checkpoint.</param>
    /// <param name="resumed">Of the attempt that went on from there.</param>
    public static ResumeReport Of(
        ExperimentDeclaration experiment,
        int updates,
        TrialRecord straight,
        (TrialRecord Record, FromSlot.Checkpointed Checkpoint) killed,
        TrialRecord resumed)
    {
        var from = killed.Checkpoint.Update;

        // Whoever reports an update before the checkpoint made it, and so did not begin there; after the
        // checkpoint of the last update only the end of the trial is left to report.
        var isAnew = from < updates && resumed.Points.Any(point => point.Step <= from);
        var compared = TrialComparison.Of(
            straight, killed.Record.ContinuedBy(from, resumed), experiment.Metrics);
        return new ResumeReport(
            experiment.Name,
            updates,
            Math.Max(from, killed.Record.Points.Select(point => point.Step).DefaultIfEmpty().Max()),
            isAnew ? 0 : from,
            killed.Checkpoint.Length,
            compared.Points,
            compared.Artifacts,
            compared.Differing);
    }
}
