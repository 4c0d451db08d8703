using Shared.Execution;
using Shared.Metrics;
using Shared.Sweeps;
using static Tests.Shared.Execution.WorkerFixture;

namespace Tests.Shared.Execution;

/// <summary>A worker and its slots, while the worker goes on.</summary>
public sealed class WorkerStepTests
{
    [Fact]
    public void A_worker_begins_with_a_look_for_the_abandoned_and_starts_every_slot()
    {
        var (state, actions) = WorkerStep.Begin(Opened(2));

        actions.ShouldDo(Looks(), new WorkerAction.StartSlot(1), new WorkerAction.StartSlot(2));
        state.When(Tick(1)).ShouldBeEmpty("the first look is under way");
    }

    [Fact]
    public void A_slot_that_is_ready_gets_a_claim_at_once_for_its_own_place() =>
        Opened(2).When(Ready(2)).ShouldDo(ClaimOf(2, 2, 2));

    [Fact]
    public void A_granted_claim_is_begun_by_the_slot_and_held()
    {
        var state = Opened().Given(Ready());

        state.When(Claimed(First)).ShouldDo(Begins(First));
        state.Given(Claimed(First)).Leases.Held.ShouldBe([First]);
        state.Given(Claimed(First)).Slots[1].ShouldBe(BusyWith(First));
    }

    [Fact]
    public void A_slot_for_which_no_trial_waits_asks_again_at_every_tick() =>
        Opened().Given(Ready(), Nothing()).When(Tick(1)).ShouldDo(Looks(), Claim());

    [Fact]
    public void Free_slots_of_one_device_ask_together_and_those_of_another_by_themselves()
    {
        var plan = PlanOf(4) with { Devices = [1, 1, 2, 2] };
        var state = Opened(plan).Given(
            Ready(1), Nothing(1), Ready(2), Nothing(1, 2), Ready(3), Nothing(1, 2), Nothing(3),
            Ready(4), Nothing(1, 2), Nothing(3, 4));

        state.When(Tick(1)).OfType<WorkerAction.Claim>().ShouldDo(Claim(1, 2), Claim(3, 4));
    }

    [Fact]
    public void Of_a_claim_some_slots_may_be_granted_a_trial_and_the_others_are_free()
    {
        var state = Opened(3).Given(
            Ready(1), Nothing(1), Ready(2), Nothing(1, 2), Ready(3), Nothing(1, 2, 3), Tick(1));
        WorkerInput answer = new WorkerInput.ClaimAnswered(
            [1, 2, 3], [new Grant(2, Begin(First), null, []), new Grant(3, Begin(Second), null, [])]);

        state.When(answer).ShouldDo(Begins(First, 2), Begins(Second, 3));
        state.Given(answer).Slots[1].ShouldBe(new SlotView.Free(Process(1)));
        state.Given(answer).Leases.Held.Count.ShouldBe(2);
    }

    [Fact]
    public void A_tick_claims_for_free_slots_only()
    {
        // Slot 1 starts, 2 is free, 3 has a claim under way, 4 is busy.
        var state = Opened(4)
            .Given(Ready(2), Nothing(2), Ready(4), Claimed(First, 4, 2), Ended(First, slot: 4))
            .Given(Nothing(2), Claimed(First, 4), Ready(3), Nothing(2));

        state.When(Tick(1)).OfType<WorkerAction.Claim>().ShouldDo(ClaimOf(4, 4, 2));
        state.Given(Tick(1)).When(Tick(2)).OfType<WorkerAction.Claim>().ShouldBeEmpty();
    }

    [Fact]
    public void News_make_free_slots_ask_and_look_without_waiting_for_the_tick()
    {
        var state = Opened(2).Given(Ready(), Nothing());

        state.When(new WorkerInput.NewsCame()).ShouldDo(Looks(), ClaimOf(2, 2, 1));
        state.Given(new WorkerInput.NewsCame()).When(new WorkerInput.NewsCame())
            .ShouldBeEmpty("both are under way");
    }

    [Fact]
    public void News_judge_no_lease_because_they_tell_no_time()
    {
        var state = Opened(2);
        for (var second = 1; second <= 60; second++)
        {
            state = state.Given(Tick(second), Stopped(), new WorkerInput.StoreAnswered(After(second)));
        }

        state.When(Tick(61)).ShouldDo(Looks(expiredToo: true));
        state.When(new WorkerInput.NewsCame()).ShouldDo(Looks(expiredToo: false));
    }

    [Fact]
    public void One_look_is_under_way_at_a_time_whether_the_store_answers_or_not()
    {
        var state = Busy().Given(Tick(1));

        state.When(Tick(2)).ShouldBeEmpty();
        state.Given(Stopped()).When(Tick(2)).ShouldDo(Looks(held: First));
        state.Given(new WorkerInput.LookUnanswered()).When(Tick(2)).ShouldDo(Looks(held: First));
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

        kinds.ShouldBe([typeof(WorkerAction.Renew), typeof(WorkerAction.Look)]);
    }

    [Fact]
    public void A_tick_judges_by_expiry_only_after_a_whole_lease_of_contact()
    {
        var state = Opened();
        for (var second = 1; second <= 60; second++)
        {
            state.When(Tick(second)).ShouldDo(Looks(expiredToo: second == 60));
            state = state.Given(Tick(second), Stopped(), new WorkerInput.StoreAnswered(After(second)));
        }

        state.Given(new WorkerInput.StoreSilent()).When(Tick(61)).ShouldDo(Looks(expiredToo: false));
    }

