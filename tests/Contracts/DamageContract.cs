using Shared.Engine;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Contracts;

/// <summary>
/// What every engine promises where somebody stored what no program can read: it costs that and no more.
/// </summary>
public abstract class DamageContract : EngineContract
{
    public static TheoryData<string> Damages => new()
    {
        "no JSON", "null", "{}", """{"version":2}""", """{"version":1}""", """{"version":1,"event":"no-event"}""",
        """{"version":1,"event":"sweep-completed","$id":"1"}""",
        """{"version":1,"event":"worker-excluded","worker":"\ud800","reason":""}""",
        Text(new SweepEvent.AttemptHandedBack(Given.Id(9), Given.At(9), Given.Attempt(1, 9))),
        Text(new SweepEvent.AttemptHandedBack(Given.Id(9), Given.At(9), Given.Attempt(99))),
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_sweep_that_cannot_be_read_costs_itself_and_no_other(string json)
    {
        await Submit(1);
        await Submit(2, besides: true);
        await Claim(3);
        var other = await Claim(4, sweep: "demo-2");
        await Spoil($"UPDATE event SET json = '{json}' WHERE sweep = 'demo' AND version = 2");
        var reader = await OpenAnotherAsync();

        (await reader.ListAsync(default)).Select(sweep => sweep.Name).ShouldBe(["demo", "demo-2"]);
        var unreadable = await Should.ThrowAsync<SweepUnreadableException>(() => reader.ReadAsync("demo", default));
        unreadable.Sweep.ShouldBe("demo");
        unreadable.Message.ShouldContain("event 2 of the sweep 'demo'");
        unreadable.Message.ShouldNotContain("\n");
        await Should.ThrowAsync<SweepUnreadableException>(() => reader.SendAsync("demo", Given.Claim(5), default));

        (await reader.ReadAsync("demo-2", default)).ShouldNotBeNull();
        (await reader.SendAsync("demo-2", Given.Finish(6, other), default)).ShouldBeOfType<Decision.Accepted>();
    }

    [Fact]
    public async Task A_history_whose_text_cannot_be_read_says_so()
    {
        await Submit(1);
        await Claim(2);
        await Spoil("UPDATE event SET json = 'x' WHERE sweep = 'demo' AND version = 2");

        (await Should.ThrowAsync<SweepUnreadableException>(() => Engine.ReadHistoryAsync("demo", 0, default)))
            .Message.ShouldContain("event 2 of the sweep 'demo'");
    }

    [Fact]
    public async Task Abandoned_attempts_are_lost_beside_a_sweep_that_cannot_be_read()
    {
        await Submit(1);
        await Submit(2, besides: true);
        await Claim(3);
        var other = await Claim(4, sweep: "demo-2");
        await Spoil("UPDATE event SET json = 'x' WHERE sweep = 'demo' AND version = 2");
        await Advance(Engine.LeaseTimes.Grace);
        var reader = await OpenAnotherAsync();

        (await reader.LoseAbandonedAsync(null, expiredToo: false, default)).ShouldBe([other]);
        await Should.ThrowAsync<SweepUnreadableException>(
            () => reader.LoseAbandonedAsync("demo", expiredToo: false, default));
    }

    [Fact]
    public async Task Nothing_of_a_sweep_that_cannot_be_read_is_collected()
    {
        await Submit(1);
        var attempt = await Claim(2);
        for (var update = 1; update <= 4; update++)
        {
            await Engine.PutAsync(
                new Artifact(attempt, CheckpointId.FileNameOf(update), CheckpointId.MediaType, [(byte)update]),
                default);
            await Send(Given.Checkpoint(10 + update, attempt, update));
        }

        await Spoil("UPDATE event SET json = 'x' WHERE sweep = 'demo' AND version = 2");
        await Advance(TimeSpan.FromHours(2));

        var collected = await (await OpenAnotherAsync()).CollectAsync(false, TimeSpan.FromHours(1), default);

        collected.Checkpoints.ShouldBe(0);
        (await Engine.ListAsync("demo", default)).Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_read_is_named_and_costs_no_other()
    {
        await Submit(1);
        var attempt = await Claim(2);
        await Engine.StoreBatchesAsync([.. Enumerable.Range(1, 3).Select(n => Given.Batch(attempt, n))], default);
        await Spoil("UPDATE metric_batch SET packed = substr(packed, 1, 3) WHERE number = 2");

        var stored = (await Engine.ReadBatchesAsync("demo", 0, default)).Batches;
        var ofAttempt = await Engine.ReadBatchesAsync(attempt, default);

        foreach (var batches in new[] { stored, ofAttempt })
        {
            batches.Select(batch => batch.Points.IsEmpty).ShouldBe([false, true, false]);
            batches.Select(batch => batch.Damage.Length > 0).ShouldBe([false, true, false]);
            batches[1].DamageSentence.ShouldStartWith("metric batch 2 of demo/1.1 cannot be read (");
        }
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"w2\"")]
    [InlineData("{\"worker\":\"w2\"}")]
    public async Task What_a_worker_said_that_cannot_be_read_costs_its_own_line(string report)
    {
        await Report("w1");
        await Report("w2");
        await Spoil($"UPDATE worker SET report = '{report}' WHERE name = 'w1'");

        var seen = await Engine.WorkersAsync(default);

        seen.Select(worker => (worker.Worker, worker.Report is null)).ShouldBe([("w1", true), ("w2", false)]);
    }

    [Theory]
    [InlineData("{\"written\":1}")]
    [InlineData("{\"written\":1,\"last\":[null]}")]
    [InlineData("{\"written\":0,\"last\":[\"a\"]}")]
    public async Task Lines_that_cannot_be_what_a_slot_said_cost_that_worker_s_report(string log)
    {
        await Report("w1");
        await Spoil("UPDATE worker SET report = replace(report, '\"whyIdle\":', '\"log\":" + log + ",\"whyIdle\":')");

        (await Engine.WorkersAsync(default)).ShouldHaveSingleItem().Report.ShouldBeNull();
    }

    [Fact]
    public async Task A_worker_that_speaks_in_another_s_name_is_not_believed()
    {
        await Report("w1");
        await Report("w2");
        await Spoil(
            "UPDATE worker SET report = (SELECT w.report FROM worker w WHERE w.name = 'w2') WHERE name = 'w1'");

        (await Engine.WorkersAsync(default)).Select(worker => worker.Report?.Worker).ShouldBe([null, "w2"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../w1")]
    [InlineData("-w1")]
    [InlineData("w1\n2026-03-01 12:00:00.000Z  owner  the sweep was cancelled")]
    public async Task A_worker_s_name_is_one_word_that_is_a_file_s_too(string name)
    {
        await Submit(1);
        await Should.ThrowAsync<ArgumentException>(() => Engine.JoinAsync(name, default));
        await Should.ThrowAsync<ArgumentException>(() => Report(name));
        (await Send(Given.Claim(2, name))).ShouldBe(new Decision.Rejected(Rejection.InvalidName));
    }

    /// <inheritdoc/>
    protected abstract override ISpoilableStore MakeStore();

    private static string Text(SweepEvent happened) => SweepEventJson.Write(happened);
}
