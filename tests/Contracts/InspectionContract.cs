using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Contracts;

/// <summary>
/// What every engine promises those who look at it: histories, leases, workers, and when to look again.
/// </summary>
public abstract class InspectionContract : EngineContract
{
    private static readonly TimeSpan AtOnce = TimeSpan.Zero;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_history_is_read_as_it_was_stored()
    {
        await Submit(1, trials: 1);
        var attempt = await Claim(2);
        await Send(Given.Finish(3, attempt));

        var history = await Engine.ReadHistoryAsync("demo", 0, default);

        history.Select(h => h.Version).ShouldBe([1, 2, 3, 4, 5]);
        history.Select(h => h.Event.GetType().Name).ShouldBe(
            ["SweepSubmitted", "AttemptStarted", "AttemptFinished", "TrialEnded", "SweepCompleted"]);
        history.ShouldAllBe(h => h.StoredBy.Length > 0);
        StateJson.Of(Sweep.Fold(history.Select(h => h.Event))).ShouldBe(StateJson.Of(await State()));
        (await Engine.ReadHistoryAsync("demo", 3, default)).Select(h => h.Version).ShouldBe([4, 5]);
        (await Engine.ReadHistoryAsync("demo", 5, default)).ShouldBeEmpty();
        (await Engine.ReadHistoryAsync("nobody", 0, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_time_of_what_happens_is_the_store_s_and_not_the_sender_s()
    {
        await Submit(1, trials: 1);
        await Advance(TimeSpan.FromMinutes(10));
        var early = Given.Claim(2) with { At = Given.Noon.AddYears(-20) };
        var attempt = ((SweepEvent.AttemptStarted)((Decision.Accepted)await Send(early)).Events[0]).Attempt;
        await Advance(TimeSpan.FromMinutes(1));
        await Send(Given.Finish(3, attempt) with { At = Given.Noon.AddYears(20) });

        var history = await Engine.ReadHistoryAsync("demo", 0, default);

        (history[1].Event.At - history[0].Event.At).ShouldBeInRange(
            TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10) + Patience);
        (history[2].Event.At - history[1].Event.At).ShouldBeInRange(
            TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1) + Patience);
        history.ShouldAllBe(h => (h.StoredAt - h.Event.At).Duration() < Patience);
    }

    [Fact]
    public async Task A_repeated_command_has_the_time_of_its_first_answer()
    {
        await Submit(1, trials: 1);
        var first = (Decision.Accepted)await Send(Given.Claim(2));
        await Advance(TimeSpan.FromMinutes(10));

        var second = (Decision.Accepted)await Send(Given.Claim(2));

        second.IsRepeat.ShouldBeTrue();
        second.Events[0].At.ShouldBe(first.Events[0].At);
    }

    [Fact]
    public async Task A_lease_shows_its_worker_its_end_and_its_renewal()
    {
        await Submit(1);
        var attempt = await Claim(2, worker: "box-7");
        var given = (await Engine.LeasesAsync(default)).ShouldHaveSingleItem();
        given.Attempt.ShouldBe(attempt);
        given.Worker.ShouldBe("box-7");
        (given.EndsAt - given.RenewedAt).ShouldBe(Engine.LeaseTimes.Lease);

        await Advance(TimeSpan.FromMinutes(2));
        await Engine.RenewAsync([attempt], default);

        var renewed = (await Engine.LeasesAsync(default)).ShouldHaveSingleItem();
        (renewed.RenewedAt - given.RenewedAt).ShouldBeInRange(
            TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2) + Patience);
        (renewed.EndsAt - renewed.RenewedAt).ShouldBe(Engine.LeaseTimes.Lease);
    }

