using Shared.Execution;
using Shared.Metrics;
using static Tests.Shared.Execution.WorkerFixture;

namespace Tests.Shared.Execution;

/// <summary>When and how a worker ends.</summary>
public sealed class WorkerEndTests
{
    [Fact]
    public void A_worker_told_to_stop_hands_back_what_runs_and_exits_well()
    {
        var state = Opened(3).Given(Ready(1), Claimed(First, 1), Ready(2), Ready(3), Claimed(Second, 3));

        var actions = state.When(new WorkerInput.StopAsked());

        actions[..2].ShouldBe([new WorkerAction.HandBack(1, First), new WorkerAction.HandBack(3, Second)]);
        actions[2..].Single().ShouldBeOfType<WorkerAction.Exit>().Code.ShouldBe(0);
    }

    [Fact]
    public void An_attempt_whose_lease_was_refused_is_not_handed_back()
    {
        var state = Busy().Given(Refused(First));

        state.When(new WorkerInput.StopAsked()).Single().ShouldBeOfType<WorkerAction.Exit>();
    }

    [Fact]
    public void A_worker_exits_well_when_the_sweep_is_over() =>
        Opened().Given(Ready()).When(new WorkerInput.SweepOver()).Single()
            .ShouldBeOfType<WorkerAction.Exit>().Code.ShouldBe(0);

    [Fact]
    public void A_worker_whose_claims_are_refused_exits_with_the_reason() =>
        Opened().Given(Ready()).When(new WorkerInput.ClaimsRefused("another program")).Single()
            .ShouldBe(new WorkerAction.Exit(1, "another program"));

    [Fact]
    public void A_worker_cut_off_past_the_limit_hands_back_and_exits_with_an_error()
    {
        var state = Busy().Given(new WorkerInput.StoreSilent());

        state.When(Tick(900)).OfType<WorkerAction.Exit>().ShouldBeEmpty();
        var actions = state.When(Tick(901));
        actions[0].ShouldBe(new WorkerAction.HandBack(1, First));
        actions[1..].Single().ShouldBeOfType<WorkerAction.Exit>().Code.ShouldBe(1);
    }

    [Fact]
    public void Slots_that_never_become_ready_end_the_worker_after_three_in_a_row()
    {
        var busy = Opened(2).Given(Ready(2), Claimed(First, 2));

        busy.When(Exited()).ShouldBe([new WorkerAction.StartSlot(1)]);
        busy.Given(Exited()).When(Exited()).ShouldBe([new WorkerAction.StartSlot(1)]);
        var actions = busy.Given(Exited(), Exited()).When(Exited());

        actions[0].ShouldBe(new WorkerAction.HandBack(2, First));
        var exit = actions[1..].Single().ShouldBeOfType<WorkerAction.Exit>();
        exit.Code.ShouldBe(1);
        exit.Reason.ShouldContain("signal 9");
    }

    [Fact]
    public void A_slot_that_runs_something_forgives_earlier_failures_to_start()
    {
        var state = Opened().Given(Exited(), Exited(), Ready(), Claimed(First), Exited(), Exited());

        state.When(Exited()).ShouldBe([new WorkerAction.StartSlot(1)]);
    }

    [Fact]
    public void A_claim_granted_after_the_end_is_handed_back()
    {
        var ending = Opened().Given(Ready(), new WorkerInput.StopAsked());

        ending.When(Claimed(First)).ShouldBe([new WorkerAction.HandBack(1, First)]);
    }

    [Fact]
    public void After_the_end_nothing_else_is_done()
    {
        var ending = Busy().Given(new WorkerInput.StopAsked());
        WorkerInput[] inputs =
        [
            Tick(5000), Ready(), Ended(First), Exited(), Nothing(), Refused(First),
            new WorkerInput.SlotSaid(1, new FromSlot.Measured(First, 1, [new MetricPoint(1, "loss", 1)]), ""),
            new WorkerInput.SlotSaid(1, new FromSlot.Produced(First, "n", "m", "p", "h"), ""),
            new WorkerInput.SweepOver(), new WorkerInput.ClaimsRefused("no"), new WorkerInput.StopAsked(),
            new WorkerInput.StoreSilent(), new WorkerInput.StoreAnswered(After(1)),
        ];
        foreach (var input in inputs)
        {
            var (next, actions) = WorkerStep.Step(ending, input);
            actions.ShouldBeEmpty(input.ToString());
            next.ShouldBe(ending);
        }
    }

    [Fact]
    public void Every_kind_of_input_is_known_to_the_step()
    {
        // Each kind is fed above or in WorkerStepTests; a new one has to be added here and there.
        typeof(WorkerInput).GetNestedTypes().Length.ShouldBe(11);
        typeof(SlotInput).GetNestedTypes().Length.ShouldBe(7);
    }
}
