using Shared.Execution;
using Shared.Metrics;
using Shared.Sweeps;
using static Tests.Shared.Execution.WorkerFixture;

namespace Tests.Shared.Execution;

/// <summary>When and how a worker ends.</summary>
public sealed class WorkerEndTests
{
    private static readonly WorkerInput Stop = new WorkerInput.StopAsked();

    [Fact]
    public void A_worker_told_to_stop_has_its_slots_leave_a_checkpoint_and_ends_with_the_last_one()
    {
        var state = Opened(3).Given(Ready(1), Claimed(First, 1), Ready(2), Ready(3), Claimed(Second, 3));

        state.When(Stop).ShouldDo(Leaves(First), Leaves(Second, 3));
        var draining = state.Given(Stop);
        draining.When(Ended(First, AttemptOutcome.Preempted)).ShouldDo(new WorkerAction.HandBack(1, First));
        var last = draining.Given(Ended(First, AttemptOutcome.Preempted))
            .When(Ended(Second, AttemptOutcome.Completed, 3));
        last[..1].ShouldDo(new WorkerAction.Finish(3, End(Second, AttemptOutcome.Completed), "the log\n"));
        last[1..].Single().ShouldBeOfType<WorkerAction.Exit>().Code.ShouldBe(0);
    }

    [Fact]
    public void A_worker_that_runs_nothing_ends_at_once_when_told_to_stop() =>
        Opened().Given(Ready(), Nothing()).When(Stop).Single()
            .ShouldBeOfType<WorkerAction.Exit>().Code.ShouldBe(0);

    [Fact]
    public void A_worker_that_drains_claims_nothing_and_starts_nothing()
    {
        var state =
            Opened(4).Given(Ready(1), Claimed(First, 1), Ready(2), Nothing(2), Ready(3), Exited(4), Stop);

        state.When(new WorkerInput.NewsCame()).ShouldBeEmpty();
        state.When(Tick(2)).ShouldDo(Looks(held: First));
        state.When(Exited(2)).ShouldBeEmpty();
        state.When(Ready(4)).ShouldBeEmpty();
        state.When(Claimed(Second, 3)).ShouldDo(new WorkerAction.HandBack(3, Second));
    }

    [Fact]
    public void What_has_not_stopped_within_the_limit_is_handed_back_as_it_is()
    {
        var state = Busy().Given(Tick(10), Stop);

        state.When(Tick(14.9)).OfType<WorkerAction.Exit>().ShouldBeEmpty();
        var actions = state.When(Tick(15));
        actions[..1].ShouldDo(new WorkerAction.HandBack(1, First));
        actions[1..].Single().ShouldBeOfType<WorkerAction.Exit>().Code.ShouldBe(0);
    }

    [Fact]
    public void A_worker_told_twice_to_stop_hands_back_at_once()
    {
        var actions = Busy().Given(Stop).When(Stop);

        actions[..1].ShouldDo(new WorkerAction.HandBack(1, First));
        actions[1..].Single().ShouldBeOfType<WorkerAction.Exit>().Code.ShouldBe(0);
    }

    [Fact]
    public void A_slot_that_dies_while_the_worker_drains_is_lost_and_not_started_again()
    {
        var actions = Busy().Given(Stop).When(Exited());

        actions[..1].ShouldDo(new WorkerAction.Lose(1, First, "signal 9", "the log"));
        actions[1..].Single().ShouldBeOfType<WorkerAction.Exit>().Code.ShouldBe(0);
    }

    [Fact]
    public void An_attempt_whose_lease_was_refused_is_not_handed_back()
    {
        var state = Busy().Given(Refused(First), Stop);

        state.When(Stop).Single().ShouldBeOfType<WorkerAction.Exit>();
    }

    [Fact]
    public void A_worker_exits_well_when_the_sweep_is_over() =>
        Opened().Given(Ready()).When(new WorkerInput.SweepOver()).Single()
            .ShouldBeOfType<WorkerAction.Exit>().Code.ShouldBe(0);

    [Fact]
    public void A_worker_whose_claims_are_refused_exits_with_the_reason() =>
        Opened().Given(Ready()).When(new WorkerInput.ClaimsRefused("another program"))
            .ShouldDo(new WorkerAction.Exit(1, "another program"));

    [Fact]
    public void A_worker_with_an_idle_limit_ends_when_it_ran_nothing_for_so_long()
    {
        var plan = PlanOf(1) with { IdleLimit = TimeSpan.FromMinutes(10) };
        var state =
            Opened(plan).Given(Ready(), Claimed(First), Tick(499), Ended(First), Nothing(), Tick(500));

        Exits(state.When(Tick(1099))).ShouldBeEmpty();
        Exits(state.When(Tick(1100))).ShouldHaveSingleItem().Code.ShouldBe(0);
        Exits(Busy().Given(Tick(500)).When(Tick(5000))).ShouldBeEmpty("it has no limit");
    }

