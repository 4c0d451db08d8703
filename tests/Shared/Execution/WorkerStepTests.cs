using Shared.Execution;
using Shared.Metrics;
using Shared.Sweeps;
using static Tests.Shared.Execution.WorkerFixture;

namespace Tests.Shared.Execution;

/// <summary>A worker and its slots, while the worker goes on.</summary>
public sealed class WorkerStepTests
{
    [Fact]
    public void A_worker_begins_with_a_look_for_the_abandoned_and_starts_every_slot() =>
        WorkerStep.Begin(Opened(2)).ShouldBe(
        [
            new WorkerAction.LoseAbandoned(ExpiredToo: false),
            new WorkerAction.StartSlot(1),
            new WorkerAction.StartSlot(2),
        ]);

    [Fact]
    public void A_slot_that_is_ready_gets_a_claim_at_once_for_its_own_place() =>
        Opened(2).When(Ready(2)).ShouldBe([Claim(2)]);

    [Fact]
    public void A_granted_claim_is_told_to_the_slot_and_held()
    {
        var state = Opened().Given(Ready());

        state.When(Claimed(First)).ShouldBe([new WorkerAction.Tell(1, Begin(First))]);
        state.Given(Claimed(First)).Leases.Held.ShouldBe([First]);
        state.Given(Claimed(First)).Slots[1].ShouldBe(new SlotView.Busy(Process(1), First));
    }

    [Fact]
    public void A_slot_for_which_no_trial_waits_asks_again_at_every_tick()
    {
        var state = Opened().Given(Ready(), Nothing());

        var actions = state.When(Tick(1));

        actions.ShouldBe([new WorkerAction.LoseAbandoned(ExpiredToo: false), Claim()]);
    }

    [Fact]
    public void A_tick_claims_for_free_slots_only()
    {
        // Slot 1 starts, 2 is free, 3 has a claim under way, 4 is busy.
        var state = Opened(4).Given(Ready(2), Nothing(2), Ready(3), Ready(4), Claimed(First, 4));

        state.When(Tick(1)).OfType<WorkerAction.Claim>().ShouldBe([Claim(2)]);
        state.Given(Tick(1)).When(Tick(2)).OfType<WorkerAction.Claim>().ShouldBeEmpty();
    }

    [Fact]
    public void A_tick_renews_every_held_lease_once_a_beat()
    {
        var state = Opened(2).Given(Ready(1), Ready(2), Claimed(Second, 1), Claimed(First, 2));

        state.When(Tick(9)).OfType<WorkerAction.Renew>().ShouldBeEmpty();
        state.When(Tick(10)).OfType<WorkerAction.Renew>().Single().Attempts.ShouldBe([First, Second]);
        state.Given(Tick(10)).When(Tick(11)).OfType<WorkerAction.Renew>().ShouldBeEmpty();
        state.Given(Tick(10)).When(Tick(20)).OfType<WorkerAction.Renew>().Count().ShouldBe(1);
    }

    [Fact]
    public void A_tick_renews_before_it_judges()
    {
        var kinds = Busy().When(Tick(10)).Select(a => a.GetType()).ToList();

        kinds.ShouldBe([typeof(WorkerAction.Renew), typeof(WorkerAction.LoseAbandoned)]);
    }

    [Fact]
    public void A_tick_judges_by_expiry_only_after_a_whole_lease_of_contact()
    {
        var state = Opened();
        for (var second = 1; second <= 60; second++)
        {
            state.When(Tick(second)).ShouldContain(new WorkerAction.LoseAbandoned(ExpiredToo: second == 60));
            state = state.Given(Tick(second), new WorkerInput.StoreAnswered(After(second)));
        }

        state.Given(new WorkerInput.StoreSilent()).When(Tick(61))
            .ShouldContain(new WorkerAction.LoseAbandoned(ExpiredToo: false));
    }

    [Fact]
    public void What_a_slot_measures_and_produces_is_stored_while_its_attempt_holds_the_lease()
    {
        var measured = new FromSlot.Measured(First, 1, [new MetricPoint(1, "loss", 1)]);
        var produced = new FromSlot.Produced(First, "a.png", "image/png", "/spool/a", "00");

        Busy().When(Said(measured)).ShouldBe([new WorkerAction.StoreBatch(1, measured)]);
        Busy().When(Said(produced)).ShouldBe([new WorkerAction.StoreArtifact(1, produced)]);
    }

