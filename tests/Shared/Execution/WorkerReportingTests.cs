using System.Collections.Immutable;
using Shared.Engine;
using Shared.Execution;
using static Tests.Shared.Execution.WorkerFixture;

namespace Tests.Shared.Execution;

/// <summary>What a worker says of itself.</summary>
public sealed class WorkerReportingTests
{
    private static readonly WorkerSelf Self = new(
        "box", 42, Start, ["2 cores"], ImmutableSortedDictionary<string, string>.Empty, "program");

    [Fact]
    public void A_running_slot_says_what_it_runs_and_how_fast()
    {
        var report = WorkerReporting.Of(
            Busy(), Self, "no sweep is unfinished", Seen(new SlotSight(101, First, 12.5)));

        var slot = report.Slots.Single();
        (slot.State, slot.Attempt, slot.ProcessId, slot.UpdatesPerSecond, slot.WhyIdle)
            .ShouldBe(("running", First, 101, 12.5, ""));
        report.Idle.ShouldBe("", "it works");
    }

    [Fact]
    public void A_rate_of_an_earlier_attempt_is_not_shown()
    {
        var report = WorkerReporting.Of(Busy(), Self, "", Seen(new SlotSight(101, Second, 12.5)));

        report.Slots.Single().UpdatesPerSecond.ShouldBeNull();
    }

    [Fact]
    public void What_a_slot_said_of_the_attempt_that_it_runs_is_reported_and_of_no_other()
    {
        var log = new LogEnd(1, ["it goes on"]);
        var seen = new SlotSight(101, null, null) { Said = new SlotSaid(First, log) };

        WorkerReporting.Of(Busy(), Self, "", Seen(seen)).Slots.Single().Log!.Text().ShouldBe("it goes on\n");
        WorkerReporting.Of(Busy(), Self, "", Seen(seen with { Said = new SlotSaid(Second, log) }))
            .Slots.Single().Log.ShouldBeNull();
        WorkerReporting.Of(Opened().Given(Ready(), Nothing()), Self, "", Seen(seen)).Slots.Single().Log.ShouldBeNull();
    }

    [Fact]
    public void An_idle_worker_says_why_and_so_do_its_slots()
    {
        var report =
            WorkerReporting.Of(Opened().Given(Ready(), Nothing()), Self, "demo: it is paused", Seen());

        report.Idle.ShouldBe("demo: it is paused");
        report.Slots.Single().State.ShouldBe("free");
        report.Slots.Single().WhyIdle.ShouldBe("demo: it is paused");
    }

    [Fact]
    public void Every_view_of_a_slot_has_a_word_and_where_it_runs_nothing_a_reason()
    {
        SlotView[] views =
        [
            new SlotView.Starting(), new SlotView.Free(Process(1)), new SlotView.Claiming(Process(1)),
            new SlotView.Gone("signal 9"), BusyWith(First), BusyWith(First) with { IsStopping = true },
            new SlotView.Retiring(),
            new SlotView.Resting(After(5), "signal 9"), new SlotView.Failed("signal 9"),
            new SlotView.Off(),
        ];
        views.Select(view => view.GetType()).Distinct().Count()
            .ShouldBe(typeof(SlotView).GetNestedTypes().Length);
        foreach (var view in views)
        {
            var slot = WorkerReporting.Of(Opened().With(1, view), Self, "idle", Seen()).Slots.Single();
            slot.State.ShouldNotBeEmpty();
            (slot.WhyIdle.Length == 0).ShouldBe(view is SlotView.Busy, $"{view}");
        }
    }

    [Fact]
    public void A_slot_that_a_wide_trial_takes_says_which()
    {
        var state = Opened(2).Given(Ready(1), Nothing(1), Ready(2), Claimed(First, 1, 2));

        WorkerReporting.Of(state, Self, "", Seen()).Slots[1].WhyIdle.ShouldContain("slot 1");
    }

    private static Dictionary<int, SlotSight> Seen(SlotSight? first = null) =>
        first is null ? [] : new() { [1] = first };
}
