using System.Diagnostics;
using System.Globalization;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>What happened to a sweep, in one sentence an event.</summary>
public static class EventText
{
    /// <summary>The sentence.</summary>
    public static string Of(SweepEvent happened) => happened switch
    {
        SweepEvent.SweepSubmitted e =>
            $"sweep {e.Name} was submitted: {ProgressText.Count(e.Plan.Trials.Length, "trial")} of "
            + $"{ProgressText.Count(e.Plan.Configurations.Length, "configuration")}, program {e.Program}",
        SweepEvent.SweepCompleted => "every trial has its outcome: the sweep is completed",
        SweepEvent.SweepPaused { Now: true } => "the sweep was paused, and what runs is to be handed back",
        SweepEvent.SweepPaused => "the sweep was paused: no trial may be claimed, what runs goes on to its end",
        SweepEvent.SweepResumed => "the sweep was resumed, for every worker",
        SweepEvent.SweepCancelled => "the sweep was cancelled, and every trial without an outcome with it",
        SweepEvent.SweepExtended e => Extended(e.Addition),
        SweepEvent.PriorityChanged e =>
            string.Create(CultureInfo.InvariantCulture, $"the priority was set to {e.Priority}"),
        SweepEvent.LimitsChanged e => $"the limits were set: {ControlText.Limits(e.Limits)}",
        SweepEvent.WorkerExcluded e =>
            $"worker {e.Worker} gets no more trials until the sweep is resumed: {e.Reason}",
        _ => OfTrial(happened),
    };

    /// <summary>The kind of an event, as it is spelled in stored JSON: <c>attempt-started</c>.</summary>
    public static string KindOf(SweepEvent happened) => ProgressText.Kebab(happened.GetType().Name);

    /// <summary>The trial and, where there is one, the attempt that an event is about.</summary>
    public static (int? Trial, int? Attempt) SubjectOf(SweepEvent happened) => happened switch
    {
        SweepEvent.AttemptStarted e => Of(e.Attempt),
        SweepEvent.AttemptCheckpointed e => Of(e.Attempt),
        SweepEvent.AttemptFinished e => Of(e.Attempt),
        SweepEvent.AttemptLost e => Of(e.Attempt),
        SweepEvent.AttemptHandedBack e => Of(e.Attempt),
        SweepEvent.AttemptCancelled e => Of(e.Attempt),
        SweepEvent.TrialRetryPlanned e => (e.Trial, null),
        SweepEvent.TrialReopened e => (e.Trial, null),
        SweepEvent.TrialReleased e => (e.Trial, null),
        SweepEvent.TrialEnded e => (e.Trial, null),
        _ => (null, null),
    };

    private static string OfTrial(SweepEvent happened) => happened switch
    {
        SweepEvent.AttemptStarted e => Started(e),
        SweepEvent.AttemptCheckpointed e => $"{Name(e.Attempt)} stored a checkpoint of update {e.Update}",
        SweepEvent.AttemptFinished e => Finished(e),
        SweepEvent.AttemptLost e => $"{Name(e.Attempt)} was lost: {e.Reason}",
        SweepEvent.AttemptHandedBack e => $"{Name(e.Attempt)} was handed back by its worker",
        SweepEvent.AttemptCancelled e => $"{Name(e.Attempt)} was ended, because its trial was cancelled",
        SweepEvent.TrialRetryPlanned e => $"trial {e.Trial} waits until {Time(e.NotBefore)} for its next attempt",
        SweepEvent.TrialReopened e =>
            $"trial {e.Trial} was opened again: it begins at update 0, with all its retries",
        SweepEvent.TrialReleased e =>
            $"trial {e.Trial} may start: {e.Parent.Attempt} has stored {e.Parent.Artifact}",
        SweepEvent.TrialEnded e => $"trial {e.Trial} is {ProgressText.Word(e.Outcome)}"
            + (string.IsNullOrEmpty(e.Cause) ? "" : $": {e.Cause}"),
        _ => throw new UnreachableException($"event {happened.GetType().Name}"),
    };

    private static string Started(SweepEvent.AttemptStarted e)
    {
        var place = $"slot {e.Place.Slot} of {e.Place.Worker} (process {e.Place.ProcessId})";
        var from = e.From is { } checkpoint
            ? $", going on after update {checkpoint.Update} of attempt {checkpoint.Attempt.Number}"
            : "";
        return $"{Name(e.Attempt)} started on {place}{from}";
    }

    private static string Finished(SweepEvent.AttemptFinished e)
    {
        var updates = e.Updates is { } count ? $" after update {count}" : "";
        return e.Outcome is AttemptOutcome.Completed
            ? $"{Name(e.Attempt)} ran to its end"
            : $"{Name(e.Attempt)} {ProgressText.Word(e.Outcome)}{updates}: {e.Reason}";
    }

    private static string Extended(SweepAddition addition)
    {
        var numbers = addition.Trials is [var only]
            ? $"trial {only.Number}"
            : $"trials {addition.Trials[0].Number} to {addition.Trials[^1].Number}";
        return $"the sweep was extended by {numbers}";
    }

    private static string Name(AttemptId attempt) => $"trial {attempt.Trial}, attempt {attempt.Number}";

    private static (int? Trial, int? Attempt) Of(AttemptId attempt) => (attempt.Trial, attempt.Number);

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