    [Fact]
    public void A_worker_is_not_idle_while_its_slots_start_or_a_first_answer_is_under_way()
    {
        var plan = PlanOf(2) with { IdleLimit = TimeSpan.FromSeconds(1) };
        var starting = Opened(plan).Given(Tick(1), Tick(2), Tick(3));
        Exits(starting.When(Tick(500))).ShouldBeEmpty("its slots start");

        var asking = starting.Given(Ready(1), Ready(2), Tick(4), Tick(5));
        Exits(asking.When(Tick(500))).ShouldBeEmpty("the store has not answered yet");

        var half = starting.Given(Ready(1), Nothing(1), Tick(4), Tick(5));
        Exits(half.When(Tick(500))).ShouldBeEmpty("the other slot starts");

        var idle = asking.Given(Nothing(1), Nothing(2), Tick(6));
        Exits(idle.When(Tick(6.9))).ShouldBeEmpty("idle begins with the tick that saw it");
        Exits(idle.When(Tick(7))).ShouldHaveSingleItem().Code.ShouldBe(0);
        Exits(idle.Given(Exited(1), Tick(6.5)).When(Tick(7.5))).ShouldBeEmpty("a slot starts anew");
    }

    [Fact]
    public void A_worker_cut_off_past_the_limit_hands_back_and_exits_with_an_error()
    {
        var state = Awake(Busy().Given(new WorkerInput.StoreSilent()), 20, 900);

        Exits(state.When(Tick(900))).ShouldBeEmpty();
        var actions = state.When(Tick(901));
        actions[..1].ShouldDo(new WorkerAction.HandBack(1, First));
        actions[1..].Single().ShouldBeOfType<WorkerAction.Exit>().Code.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_worker_that_slept_past_the_limit_has_the_whole_limit_from_its_waking(bool wasSilent)
    {
        WorkerInput silence = new WorkerInput.StoreSilent();
        var asleep = Awake(wasSilent ? Busy().Given(silence) : Busy(), 20, 100);

        Exits(asleep.When(Tick(5000))).ShouldBeEmpty("its waking shows with this tick");
        Exits(asleep.Given(silence).When(Tick(5000))).ShouldBeEmpty("a call failed before the tick");
        var awake = Awake(asleep.Given(silence, Tick(5000), silence), 5020, 5900);
        Exits(awake.When(Tick(5900))).ShouldBeEmpty();
        Exits(awake.When(Tick(5901))).ShouldHaveSingleItem().Code.ShouldBe(1);
    }

    [Fact]
    public void A_claim_granted_after_the_end_is_handed_back()
    {
        var ending = Opened(2).Given(Ready(), Ready(2), Stop);
        WorkerInput late = new WorkerInput.ClaimAnswered(
            [1, 2], [new Grant(1, Begin(First), null, []), new Grant(2, Begin(Second), null, [])]);

        ending.When(late).ShouldDo(new WorkerAction.HandBack(1, First), new WorkerAction.HandBack(2, Second));
    }

    [Fact]
    public void After_the_end_nothing_else_is_done()
    {
        var ending = Busy().Given(Stop, Stop);
        WorkerInput[] inputs =
        [
            Tick(5000), Ready(), Ended(First), Exited(), Nothing(), Refused(First), Stopped(First),
            new WorkerInput.SlotSaid(1, new FromSlot.Measured(First, 1, [new MetricPoint(1, "loss", 1)]), ""),
            new WorkerInput.SlotSaid(1, new FromSlot.Produced(First, "n", "m", "p", "h"), ""),
            Left(10, First),
            new WorkerInput.SweepOver(), new WorkerInput.ClaimsRefused("no"), Stop,
            new WorkerInput.StoreSilent(), new WorkerInput.StoreAnswered(After(1)),
            new WorkerInput.NewsCame(), new WorkerInput.LookUnanswered(),
            new WorkerInput.CheckpointStored(1, First, TimeSpan.Zero),
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
        // Each kind is fed above or in the other tests of the step; a new one has to be added here and there.
        typeof(WorkerInput).GetNestedTypes().Length.ShouldBe(14);
        typeof(SlotInput).GetNestedTypes().Length.ShouldBe(7);
    }

    private static IEnumerable<WorkerAction.Exit> Exits(IEnumerable<WorkerAction> actions) =>
        actions.OfType<WorkerAction.Exit>();

    /// <summary>Ticks often enough for a worker that does not sleep; the store stays silent.</summary>
    private static WorkerState Awake(WorkerState state, int first, int last)
    {
        for (var second = first; second <= last; second += 20)
        {
            state = state.Given(Tick(second), new WorkerInput.LookUnanswered());
        }

        return state;
    }
}
