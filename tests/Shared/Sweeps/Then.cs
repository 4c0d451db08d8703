using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

/// <summary>The events that the commands of <see cref="Given"/> make, under the same numbers.</summary>
internal static class Then
{
    public static SweepEvent.AttemptStarted Started(
        int id, AttemptId attempt, string worker = "w1", int slot = 1, CheckpointId? from = null) =>
        new(Given.Id(id), Given.At(id), attempt, Given.Place(worker, slot), Given.Environment())
        {
            From = from,
        };

    public static SweepEvent.AttemptFinished Finished(SweepCommand.FinishAttempt finish) =>
        new(
            finish.Id,
            finish.At,
            finish.Attempt,
            finish.Outcome,
            finish.Reason,
            finish.LogTail,
            finish.LastBatch)
        {
            Updates = finish.Updates,
        };

    public static SweepEvent.AttemptLost Lost(SweepCommand.LoseAttempt lose) =>
        new(lose.Id, lose.At, lose.Attempt, lose.Reason, lose.LogTail);

    public static SweepEvent.TrialRetryPlanned Waits(int id, int trial, int seconds) =>
        new(Given.Id(id), Given.At(id), trial, Given.At(id + seconds));

    public static SweepEvent.TrialEnded Ended(int id, int trial, Outcome outcome, string? cause = null) =>
        new(Given.Id(id), Given.At(id), trial, outcome) { Cause = cause };

    public static SweepEvent.SweepCompleted Completed(int id) => new(Given.Id(id), Given.At(id));

    public static SweepEvent.AttemptCancelled Cancelled(int id, AttemptId attempt) =>
        new(Given.Id(id), Given.At(id), attempt);
}
