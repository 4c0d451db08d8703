using Orchestrator.Cli;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Orchestrator;

public sealed class RefusalTextTests
{
    private readonly Scenario _sweep = Scenario.Submitted(3);

    [Fact]
    public void Every_reason_has_one_sentence_of_its_own()
    {
        var reasons = Enum.GetValues<Rejection>();
        var sentences = reasons.Select(reason => RefusalText.Of(reason, _sweep.State, trial: 1)).ToList();

        sentences.Distinct(StringComparer.Ordinal).Count().ShouldBe(reasons.Length);
        sentences.ShouldAllBe(s => s.Length > 20 && !s.EndsWith('.') && !s.Contains('\n'));
    }

    [Fact]
    public void A_trial_that_is_not_there_is_so_whatever_was_asked_of_it()
    {
        const string Sentence = "sweep demo has no trial 4: its trials are 1 to 3";
        RefusalText.Of(Rejection.UnknownTrial, _sweep.State, 4).ShouldBe(Sentence);
        RefusalText.Of(Rejection.UnknownTrial, _sweep.State, 0).ShouldBe(
            "sweep demo has no trial 0: its trials are 1 to 3");
        RefusalText.Of(Rejection.TrialNotRetryable, _sweep.State, 4).ShouldBe(Sentence);
    }

    [Fact]
    public void A_trial_says_what_it_is()
    {
        _sweep.After(Given.Claim(2), Given.Finish(3, Given.Attempt(1), AttemptOutcome.Diverged));

        RefusalText.Of(Rejection.TrialNotRetryable, _sweep.State, 1).ShouldBe(
            "trial 1 of demo is diverged: only a failed or cancelled trial can be run again");
        RefusalText.Of(Rejection.TrialNotWaiting, _sweep.State, 1).ShouldBe(
            "trial 1 of demo has its outcome already: diverged");
    }

    [Fact]
    public void A_sweep_that_ended_says_how_and_what_can_still_be_done()
    {
        var cancelled = Scenario.Submitted(1).After(new SweepCommand.CancelSweep(Given.Id(2), Given.At(2)));
        RefusalText.Of(Rejection.SweepEnded, cancelled.State).ShouldBe(
            "sweep demo is cancelled, which is for good: submit its file again for another try");

        var completed = Scenario.Submitted(1).After(Given.Claim(2), Given.Finish(3, Given.Attempt(1)));
        RefusalText.Of(Rejection.SweepEnded, completed.State).ShouldStartWith(
            "sweep demo is completed: nothing of it waits or runs; ./sweep extend adds trials");
    }
}