    [Fact]
    public void What_a_slot_says_for_an_attempt_it_does_not_hold_is_dropped()
    {
        FromSlot[] stale =
        [
            new FromSlot.Measured(First, 1, [new MetricPoint(1, "loss", 1)]),
            new FromSlot.Produced(First, "a.png", "image/png", "/spool/a", "00"),
        ];
        foreach (var message in stale)
        {
            Busy().Given(Refused(First)).When(Said(message)).ShouldBeEmpty();
            Opened().Given(Ready(), Claimed(Second)).When(Said(message)).ShouldBeEmpty();
            Opened().Given(Ready(), Nothing()).When(Said(message)).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(AttemptOutcome.Completed, "")]
    [InlineData(AttemptOutcome.Diverged, "")]
    [InlineData(AttemptOutcome.Failed, "the log")]
    public void An_end_is_reported_the_lease_given_up_and_the_slot_claims_again(
        AttemptOutcome outcome, string log)
    {
        Busy().When(Ended(First, outcome)).ShouldBe(
            [new WorkerAction.Finish(1, End(First, outcome), log), Claim()]);

        var after = Busy().Given(Ended(First, outcome));
        after.Leases.Held.ShouldBeEmpty();
        after.Slots[1].ShouldBe(new SlotView.Claiming(Process(1)));
    }

    [Fact]
    public void An_end_after_the_lease_was_refused_is_not_reported_and_frees_the_slot()
    {
        foreach (var outcome in Enum.GetValues<AttemptOutcome>())
        {
            Busy().Given(Refused(First)).When(Ended(First, outcome)).ShouldBe([Claim()]);
        }
    }

    [Fact]
    public void An_end_of_an_attempt_that_the_slot_does_not_run_is_ignored()
    {
        WorkerState[] states = [Opened(), Opened().Given(Ready()), Opened().Given(Ready(), Claimed(Second))];
        foreach (var state in states)
        {
            var (next, actions) = WorkerStep.Step(state, Ended(First));

            actions.ShouldBeEmpty();
            next.ShouldBe(state);
        }
    }

    [Fact]
    public void Training_that_gives_up_unasked_hands_its_attempt_back_at_once() =>
        Busy().When(Ended(First, AttemptOutcome.Preempted))
            .ShouldBe([new WorkerAction.HandBack(1, First), Claim()]);

    [Fact]
    public void A_refused_renewal_stops_that_attempt_and_no_other()
    {
        var state = Opened(2).Given(Ready(1), Ready(2), Claimed(First, 1), Claimed(Second, 2));

        state.When(Refused(Second)).ShouldBe([new WorkerAction.Tell(2, new ToSlot.Stop(Second))]);
        var after = state.Given(Refused(Second));
        after.Leases.Held.ShouldBe([First]);
        after.Slots[2].ShouldBe(
            new SlotView.Busy(Process(2), Second), "it is busy until its training has stopped");
    }

    [Fact]
    public void A_refused_renewal_of_an_attempt_that_ended_here_is_ignored()
    {
        var state = Busy().Given(Ended(First), Claimed(Second));

        state.When(Refused(First)).ShouldBeEmpty();
        state.Given(Refused(First)).Leases.Held.ShouldBe([Second]);
    }

    [Fact]
    public void A_renewal_is_an_answer_of_the_store()
    {
        var silent = Opened().Given(new WorkerInput.StoreSilent());

        silent.Leases.ContactSince.ShouldBeNull();
        silent.Given(new WorkerInput.Renewed(After(5), [])).Leases.ContactSince.ShouldBe(After(5));
        silent.Given(new WorkerInput.StoreAnswered(After(6))).Leases.ContactSince.ShouldBe(After(6));
    }

    [Fact]
    public void The_loss_of_a_busy_slot_is_reported_at_once_and_the_slot_starts_again()
    {
        Busy().When(Exited()).ShouldBe(
            [new WorkerAction.Lose(1, First, "signal 9", "the log"), new WorkerAction.StartSlot(1)]);

        var after = Busy().Given(Exited());
        after.Leases.Held.ShouldBeEmpty();
        after.Slots[1].ShouldBe(new SlotView.Starting());
        after.StartFailures.ShouldBe(0);
    }

    [Fact]
    public void A_free_slot_that_ends_starts_again() =>
        Opened().Given(Ready(), Nothing()).When(Exited()).ShouldBe([new WorkerAction.StartSlot(1)]);

    [Fact]
    public void Slots_that_end_again_and_again_without_running_anything_end_the_worker()
    {
        var state = Opened();
        for (var i = 1; i < WorkerStep.StartFailureLimit; i++)
        {
            state = state.Given(Ready(), Nothing(), Exited());
        }

        state.Given(Ready(), Nothing()).When(Exited()).OfType<WorkerAction.Exit>().Single().Code.ShouldBe(1);
    }

    [Fact]
    public void A_slot_that_ends_while_the_store_is_asked_starts_again_only_after_the_answer()
    {
        var state = Opened().Given(Ready());

        state.When(Exited()).ShouldBeEmpty();
        var waiting = state.Given(Exited());
        waiting.When(Tick(1)).OfType<WorkerAction.Claim>().ShouldBeEmpty();
        waiting.When(Nothing()).ShouldBe([new WorkerAction.StartSlot(1)]);
        waiting.Given(Nothing()).Slots[1].ShouldBe(new SlotView.Starting());
    }

    [Fact]
    public void A_claim_granted_to_a_process_that_ended_is_handed_back_and_never_given_to_the_next_process()
    {
        var waiting = Opened().Given(Ready(), Exited());

        waiting.When(Claimed(First))
            .ShouldBe([new WorkerAction.HandBack(1, First), new WorkerAction.StartSlot(1)]);
        var after = waiting.Given(Claimed(First));
        after.Leases.Held.ShouldBeEmpty();
        after.Slots[1].ShouldBe(new SlotView.Starting());
    }

    private static WorkerInput Said(FromSlot message) => new WorkerInput.SlotSaid(1, message, "the log");
}
