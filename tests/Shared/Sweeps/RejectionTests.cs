using System.Collections.Immutable;
using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

/// <summary>Every reason to refuse a command can be met, and a refusal is not remembered.</summary>
public sealed class RejectionTests
{
    public static TheoryData<Rejection> Reasons =>
        [.. Enum.GetValues<Rejection>().Where(r => r is not Rejection.BatchesMissing)];

    /// <remarks>
    /// A metric batch that is missing is seen by the engine, which keeps them; its contract tests it.
    /// </remarks>
    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_can_be_met(Rejection reason)
    {
        var (state, command) = Case(reason);

        Sweep.Decide(state, command).ShouldBe(new Decision.Rejected(reason));
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_refused_command_may_be_sent_again_and_accepted(Rejection reason)
    {
        var (state, command) = Case(reason);

        state.Answers.ContainsKey(command.Id).ShouldBeFalse();
        var others = Scenario.Submitted(3).After(Given.Claim(2)).State;
        var later = Sweep.Decide(others, Given.Finish(9, Given.Attempt(1)) with { Id = command.Id });
        later.ShouldBeOfType<Decision.Accepted>().IsRepeat.ShouldBeFalse();
    }

    private static (SweepState State, SweepCommand Command) Case(Rejection reason) => reason switch
    {
        Rejection.UnknownSweep => (SweepState.Initial, Given.Claim(9)),
        Rejection.AlreadySubmitted => (
            Running(),
            new SweepCommand.Submit(Given.Id(9), Given.At(9), "demo", Given.Plan(2), Given.Program)),
        Rejection.StaleAttempt => (Running(), Given.Finish(9, Given.Attempt(2))),
        Rejection.NothingToClaim => (Running(trials: 1), Given.Claim(9)),
        Rejection.ProgramMismatch => (Running(), Given.Claim(9, program: "program-2")),
        Rejection.InvalidOutcome => (Running(), Given.Finish(9, Given.Attempt(1), AttemptOutcome.Lost)),
        Rejection.NotYet => (
            Running(trials: 1, Given.FalseStart(8, Given.Attempt(1))),
            Given.Claim(9) with { At = Given.At(8) }),
        Rejection.NotPaused => (Running(), new SweepCommand.ResumeSweep(Given.Id(9), Given.At(9))),
        Rejection.WorkerExcluded => (Excluding(), Given.Claim(9)),
        Rejection.RequirementsUnmet => (
            Scenario.Requiring(new Requirements(
                ImmutableSortedDictionary<string, string>.Empty, "H100", null)).State,
            Given.Claim(9)),
        Rejection.InvalidName => (Running(), Given.Claim(9, worker: "../w\n")),
        Rejection.InvalidNumber => (Running(), Given.Checkpoint(9, Given.Attempt(1), update: 0)),
        _ => OfControl(reason),
    };

    private static (SweepState State, SweepCommand Command) OfControl(Rejection reason) => reason switch
    {
        Rejection.SweepPaused => (
            Running(2, new SweepCommand.PauseSweep(Given.Id(3), Given.At(3), Now: false)), Given.Claim(9)),
        Rejection.SweepEnded => (
            Running(2, new SweepCommand.CancelSweep(Given.Id(3), Given.At(3))), Given.Claim(9)),
        Rejection.ConcurrencyReached => (Running(2, Limits(new SweepLimits(1, null))), Given.Claim(9)),
        Rejection.BudgetSpent => (Running(2, Limits(new SweepLimits(null, TimeSpan.Zero))), Given.Claim(9)),
        Rejection.UnknownTrial => (Running(), new SweepCommand.RetryTrial(Given.Id(9), Given.At(9), 7)),
        Rejection.TrialNotWaiting => (
            Running(),
            new SweepCommand.FailWaitingTrial(Given.Id(9), Given.At(9), 1, "trial 1 of parent failed")),
        Rejection.TrialNotRetryable => (Running(), new SweepCommand.RetryTrial(Given.Id(9), Given.At(9), 1)),
        Rejection.AdditionMismatch => (
            Running(), new SweepCommand.ExtendSweep(Given.Id(9), Given.At(9), Given.Addition(5, 6))),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "no case for this reason"),
    };

    private static SweepState Running(int trials = 2, params SweepCommand[] then) =>
        Scenario.Submitted(trials).After(Given.Claim(2)).After(then).State;

    private static SweepState Excluding() => Scenario.Submitted(5).After(
        Given.Claim(2, "w2"), Given.Claim(3), Given.Claim(4), Given.Claim(5),
        Given.FalseStart(6, Given.Attempt(2)),
        Given.FalseStart(7, Given.Attempt(3)),
        Given.FalseStart(8, Given.Attempt(4))).State;

    private static SweepCommand.ChangeLimits Limits(SweepLimits limits) =>
        new(Given.Id(3), Given.At(3), limits);
}
