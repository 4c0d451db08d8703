using System.Text.Json;
using Orchestrator.Cli;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Orchestrator;

public sealed class EventTextTests
{
    private static readonly IReadOnlyList<SweepEvent> Everything =
        [.. Recorded.History(), .. Recorded.DependentHistory()];

    [Fact]
    public void Every_kind_of_event_has_its_sentence()
    {
        var kinds = Everything.Select(e => e.GetType()).Distinct().ToList();
        kinds.Count.ShouldBe(typeof(SweepEvent).GetNestedTypes().Length);
        Everything.Select(EventText.Of).ShouldAllBe(s => s.Length > 15 && !s.EndsWith('.') && !s.Contains('\n'));
    }

    [Fact]
    public void A_kind_is_spelled_as_it_is_stored() => Everything.ShouldAllBe(happened =>
        JsonElement.Parse(SweepEventJson.Write(happened)).GetProperty("event").GetString()
            == EventText.KindOf(happened));

    [Fact]
    public void A_history_reads_as_sentences()
    {
        var sweep = Scenario.Submitted(4, retries: 1).After(
            Given.Claim(2, "box-1"),
            Given.Checkpoint(3, Given.Attempt(1), update: 40),
            Given.Lose(4, Given.Attempt(1)),
            Given.Claim(5, "box-2"),
            Given.Finish(6, Given.Attempt(1, 2), AttemptOutcome.Failed) with { Updates = 60 },
            new SweepCommand.ChangeLimits(
                Given.Id(7), Given.At(7), new SweepLimits(2, TimeSpan.FromMinutes(90))),
            new SweepCommand.ExtendSweep(Given.Id(8), Given.At(8), Given.Addition(5, 6)),
            new SweepCommand.PauseSweep(Given.Id(9), Given.At(9), Now: true),
            new SweepCommand.CancelTrial(Given.Id(10), Given.At(10), 2),
            new SweepCommand.RetryTrial(Given.Id(11), Given.At(11), 2));

        sweep.History.Select(EventText.Of).ShouldBe(
        [
            "sweep demo was submitted: 4 trials of 2 configurations, program program-1",
            "trial 1, attempt 1 started on slot 1 of box-1 (process 4001)",
            "trial 1, attempt 1 stored a checkpoint of update 40",
            "trial 1, attempt 1 was lost: the slot was killed by signal 9",
            "trial 1, attempt 2 started on slot 1 of box-2 (process 4001), going on after update 40 of attempt 1",
            "trial 1, attempt 2 failed after update 60: it went wrong",
            "trial 1 waits until 12:00:07Z for its next attempt",
            "the limits were set: at most 2 trials at once, at most 1:30:00 of slot time",
            "the sweep was extended by trials 5 to 6",
            "the sweep was paused, and what runs is to be handed back",
            "trial 2 is cancelled",
            "trial 2 was opened again: it begins at update 0, with all its retries",
        ]);
    }

    [Fact]
    public void A_text_of_the_store_begins_no_line_of_its_own()
    {
        var view = EventsCommand.ViewOf(new RecordedEvent(
            7,
            new SweepEvent.WorkerExcluded(
                Given.Id(1), Given.At(0), "w1", "no\n2026-03-01 12:00:00.000Z  ann  \u001b[31m"),
            Given.At(5), "box\r1"));

        EventsCommand.LineOf(view).ShouldBe(
            "2026-03-01 12:00:05.000Z  box␊1  worker w1 gets no more trials until the sweep is resumed: "
            + "no␊2026-03-01 12:00:00.000Z  ann  ␛[31m");
    }

    [Fact]
    public void A_line_has_the_stores_time_and_who_stored_it()
    {
        var view = EventsCommand.ViewOf(new RecordedEvent(
            7, new SweepEvent.AttemptHandedBack(Given.Id(1), Given.At(0), Given.Attempt(3, 2)),
            Given.At(5).ToOffset(TimeSpan.FromHours(2)), "sweeps"));

        EventsCommand.LineOf(view).ShouldBe(
            "2026-03-01 12:00:05.000Z  sweeps  trial 3, attempt 2 was handed back by its worker");
        (view.Version, view.Event, view.Trial, view.Attempt).ShouldBe((7, "attempt-handed-back", 3, 2));
    }
}
