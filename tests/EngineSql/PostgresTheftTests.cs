using Shared.Engine;
using Shared.Sweeps;
using Tests.Shared.Engine;
using Tests.Shared.Sweeps;

namespace Tests.EngineSql;

/// <summary>What somebody cannot do who holds a worker's password, and goes past the program.</summary>
public sealed class PostgresTheftTests : PostgresRoles
{
    [Fact]
    public async Task An_expired_lease_is_taken_only_by_who_has_been_connected_for_a_whole_lease()
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        var attempt = await Claim(AsBox1, 2);
        await Store.RunAsync("UPDATE sweeps.lease SET ends_at = now() - interval '1 minute'");

        (await AsBox2.LoseAbandonedAsync(null, expiredToo: true, default)).ShouldBeEmpty();
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            Box2, 2, Lost(attempt), why: "'expired'"))).Message.ShouldContain("is still held");

        await Store.AdvanceAsync(AsBox2.LeaseTimes.Lease);
        await AsBox1.RenewAsync([attempt], default);
        (await AsBox2.LoseAbandonedAsync(null, expiredToo: true, default)).ShouldBeEmpty();
        await Store.RunAsync("UPDATE sweeps.lease SET ends_at = now() - interval '1 minute'");
        (await AsBox2.LoseAbandonedAsync(null, expiredToo: true, default)).ShouldBe([attempt]);
    }

    [Fact]
    public async Task The_attempts_of_a_worker_that_is_gone_are_taken_after_the_grace()
    {
        await AsBox1.JoinAsync("w1", default);
        var attempt = await Claim(AsBox1, 2);
        await AsBox1.DisposeAsync();   // its connection ends; it has not left

        (await AsBox2.LoseAbandonedAsync(null, expiredToo: false, default)).ShouldBeEmpty();
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            Box2, 2, Lost(attempt), why: "'gone'"))).Message.ShouldContain("is still held");
        await Store.AdvanceAsync(AsBox2.LeaseTimes.Grace);

        var lost = Event("attempt-lost", $"\"attempt\":\"{attempt}\",\"reason\":\"gone\",\"logTail\":\"\"");
        var ended = Event("trial-ended", "\"trial\":1,\"outcome\":\"failed\"");
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            Box2, 2, $"{lost},{ended}", why: "'gone',NULL"))).Message.ShouldContain("does not follow");
        (await AsBox2.LoseAbandonedAsync(null, expiredToo: false, default)).ShouldBe([attempt]);
        (await AsUser.ReadAsync("demo", default))!.Trial(1).Attempts[0].Reason.ShouldContain("w1 is gone");
    }

    [Theory]
    [InlineData("sweep-submitted", "\"name\":\"demo\"", "may not append sweep-submitted")]
    [InlineData("sweep-cancelled", "\"name\":\"demo\"", "may not append sweep-cancelled")]
    [InlineData("attempt-cancelled", "\"attempt\":\"demo/1.1\"", "may not append attempt-cancelled")]
    [InlineData("trial-reopened", "\"trial\":1", "may not append trial-reopened")]
    [InlineData("no-event", "\"trial\":1", "may not append no-event")]
    [InlineData("attempt-started", "\"attempt\":\"demo/2.2\",\"place\":{\"worker\":\"w1\"}", "not the next attempt")]
    [InlineData("attempt-started", "\"attempt\":\"demo/1.2\",\"place\":{\"worker\":\"w1\"}", "not the next attempt")]
    [InlineData("attempt-finished", "\"attempt\":\"demo/2.1\"", "holds no lease")]
    [InlineData("attempt-finished", "\"attempt\":\"demo/1.2\"", "holds no lease")]
    [InlineData("attempt-finished", "\"attempt\":\"other/1.1\"", "of another sweep")]
    [InlineData("attempt-lost", "\"attempt\":\"demo/1.1\"", "is still held")]
    [InlineData("trial-ended", "\"trial\":1,\"outcome\":\"completed\"", "does not follow")]
    [InlineData("trial-ended", "\"trial\":2,\"outcome\":\"completed\"", "does not follow")]
    [InlineData("trial-ended", "\"trial\":2,\"outcome\":\"cancelled\"", "does not follow")]
    [InlineData("trial-ended", "\"trial\":2,\"outcome\":\"failed\"", "does not follow")]
    [InlineData("trial-retry-planned", "\"trial\":2,\"notBefore\":\"2026-03-01T12:00:00Z\"", "does not follow")]
    [InlineData("worker-excluded", "\"worker\":\"w1\",\"reason\":\"no\"", "does not follow")]
    [InlineData(
        "trial-released",
        "\"trial\":2,\"parent\":{\"attempt\":\"demo/1.1\",\"artifact\":\"m\",\"sha256\":\"0\"}",
        "does not follow")]
    public async Task Events_that_a_stolen_password_would_append_are_refused(
        string kind, string values, string says)
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        await Claim(AsBox1, 2);

        (await Should.ThrowAsync<InvalidOperationException>(() => Append(Box2, 2, Event(kind, values))))
            .Message.ShouldContain(says);
        (await AsUser.ReadHistoryAsync("demo", 0, default)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_appended_at_another_time_or_another_version_is_refused()
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        var attempt = await Claim(AsBox1, 2);
        var handBack = $"\"attempt\":\"{attempt}\"";
        foreach (var at in new[] { "clock_timestamp() - interval '1 hour'", "clock_timestamp() + interval '1 hour'" })
        {
            (await Should.ThrowAsync<InvalidOperationException>(() => Append(
                Box1, 2, Event("attempt-handed-back", handBack, at))))
                .Message.ShouldContain("another time than the store");
        }

        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            Box1, 1, Event("attempt-handed-back", handBack)))).Message.ShouldContain("has version 2, not 1");
    }

    [Fact]
    public async Task What_a_worker_appends_changes_no_more_than_follows_and_is_stamped_with_its_name()
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        var attempt = await Claim(AsBox1, 2);
        await Append(Box1, 2, Event("attempt-handed-back", $"\"attempt\":\"{attempt}\""));

        var listed = (await AsUser.ListAsync(default)).ShouldHaveSingleItem();
        listed.ShouldSatisfyAllConditions(
            sweep => sweep.Priority.ShouldBe(0),
            sweep => sweep.IsPaused.ShouldBeFalse(),
            sweep => sweep.IsCancelled.ShouldBeFalse(),
            sweep => (sweep.Trials, sweep.Waiting, sweep.Running).ShouldBe((4, 4, 0)));
        (await Store.RunAsync("SELECT stored_by FROM sweeps.event WHERE version = 3")).ShouldBe(Box1.Role);
    }

    /// <remarks>One such event would end every program that reads the sweep.</remarks>
    [Theory]
    [InlineData("attempt-finished", "\"outcome\":\"failed\",\"reason\":\"no\",\"logTail\":\"\"")]
    [InlineData("attempt-finished", "\"outcome\":\"failed\",\"reason\":7,\"logTail\":\"\",\"lastBatch\":0")]
    [InlineData("attempt-finished", "\"outcome\":\"lost\",\"reason\":\"\",\"logTail\":\"\",\"lastBatch\":0")]
    [InlineData("attempt-lost", "\"reason\":\"no\",\"logTail\":\"\",\"event\":\"attempt-lost\"")]
    [InlineData("attempt-lost", "\"reason\":\"no\",\"logTail\":\"\",\"$id\":\"1\"")]
    [InlineData("attempt-checkpointed", "\"update\":-1,\"sha256\":\"0\"")]
    [InlineData("attempt-checkpointed", "\"update\":1e3,\"sha256\":\"0\"")]
    public async Task An_event_that_no_program_could_read_is_refused(string kind, string values)
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        var attempt = await Claim(AsBox1, 2);
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            Box1, 2, Event(kind, $"\"attempt\":\"{attempt}\",{values}"), token: true)))
            .Message.ShouldContain("no program could read");

        (await AsUser.ReadAsync("demo", default))!.Version.ShouldBe(2);
    }

    [Theory]
    [InlineData("demo/1.1", "demo/1.9", "w1")]
    [InlineData("demo/1.1", "demo/2.1", "w1")]
    [InlineData("demo/1.1", "demo/1.1", "w1")]
    public async Task A_claim_goes_on_only_from_an_earlier_attempt_at_its_trial(
        string attempt, string from, string worker)
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            Box1, 1, Started(attempt, worker, $",\"from\":{{\"attempt\":\"{from}\",\"update\":1,\"sha256\":\"0\"}}"),
            token: true))).Message.ShouldContain("no program could read");
    }

    [Fact]
    public async Task A_worker_claims_nothing_past_the_program_that_nobody_may_claim()
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        var attempt = await Claim(AsBox1, 2);
        await AsBox1.SendAsync("demo", Given.Finish(3, attempt), default);
        await ShouldRefuseClaim(4, "demo/1.2", "does not wait for a slot");
        await ShouldRefuseClaim(4, "demo/5.1", "does not wait for a slot");

        await AsUser.SendAsync("demo", new SweepCommand.PauseSweep(Given.Id(4), Given.At(4), Now: false), default);
        await ShouldRefuseClaim(5, "demo/2.1", "paused or over");
        await AsUser.SendAsync("demo", new SweepCommand.CancelSweep(Given.Id(5), Given.At(5)), default);
        await ShouldRefuseClaim(6, "demo/2.1", "paused or over");
    }

    [Fact]
    public async Task A_worker_claims_nothing_of_another_program()
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            Box1, 1, Started("demo/1.1", "w1", "", program: "other"), token: true)))
            .Message.ShouldContain("is of another program");
    }

    [Fact]
    public async Task A_trial_ends_as_its_attempt_did_and_only_once()
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        var attempt = await Claim(AsBox1, 2);
        var failed = Event("attempt-finished", Finished(attempt, "failed"));
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            Box1, 2, $"{failed},{Event("trial-ended", "\"trial\":1,\"outcome\":\"completed\"")}", token: true)))
            .Message.ShouldContain("does not follow");
        var ended = Event("trial-ended", "\"trial\":1,\"outcome\":\"failed\"");
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            Box1, 2, $"{failed},{ended},{ended}", token: true))).Message.ShouldContain("demo/1 is ended");

        await Append(Box1, 2, $"{failed},{ended}", token: true);

        (await AsUser.ListAsync(default))[0].Waiting.ShouldBe(3);
    }

    [Fact]
    public async Task A_finish_counts_on_batches_that_are_stored_past_the_program_too()
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        var attempt = await Claim(AsBox1, 2);
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            Box1, 2, Event("attempt-finished", Finished(attempt, "completed", lastBatch: 3)), token: true)))
            .Message.ShouldContain("batches of demo/1.1 are missing");
    }

    [Fact]
    public async Task A_worker_neither_completes_a_sweep_whose_trials_wait_nor_changes_it_without_an_event()
    {
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            Box1, 1, Event("sweep-completed", "\"cause\":null")))).Message.ShouldContain("no program could read");
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            Box1, 1, Event("sweep-completed", "").Replace(",,", ",", StringComparison.Ordinal))))
            .Message.ShouldContain("not every trial");
        (await Should.ThrowAsync<InvalidOperationException>(() => As(
            Box1, "SELECT sweeps.append_events('demo', 1, '{}', '{}', NULL, true)")))
            .Message.ShouldContain("no event is no reason");

        (await AsUser.ListAsync(default)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            sweep => sweep.IsCompleted.ShouldBeFalse(),
            sweep => sweep.Waiting.ShouldBe(4));
    }

    /// <remarks>Without its end a sweep would seem to run for ever: no worker looks at one where nothing waits.</remarks>
    [Fact]
    public async Task The_last_outcome_of_a_sweep_is_refused_without_the_end_of_the_sweep()
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        for (var trial = 1; trial < 4; trial++)
        {
            await AsBox1.SendAsync(
                "demo", Given.Finish((10 * trial) + 1, await Claim(AsBox1, 10 * trial), AttemptOutcome.Failed), default);
        }

        var last = await Claim(AsBox1, 99);
        var version = (await AsUser.ReadAsync("demo", default))!.Version;
        var ends = $"{Event("attempt-finished", Finished(last, "failed"))},"
            + Event("trial-ended", "\"trial\":4,\"outcome\":\"failed\"");
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(Box1, version, ends, token: true)))
            .Message.ShouldContain("every trial of demo has ended, and sweep-completed is missing");
        (await AsUser.ListAsync(default))[0].Running.ShouldBe(1, "nothing of it was kept");

        await Append(
            Box1,
            version,
            $"{ends},{Event("sweep-completed", "").Replace(",,", ",", StringComparison.Ordinal)}",
            token: true);

        (await AsUser.ReadAsync("demo", default))!.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_trial_that_was_opened_again_keeps_a_worker_from_completing_its_sweep()
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        for (var trial = 1; trial <= 4; trial++)
        {
            var attempt = await Claim(AsBox1, 10 * trial);
            await AsBox1.SendAsync(
                "demo", Given.Finish((10 * trial) + 1, attempt, AttemptOutcome.Failed), default);
        }

        await AsUser.SendAsync("demo", new SweepCommand.RetryTrial(Given.Id(99), Given.At(99), 2), default);
        var version = (await AsUser.ReadAsync("demo", default))!.Version;

        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            Box1, version, Event("sweep-completed", "").Replace(",,", ",", StringComparison.Ordinal))))
            .Message.ShouldContain("not every trial");
        (await AsUser.ListAsync(default))[0].ShouldSatisfyAllConditions(
            sweep => sweep.IsCompleted.ShouldBeFalse(),
            sweep => sweep.Waiting.ShouldBe(1));
    }

    [Fact]
    public async Task The_database_has_the_program_s_rule_of_workers_names()
    {
        foreach (var row in WorkerNameTests.Names)
        {
            var (name, isOne) = ((string)row[0], (bool)row[1]);
            var text = string.Concat(name.Select(c => $"\\{(int)c:x4}"));
            (await Store.RunAsync($"SELECT sweeps.is_worker_name(U&'{text}')")).ShouldBe(isOne ? "t" : "f", name);
        }
    }

    [Fact]
    public async Task A_worker_joins_under_no_name_that_forges_a_line_past_the_program_either() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => As(
            Box1, "SELECT sweeps.join_worker(E'w1\\n2026', gen_random_uuid())")))
            .Message.ShouldContain("the name of the worker is none");

    [Theory]
    [InlineData("no JSON", "invalid input syntax")]
    [InlineData("{}", "no program could read")]
    [InlineData("{\"worker\":\"w2\"}", "no program could read")]
    public async Task A_report_that_no_program_could_read_is_refused(string report, string says)
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        (await Should.ThrowAsync<InvalidOperationException>(() => AsJoined(
            Box1, $"SELECT sweeps.report_worker('w1', '{report}', :'mine'::uuid)")))
            .Message.ShouldContain(says);
    }

    [Theory]
    [InlineData("{\"written\":1,\"last\":[\"a\"]}", true)]
    [InlineData("{\"written\":9,\"last\":[]}", true)]
    [InlineData("{\"written\":0,\"last\":[\"a\"]}", false)]
    [InlineData("{\"written\":1,\"last\":[7]}", false)]
    [InlineData("{\"written\":1,\"last\":[null]}", false)]
    [InlineData("{\"written\":-1,\"last\":[]}", false)]
    [InlineData("{\"written\":1}", false)]
    [InlineData("[]", false)]
    [InlineData("null", false)]
    public async Task Lines_of_a_slot_that_no_program_could_read_are_refused(string log, bool isOne) =>
        (await Store.RunAsync("SELECT sweeps.is_slot('{\"slot\":1,\"device\":\"d\",\"processId\":7,\"state\":\"running\","
            + $"\"attempt\":null,\"updatesPerSecond\":null,\"whyIdle\":\"\",\"log\":{log}}}')"))
            .ShouldBe(isOne ? "t" : "f");

    [Fact]
    public async Task A_report_of_another_worker_or_without_end_is_refused()
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        var report = System.Text.Json.JsonSerializer.Serialize(Report("w2", ""), SweepEventJson.Options);
        (await Should.ThrowAsync<InvalidOperationException>(() => AsJoined(
            Box1, $"SELECT sweeps.report_worker('w1', '{report}', :'mine'::uuid)")))
            .Message.ShouldContain("no program could read");
        await Should.ThrowAsync<StoreUnusableException>(
            () => AsBox1.ReportWorkerAsync(Report("w1", new string('x', 1024 * 1024)), default));
    }
}
