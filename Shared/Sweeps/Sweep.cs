using System.Diagnostics;

namespace Shared.Sweeps;

/// <summary>The aggregate: every rule about what may happen to a sweep, as pure functions.</summary>
public static class Sweep
{
    /// <summary>Which events a command makes, or why it makes none.</summary>
    public static Decision Decide(SweepState state, SweepCommand command)
    {
        if (state.Answers.TryGetValue(command.Id, out var answer))
        {
            // The same command again: the first answer stands.
            return new Decision.Accepted(answer, IsRepeat: true);
        }

        if (command is SweepCommand.Submit submit)
        {
            return state.Plan is null ? Accept(Submitted(submit)) : Reject(Rejection.AlreadySubmitted);
        }

        if (state.Plan is null)
        {
            return Reject(Rejection.UnknownSweep);
        }

        return command switch
        {
            SweepCommand.ClaimTrials claim => Claiming.Decide(state, claim),
            SweepCommand.RecordCheckpoint record => AttemptEnding.Decide(state, record),
            SweepCommand.FinishAttempt finish => AttemptEnding.Decide(state, finish),
            SweepCommand.LoseAttempt lose => AttemptEnding.Decide(state, lose),
            SweepCommand.HandBackAttempt handBack => AttemptEnding.Decide(state, handBack),
            SweepCommand.PauseSweep pause => Control.Decide(state, pause),
            SweepCommand.ResumeSweep resume => Control.Decide(state, resume),
            SweepCommand.CancelSweep cancel => Control.Decide(state, cancel),
            SweepCommand.CancelTrial cancel => Control.Decide(state, cancel),
            SweepCommand.RetryTrial retry => Control.Decide(state, retry),
            SweepCommand.ChangePriority change => Control.Decide(state, change),
            SweepCommand.ChangeLimits change => Control.Decide(state, change),
            SweepCommand.ExtendSweep extend => Control.Decide(state, extend),
            SweepCommand.ReleaseTrial release => Parents.Decide(state, release),
            SweepCommand.FailWaitingTrial fail => Parents.Decide(state, fail),
            _ => throw new UnreachableException($"command {command.GetType().Name}"),
        };
    }

    /// <summary>The state after one more event.</summary>
    public static SweepState Evolve(SweepState state, SweepEvent happened) =>
        Evolution.After(state, happened);

    /// <summary>The state after a history.</summary>
    public static SweepState Fold(IEnumerable<SweepEvent> history) =>
        history.Aggregate(SweepState.Initial, Evolve);

    /// <summary>The command makes these events.</summary>
    internal static Decision Accept(params IEnumerable<SweepEvent> events) =>
        new Decision.Accepted([.. events], IsRepeat: false);

    /// <summary>The command makes none.</summary>
    internal static Decision Reject(Rejection reason) => new Decision.Rejected(reason);

    /// <summary>Whether an attempt is the one that runs its trial now.</summary>
    internal static bool Runs(SweepState state, AttemptId attempt) =>
        state.Running.TryGetValue(attempt.Trial, out var current) && current == attempt;

    /// <summary>The end of a trial, and that of its sweep where it is the last one.</summary>
    internal static IEnumerable<SweepEvent> EndOf(
        SweepState state, SweepCommand command, int trial, Outcome outcome, string? cause = null)
    {
        yield return new SweepEvent.TrialEnded(command.Id, command.At, trial, outcome) { Cause = cause };
        if (state.Waiting.Remove(trial).IsEmpty
            && state.Blocked.Remove(trial).IsEmpty
            && state.Running.Remove(trial).IsEmpty)
        {
            yield return new SweepEvent.SweepCompleted(command.Id, command.At);
        }
    }

    private static IEnumerable<SweepEvent> Submitted(SweepCommand.Submit submit) =>
    [
        new SweepEvent.SweepSubmitted(submit.Id, submit.At, submit.Name, submit.Plan, submit.Program),
        .. submit.IsPaused
            ? [new SweepEvent.SweepPaused(submit.Id, submit.At, Now: false)] : (SweepEvent[])[],
        .. submit.Priority != SweepState.Initial.Priority
            ? [new SweepEvent.PriorityChanged(submit.Id, submit.At, submit.Priority)] : (SweepEvent[])[],
    ];
}
