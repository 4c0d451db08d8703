using Shared.Execution;
using Shared.Sweeps;
using static Tests.Shared.Execution.WorkerFixture;

namespace Tests.Shared.Execution;

/// <summary>How a worker starts, replaces and gives up its slots' processes.</summary>
public sealed class WorkerSlotTests
{
    [Fact]
    public void The_loss_of_a_busy_slot_is_reported_at_once_and_the_slot_starts_again()
    {
        Busy().When(Exited()).ShouldDo(
            new WorkerAction.Lose(1, First, "signal 9", "the log"), new WorkerAction.StartSlot(1));

        var after = Busy().Given(Exited());
        after.Leases.Held.ShouldBeEmpty();
        after.Slots[1].ShouldBe(new SlotView.Starting());
        after.Records[1].FalseStarts.ShouldBe(0);
    }

    [Fact]
    public void The_loss_of_a_slot_whose_lease_was_refused_is_nobodys_to_report() =>
        Busy().Given(Refused(First)).When(Exited()).ShouldDo(new WorkerAction.StartSlot(1));

    [Fact]
    public void A_slot_that_ends_before_it_runs_anything_waits_longer_each_time_and_then_fails()
    {
        var state = Opened(2).Given(Ready(2), Claimed(First, 2));
        var now = 0;
        foreach (var wait in (int[])[1, 2, 4, 8])
        {
            state.When(Exited()).ShouldBeEmpty();
            state = state.Given(Exited());
            state.Slots[1].ShouldBe(new SlotView.Resting(After(now + wait), "signal 9: the log"));
            state.When(Tick(now + wait - 0.5)).OfType<WorkerAction.StartSlot>().ShouldBeEmpty();
            now += wait;
            state.When(Tick(now)).OfType<WorkerAction.StartSlot>().ShouldDo(new WorkerAction.StartSlot(1));
            state = state.Given(Tick(now));
        }

        state = state.Given(Exited());
        state.Slots[1].ShouldBe(new SlotView.Failed("signal 9: the log"));
        state.When(Tick(now + 1000)).OfType<WorkerAction.StartSlot>().ShouldBeEmpty();
    }

