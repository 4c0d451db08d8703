using System.Collections.Immutable;
using Orchestrator.Cli;
using Shared.Engine;
using Tests.Shared.Sweeps;

namespace Tests.Orchestrator;

public sealed class WorkerViewTests
{
    private static readonly SlotReport Busy = new(1, "cuda:0", 812, "training", Given.Attempt(3, 2), 41.5, "");
    private static readonly SlotReport Idle = new(2, "cuda:1", 0, "free", null, null, "nothing waits");

    private static readonly ImmutableArray<LeaseSighting> Leases =
        [new(Given.Attempt(3, 2), "box-1-77", Given.At(70), Given.At(10))];

    [Fact]
    public void A_slot_is_a_row_with_what_it_runs_or_why_it_does_not() =>
        Lines(Worker(Busy, Idle)).ShouldBe(
        [
            "worker    box    device  slot  process  state     trial     updates/s  lease     seen      why idle",
            "box-1-77  box-1  cuda:0  1     812      training  demo 3.2  41.5       0:07 ago  0:02 ago",
            "box-1-77  box-1  cuda:1  2     –        free      –         –          –         0:02 ago  nothing waits",
        ]);

    [Fact]
    public void What_holds_for_the_whole_worker_is_said_of_its_idle_slots_and_one_that_is_gone_is_so()
    {
        var silent = Idle with { WhyIdle = "" };
        Lines(Worker(Busy, silent) with { WhyIdle = "told to stop" })[2].ShouldEndWith("0:02 ago  told to stop");
        Lines(Worker(Busy) with { IsLive = false })[1].ShouldContain("  gone   demo 3.2  ");
        var without = Lines(Worker() with { WhyIdle = "no device" })[1];
        without.ShouldContain("  no slots  ");
        without.ShouldEndWith("0:02 ago  no device");
    }

    [Fact]
    public void A_clock_that_is_behind_the_stores_gives_no_negative_age()
    {
        var early = View(Sighting(Busy), Given.At(0));

        early.Slots[0].LeaseAgeSeconds.ShouldBe(0);
        early.Rows(Given.At(0)).Single()[9].ShouldBe("0:00 ago");
    }

    [Fact]
    public void The_json_is_as_its_schema_says()
    {
        var json = OutputSchemas.ShouldMatch("workers", Printed.JsonText(new[] { Worker(Busy, Idle) }))[0];

        json.GetProperty("labels").GetProperty("rack").GetString().ShouldBe("2");
        json.GetProperty("slots")[0].GetProperty("leaseAgeSeconds").GetDouble().ShouldBe(7);
        json.GetProperty("slots")[0].GetProperty("attempt").GetInt32().ShouldBe(2);
        json.GetProperty("slots")[1].GetProperty("sweep").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    private static WorkerView Worker(params SlotReport[] slots) =>
        View(Sighting(slots), Given.At(17));

    private static WorkerView View(WorkerSighting sighting, DateTimeOffset now) =>
        WorkerView.Of(sighting, sighting.Report!, Leases, now);

    private static WorkerSighting Sighting(params SlotReport[] slots) => new(
        "box-1-77",
        new WorkerReport(
            "box-1-77", "box-1", 77, Given.At(0), ["cuda:0", "cuda:1"],
            ImmutableSortedDictionary<string, string>.Empty.Add("rack", "2"), Given.Program, [.. slots], ""),
        Given.At(15),
        IsLive: true);

    private static List<string> Lines(WorkerView worker) =>
        [.. TextTable.Lines(WorkerView.Header, [.. worker.Rows(Given.At(17))])];
}