    [Fact]
    public void What_a_slot_measures_and_produces_is_stored_while_its_attempt_holds_the_lease()
    {
        var measured = new FromSlot.Measured(First, 1, [new MetricPoint(1, "loss", 1)]);
        var produced = new FromSlot.Produced(First, "a.png", "image/png", "/spool/a", "00");

        Busy().When(Said(measured)).ShouldDo(new WorkerAction.StoreBatch(1, measured));
        Busy().When(Said(produced)).ShouldDo(new WorkerAction.StoreArtifact(1, produced));
    }

    [Fact]
    public void What_a_slot_says_for_an_attempt_it_does_not_hold_is_dropped()
    {
        var measured = Said(new FromSlot.Measured(First, 1, [new MetricPoint(1, "loss", 1)]));
        var produced = Said(new FromSlot.Produced(First, "a.png", "image/png", "/spool/a", "00"));
        WorkerState[] states =
        [
            Busy().Given(Refused(First)), Opened().Given(Ready(), Claimed(Second)),
            Opened().Given(Ready(), Nothing()),
        ];
        foreach (var state in states)
        {
            state.When(measured).ShouldBeEmpty();
            state.When(produced).ShouldDo(new WorkerAction.DropSpooled(1, "/spool/a"));
            state.When(Left(7, First)).ShouldDo(new WorkerAction.DropSpooled(1, "/spool/7"));
        }
    }

    [Theory]
    [InlineData(AttemptOutcome.Completed, "the log\n")]
    [InlineData(AttemptOutcome.Diverged, "the log\n")]
    [InlineData(AttemptOutcome.Failed, "the log")]
    public void An_end_is_reported_the_lease_given_up_and_the_slot_claims_again(
        AttemptOutcome outcome, string log)
    {
        Busy().When(Ended(First, outcome)).ShouldDo(
            new WorkerAction.Finish(1, End(First, outcome), log), Claim());

        var after = Busy().Given(Ended(First, outcome));
        after.Leases.Held.ShouldBeEmpty();
        after.Slots[1].ShouldBe(new SlotView.Claiming(Process(1)));
    }

    [Fact]
    public void An_end_after_the_lease_was_refused_is_not_reported_and_frees_the_slot()
    {
        foreach (var outcome in Enum.GetValues<AttemptOutcome>())
        {
            Busy().Given(Refused(First)).When(Ended(First, outcome)).ShouldDo(Claim());
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
            .ShouldDo(new WorkerAction.HandBack(1, First), Claim());

    [Fact]
    public void A_refused_renewal_stops_that_attempt_and_no_other()
    {
        var state = Opened(2).Given(Ready(1), Ready(2), Claimed(First, 1), Claimed(Second, 2));

        state.When(Refused(Second)).ShouldDo(new WorkerAction.Tell(2, new ToSlot.Stop(Second)));
        var after = state.Given(Refused(Second));
        after.Leases.Held.ShouldBe([First]);
        after.Slots[2].ShouldBe(BusyWith(Second, 2), "it is busy until its training has stopped");
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
    public void An_attempt_that_was_cancelled_or_lost_is_stopped_at_once_and_never_spoken_for_again()
    {
        Busy().When(Stopped(First)).ShouldDo(new WorkerAction.Tell(1, new ToSlot.Stop(First)));
        var after = Busy().Given(Stopped(First));
        after.Leases.Held.ShouldBeEmpty();
        after.When(Stopped(First)).ShouldBeEmpty("it was told");
        after.When(Ended(First, AttemptOutcome.Preempted)).ShouldDo(Claim());
    }

    [Fact]
    public void A_sweep_that_wants_its_attempts_back_gets_them_with_a_checkpoint_and_asks_once()
    {
        Busy().When(Wanted(First)).ShouldDo(Leaves(First));
        var stopping = Busy().Given(Wanted(First));
        stopping.When(Wanted(First)).ShouldBeEmpty();
        stopping.Leases.Held.ShouldBe([First], "it renews until it has stopped");
        stopping.When(Ended(First, AttemptOutcome.Preempted))
            .ShouldDo(new WorkerAction.HandBack(1, First), Claim());
    }

    [Fact]
    public void A_claim_granted_to_a_process_that_ended_is_handed_back_and_never_given_to_the_next_process()
    {
        var waiting = Opened().Given(Ready(), Exited());

        waiting.When(Claimed(First)).ShouldDo(new WorkerAction.HandBack(1, First));
        var after = waiting.Given(Claimed(First));
        after.Leases.Held.ShouldBeEmpty();
        after.When(Tick(1)).ShouldDo(Looks(), new WorkerAction.StartSlot(1));
    }

    [Fact]
    public void A_wide_trial_takes_further_slots_until_it_ends_whatever_becomes_of_their_processes()
    {
        var state = Opened(2).Given(Ready(1), Nothing(1), Ready(2)).Given(Claimed(First, 1, 2));

        state.When(Tick(1)).OfType<WorkerAction.Claim>().ShouldBeEmpty();
        state.Given(Exited(2), Tick(1), Ready(2)).Slots[2].ShouldBe(new SlotView.Free(Process(2)));
        state.When(Ended(First)).OfType<WorkerAction.Claim>().ShouldDo(Claim(1, 2));
        state.When(Exited(1)).OfType<WorkerAction.Claim>().ShouldBeEmpty();
        state.Given(Exited(1)).When(Tick(1)).OfType<WorkerAction.Claim>().ShouldDo(ClaimOf(2, 2, 2));
    }

    private static WorkerInput Said(FromSlot message) => new WorkerInput.SlotSaid(1, message, "the log");
}