    [Fact]
    public async Task Leases_of_all_sweeps_are_listed_and_lost_together()
    {
        await Submit(1);
        await Submit(2, besides: true);
        var one = await Claim(3);
        var two = await Claim(4, sweep: "demo-2");
        (await Engine.LeasesAsync(default)).Select(lease => lease.Attempt).ShouldBe([one, two]);
        await Advance(Engine.LeaseTimes.Lease * 2);

        (await Engine.LoseAbandonedAsync(null, expiredToo: true, default)).ShouldBe([one, two]);

        (await Engine.LeasesAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_worker_s_report_is_read_as_it_was_given_and_replaces_the_one_before()
    {
        await Report("w2");
        await using var joined = await Engine.JoinAsync("w1", default);
        await Report("w1");
        var last = await Report("w1", idle: "no sweep matches");

        var seen = await (await OpenAnotherAsync()).WorkersAsync(default);

        seen.Select(w => (w.Worker, w.IsLive)).ShouldBe([("w1", true), ("w2", false)]);
        seen[0].Report!.Idle.ShouldBe("no sweep matches");
        seen[0].Report!.Labels.ShouldBe(last.Labels);
        seen[0].Report!.Devices.ShouldBe(last.Devices);
        seen[0].Report!.Slots.ShouldBe(last.Slots);
        seen[0].Report!.StartedAt.ShouldBe(last.StartedAt);
    }

    [Fact]
    public async Task What_the_slots_of_a_worker_say_comes_with_its_report_character_by_character()
    {
        ImmutableArray<string> lines = ["\u001b[31m \"quoted\" \\", "", "ünï \U0001f600", "NUL \u0000 ends"];
        await using var joined = await Engine.JoinAsync("w1", default);
        var report = await Report("w1");
        report = report with { Slots = [report.Slots[0] with { Log = new LogEnd(900, lines) }] };
        await Engine.ReportWorkerAsync(report, default);

        var log = (await (await OpenAnotherAsync()).WorkersAsync(default))[0].Report!.Slots[0].Log!;

        log.Written.ShouldBe(900);
        log.Last.ShouldBe(lines);
    }

    [Fact]
    public async Task What_a_worker_said_is_kept_for_a_day_after_it_was_last_seen()
    {
        await Report("old");
        await Advance(TimeSpan.FromHours(23));
        await Report("new");
        (await Engine.WorkersAsync(default)).Select(w => w.Worker).ShouldBe(["new", "old"]);
        var seen = (await Engine.WorkersAsync(default))[0].LastSeen;
        await Advance(TimeSpan.FromHours(2));
        await Report("new");

        var left = (await Engine.WorkersAsync(default)).ShouldHaveSingleItem();
        left.Worker.ShouldBe("new");
        (left.LastSeen - seen).ShouldBeInRange(TimeSpan.FromHours(2), TimeSpan.FromHours(2) + Patience);
    }

    [Fact]
    public async Task Without_a_change_waiting_ends_at_its_limit()
    {
        await Submit(1);
        await Engine.WaitAsync(Patience, default);
        (await Engine.WaitAsync(AtOnce, default)).ShouldBeFalse();
        (await Engine.WaitAsync(TimeSpan.FromMilliseconds(20), default)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_change_before_the_call_is_not_waited_for()
    {
        var other = await OpenAnotherAsync();
        await Submit(1);

        (await Engine.WaitAsync(Patience, default)).ShouldBeTrue();
        (await other.WaitAsync(Patience, default)).ShouldBeTrue();
        (await other.WaitAsync(AtOnce, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_waits_hears_of_work_that_another_gives_and_of_the_end()
    {
        await Submit(1, trials: 1);
        var other = await OpenAnotherAsync();
        await other.WaitAsync(AtOnce, default);

        var attempt = await Claim(2);
        var waiting = other.WaitAsync(Patience, default);
        await Send(Given.HandBack(3, attempt));
        (await waiting).ShouldBeTrue();

        attempt = await Claim(4);
        waiting = other.WaitAsync(Patience, default);
        await Send(Given.Finish(5, attempt));
        (await waiting).ShouldBeTrue();
    }

    [Fact]
    public async Task Claims_renewals_batches_and_reports_wake_nobody()
    {
        await Submit(1, trials: 3);
        await Engine.WaitAsync(Patience, default);
        var attempt = await Claim(2);
        await Claim(3);
        await Engine.RenewAsync([attempt], default);
        await Engine.StoreBatchesAsync([Given.Batch(attempt, 1)], default);
        await Report("w1");
        await Send(Given.Finish(4, attempt, lastBatch: 1));

        (await Engine.WaitAsync(AtOnce, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Waiting_can_be_given_up()
    {
        using var giveUp = new CancellationTokenSource();
        await Engine.WaitAsync(AtOnce, default);
        var waiting = Engine.WaitAsync(Patience, giveUp.Token);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }
}