    [Fact]
    public void The_wait_before_a_start_is_a_minute_at_most()
    {
        SlotRules.WaitAfter(1).ShouldBe(TimeSpan.FromSeconds(1));
        SlotRules.WaitAfter(6).ShouldBe(TimeSpan.FromSeconds(32));
        SlotRules.WaitAfter(7).ShouldBe(TimeSpan.FromMinutes(1));
        SlotRules.WaitAfter(60).ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void The_worker_of_one_sweep_ends_with_an_error_when_no_slot_starts_any_more()
    {
        var state = FailedButOnce(Opened(2), 1).Given(Exited(1));
        state = FailedButOnce(state, 2);

        var exit = state.When(Exited(2)).Single().ShouldBeOfType<WorkerAction.Exit>();
        exit.Code.ShouldBe(1);
        exit.Reason.ShouldContain("signal 9");
    }

    [Fact]
    public void The_worker_of_every_sweep_stays_when_no_slot_starts()
    {
        var state = FailedButOnce(Opened(PlanOf(1) with { IsForOneSweep = false }), 1);

        state.When(Exited()).ShouldBeEmpty();
    }

    [Fact]
    public void A_slot_that_runs_something_forgives_earlier_failures_to_start()
    {
        var state = FailedButOnce(Opened(), 1).Given(Ready(), Claimed(First), Exited());

        state.Given(Exited()).Slots[1].ShouldBeOfType<SlotView.Resting>().Until
            .ShouldBe(state.Now.AddSeconds(1));
    }

    [Fact]
    public void A_slot_that_ends_while_the_store_is_asked_starts_again_only_after_the_answer()
    {
        var state = Opened().Given(Ready());

        state.When(Exited()).ShouldBeEmpty();
        var waiting = state.Given(Exited());
        waiting.When(Tick(2)).ShouldDo(Looks());
        waiting.Given(Nothing()).When(Tick(1)).ShouldDo(Looks(), new WorkerAction.StartSlot(1));
        waiting.Given(Nothing(), Tick(1)).Slots[1].ShouldBe(new SlotView.Starting());
    }

    [Fact]
    public void A_process_is_replaced_after_so_many_attempts_and_its_successor_starts_counting_anew()
    {
        var state = Busy();
        for (var attempt = 1; attempt < SlotRules.AttemptsOfProcess; attempt++)
        {
            state = state.Given(Ended(First), Claimed(First));
        }

        state.When(Ended(First)).ShouldDo(
            new WorkerAction.Finish(1, End(First, AttemptOutcome.Completed), "the log\n"),
            new WorkerAction.EndSlot(1));
        var retiring = state.Given(Ended(First));
        retiring.When(Tick(1)).OfType<WorkerAction.Claim>().ShouldBeEmpty();
        retiring.When(Exited()).ShouldDo(new WorkerAction.StartSlot(1));
        retiring.Given(Exited(), Ready(), Claimed(First)).When(Ended(First)).OfType<WorkerAction.EndSlot>()
            .ShouldBeEmpty();
    }

    [Fact]
    public void A_process_whose_memory_has_grown_is_replaced_between_two_attempts()
    {
        const long Start = 300L << 20;
        var state = Opened().Given(Ready(resident: Start), Claimed(First));
        var most = Start + SlotRules.ResidentGrowthLimit;

        state.When(Ended(First, resident: most)).OfType<WorkerAction.EndSlot>().ShouldBeEmpty();
        state.When(Ended(First, resident: most + 1)).OfType<WorkerAction.EndSlot>().Count().ShouldBe(1);
        Busy().When(Ended(First, resident: most + 1)).OfType<WorkerAction.EndSlot>()
            .ShouldBeEmpty("what it had at its start is not known");
    }

    [Fact]
    public void A_claim_says_how_many_slots_of_its_device_and_of_the_best_one_have_not_failed()
    {
        var plan = PlanOf(4) with { Devices = [1, 1, 2, 2] };
        var state = FailedButOnce(Opened(plan), 2).Given(Exited(2));

        state.When(Ready(1)).ShouldDo(ClaimOf(1, 2, 1));
        FailedButOnce(state, 3).Given(Exited(3)).When(Ready(1)).ShouldDo(ClaimOf(1, 1, 1));
    }

    [Fact]
    public void A_failed_slot_counts_as_room_until_the_wide_trial_that_takes_it_ends()
    {
        var state = Opened(3).Given(Ready(1), Nothing(1), Ready(2)).Given(Claimed(First, 1, 2));
        state = FailedButOnce(state, 2).Given(Exited(2));

        state.Slots[2].ShouldBeOfType<SlotView.Failed>();
        state.When(Ready(3)).OfType<WorkerAction.Claim>().ShouldDo(ClaimOf(3, 3, 3));
        state.When(Ended(First)).OfType<WorkerAction.Claim>().ShouldDo(ClaimOf(2, 2, 1));
    }

    [Fact]
    public void A_wide_trial_forgives_every_slot_that_it_takes_earlier_failures_to_start()
    {
        var state = FailedButOnce(Opened(2), 2).Given(Ready(1), Nothing(1), Ready(2), Nothing(1, 2))
            .Given(new WorkerInput.NewsCame());

        var wide = state.Given(Claimed(First, 1, 2), Exited(2));

        wide.Slots[2].ShouldBeOfType<SlotView.Resting>();
        state.Given(Nothing(1, 2), Exited(2)).Slots[2].ShouldBeOfType<SlotView.Failed>();
    }

    private static WorkerState FailedButOnce(WorkerState state, int slot)
    {
        for (var i = 1; i < SlotRules.FalseStartLimit; i++)
        {
            state = state.Given(Exited(slot), new WorkerInput.Tick(state.Now.AddMinutes(1)));
        }

        return state;
    }
}
