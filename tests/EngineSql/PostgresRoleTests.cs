using System.Globalization;
using Engine.Sql;
using Engine.Sql.Migration;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Postgres;
using Tests.Shared.Sweeps;

namespace Tests.EngineSql;

/// <summary>What each of the three roles may do, and what nobody may.</summary>
public sealed class PostgresRoleTests : IAsyncLifetime
{
    private readonly PostgresStore _store = new();
    private readonly List<IAsyncDisposable> _opened = [];
    private PostgresLogin _owner = null!;
    private PostgresLogin _user = null!;
    private PostgresLogin _box1 = null!;
    private PostgresLogin _box2 = null!;
    private IStore _asUser = null!;
    private IStore _asBox1 = null!;
    private IStore _asBox2 = null!;

    public async Task InitializeAsync()
    {
        await _store.MakeDatabaseAsync();
        await _store.RunAsync(StoreMigration.RolesScript);
        await _store.RunAsync(StoreMigration.RolesScript);   // again: changes nothing
        _owner = await Login("sweep_owner");
        _user = await Login("sweep_user");
        _box1 = await Login("sweep_worker");
        _box2 = await Login("sweep_worker");
        (await PostgresMigration.RunAsync(_store.Connecting(_owner), default)).ShouldStartWith("made the store");
        _asUser = await OpenAs(_user);
        _asBox1 = await OpenAs(_box1);
        _asBox2 = await OpenAs(_box2);
        await _asUser.SubmitAsync(
            new Submission(Given.Id(1), "demo", Given.Plan(4), Given.Program, false), default);
    }

    public async Task DisposeAsync()
    {
        foreach (var opened in _opened)
        {
            await opened.DisposeAsync();
        }

        await _store.DisposeAsync();
    }

    [Theory]
    [InlineData("store")]
    [InlineData("sweep")]
    [InlineData("event")]
    [InlineData("lease")]
    [InlineData("session")]
    [InlineData("worker")]
    [InlineData("metric_batch")]
    [InlineData("artifact")]
    [InlineData("content")]
    public async Task Neither_a_worker_nor_a_user_writes_a_table(string table)
    {
        foreach (var login in new[] { _user, _box1 })
        {
            await ShouldBeDenied(login, $"DELETE FROM sweeps.{table}");
            await ShouldBeDenied(login, $"TRUNCATE sweeps.{table} CASCADE");
            await ShouldBeDenied(login, $"INSERT INTO sweeps.{table} DEFAULT VALUES");
            await ShouldBeDenied(
                login,
                $"DO $$ BEGIN EXECUTE (SELECT format('UPDATE sweeps.{table} SET %I = %I', c, c) FROM (SELECT "
                + $"attname AS c FROM pg_attribute WHERE attrelid = 'sweeps.{table}'::regclass AND attnum = 2) x);"
                + " END $$");
        }
    }

    [Fact]
    public async Task Nobody_but_the_owner_reads_the_tokens_of_sessions_or_replaces_the_clock()
    {
        foreach (var login in new[] { _user, _box1 })
        {
            await ShouldBeDenied(login, "SELECT token FROM sweeps.session");
            await ShouldBeDenied(login, "CREATE FUNCTION sweeps.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'");
            (await Should.ThrowAsync<InvalidOperationException>(() => As(
                login,
                "CREATE OR REPLACE FUNCTION sweeps.clock() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'")))
                .Message.ShouldContain("permission denied");
        }
    }

    [Fact]
    public async Task A_history_cannot_be_altered_by_its_owner_either()
    {
        foreach (var statement in new[]
        {
            "UPDATE sweeps.event SET json = '{}'", "DELETE FROM sweeps.event", "TRUNCATE sweeps.event",
            "UPDATE sweeps.event SET stored_at = stored_at - interval '1 day'",
        })
        {
            (await Should.ThrowAsync<InvalidOperationException>(() => As(_owner, statement)))
                .Message.ShouldContain("a history cannot be altered");
        }
    }

    [Fact]
    public async Task A_worker_runs_a_trial_from_its_claim_to_its_end_under_its_name()
    {
        await using var joined = await _asBox1.JoinAsync("w1", default);
        var attempt = await Claim(_asBox1, 2);
        await _asBox1.StoreBatchesAsync([Given.Batch(attempt, 1)], default);
        await _asBox1.PutAsync(new Artifact(attempt, "a.bin", "application/x", [1, 2]), default);
        (await _asBox1.RenewAsync([attempt], default)).ShouldBeEmpty();
        (await _asBox1.SendAsync("demo", Given.Checkpoint(3, attempt, 10, lastBatch: 1), default))
            .ShouldBeOfType<Decision.Accepted>();
        (await _asBox1.SendAsync("demo", Given.Finish(4, attempt, lastBatch: 1), default))
            .ShouldBeOfType<Decision.Accepted>();

        var history = await _asUser.ReadHistoryAsync("demo", 0, default);
        history.Select(h => h.StoredBy).ShouldBe(
            [_user.Role, _box1.Role, _box1.Role, _box1.Role, _box1.Role]);
        (await _asUser.ReadBatchesAsync("demo", 0, default)).Batches.Length.ShouldBe(1);
        (await _asUser.ReadAsync(attempt, "a.bin", default)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_worker_may_not_submit_or_control()
    {
        (await ShouldRefuse(() => _asBox1.SubmitAsync(
            new Submission(Given.Id(9), "other", Given.Plan(2), Given.Program, false), default)))
            .ShouldContain("use one in the role sweep_user, ");
        SweepCommand[] words =
        [
            new SweepCommand.PauseSweep(Given.Id(2), Given.At(2), Now: true),
            new SweepCommand.CancelSweep(Given.Id(3), Given.At(3)),
            new SweepCommand.CancelTrial(Given.Id(4), Given.At(4), 1),
            new SweepCommand.ChangePriority(Given.Id(5), Given.At(5), 9),
            new SweepCommand.ChangeLimits(Given.Id(6), Given.At(6), new SweepLimits(1, null)),
            new SweepCommand.ExtendSweep(Given.Id(7), Given.At(7), Given.Addition(5, 6)),
        ];
        foreach (var word in words)
        {
            (await ShouldRefuse(() => _asBox1.SendAsync("demo", word, default), word.ToString()))
                .ShouldMatch(@"is a worker and may not (append|end) [^ ]+\): use one in the role sweep_user, ");
        }

        (await _asUser.ReadAsync("demo", default))!.Version.ShouldBe(1);
        (await _asUser.SendAsync("demo", words[0], default)).ShouldBeOfType<Decision.Accepted>();
    }

    [Fact]
    public async Task Who_may_not_migrate_or_read_is_told_the_role_that_may()
    {
        foreach (var login in new[] { _user, _box1 })
        {
            (await ShouldRefuse(() => PostgresMigration.RunAsync(_store.Connecting(login), default)))
                .ShouldContain("use one in the role sweep_owner, or have an administrator GRANT it that role");
        }

        var stranger = await (await PostgresCluster.SharedAsync()).CreateRoleAsync();
        (await ShouldRefuse(() => OpenAs(stranger))).ShouldContain(
            "use one in the role sweep_user, or sweep_worker for a box, ");
    }

    [Fact]
    public async Task A_worker_claims_only_under_the_name_that_it_has_joined_as()
    {
        (await Should.ThrowAsync<StoreUnreachableException>(() => Claim(_asBox1, 2)))
            .Message.ShouldContain("has not joined as the worker w1");
        await using var joined = await _asBox1.JoinAsync("w1", default);
        await Claim(_asBox1, 2);
        await Should.ThrowAsync<StoreUnreachableException>(() => Claim(_asBox2, 3));
        await Should.ThrowAsync<StoreUnreachableException>(() => Claim(_asBox1, 4, "w2"));
    }

    [Fact]
    public async Task A_worker_cannot_speak_for_an_attempt_that_another_claimed()
    {
        await using var one = await _asBox1.JoinAsync("w1", default);
        await using var two = await _asBox2.JoinAsync("w2", default);
        var attempt = await Claim(_asBox1, 2);

        SweepCommand[] foreign =
        [
            Given.Finish(3, attempt), Given.HandBack(4, attempt), Given.Checkpoint(5, attempt, 10),
            Given.Lose(6, attempt),
        ];
        foreach (var command in foreign)
        {
            await ShouldRefuse(() => _asBox2.SendAsync("demo", command, default));
        }

        (await _asBox2.RenewAsync([attempt], default)).ShouldBe([attempt]);
        await _asBox2.StoreBatchesAsync([Given.Batch(attempt, 1)], default);
        (await _asUser.ReadBatchesAsync("demo", 0, default)).Batches.ShouldBeEmpty();
        (await _asBox1.SendAsync("demo", Given.Lose(7, attempt), default)).ShouldBeOfType<Decision.Accepted>();
    }

    [Fact]
    public async Task A_trial_that_has_ended_takes_no_more_metrics_or_artifacts_from_a_worker()
    {
        await using var joined = await _asBox1.JoinAsync("w1", default);
        var attempt = await Claim(_asBox1, 2);
        await _asBox1.SendAsync("demo", Given.Finish(3, attempt), default);

        await _asBox1.StoreBatchesAsync([Given.Batch(attempt, 1)], default);
        await _asBox1.PutAsync(new Artifact(attempt, "a.bin", "application/x", [1, 2]), default);

        (await _asUser.ReadBatchesAsync("demo", 0, default)).Batches.ShouldBeEmpty();
        (await _asUser.ListAsync("demo", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_expired_lease_is_taken_only_by_who_has_been_connected_for_a_whole_lease()
    {
        await using var joined = await _asBox1.JoinAsync("w1", default);
        var attempt = await Claim(_asBox1, 2);
        await _store.RunAsync("UPDATE sweeps.lease SET ends_at = now() - interval '1 minute'");

        (await _asBox2.LoseAbandonedAsync(null, expiredToo: true, default)).ShouldBeEmpty();
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            _box2, 2, Lost(attempt), why: "'expired'"))).Message.ShouldContain("is still held");

        await _store.AdvanceAsync(_asBox2.LeaseTimes.Lease);
        await _asBox1.RenewAsync([attempt], default);
        (await _asBox2.LoseAbandonedAsync(null, expiredToo: true, default)).ShouldBeEmpty();
        await _store.RunAsync("UPDATE sweeps.lease SET ends_at = now() - interval '1 minute'");
        (await _asBox2.LoseAbandonedAsync(null, expiredToo: true, default)).ShouldBe([attempt]);
    }

    [Fact]
    public async Task The_attempts_of_a_worker_that_is_gone_are_taken_after_the_grace()
    {
        await _asBox1.JoinAsync("w1", default);
        var attempt = await Claim(_asBox1, 2);
        await _asBox1.DisposeAsync();   // its connection ends; it has not left

        (await _asBox2.LoseAbandonedAsync(null, expiredToo: false, default)).ShouldBeEmpty();
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            _box2, 2, Lost(attempt), why: "'gone'"))).Message.ShouldContain("is still held");
        await _store.AdvanceAsync(_asBox2.LeaseTimes.Grace);

        (await _asBox2.LoseAbandonedAsync(null, expiredToo: false, default)).ShouldBe([attempt]);
        (await _asUser.ReadAsync("demo", default))!.Trial(1).Attempts[0].Reason.ShouldContain("w1 is gone");
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
    [InlineData("trial-ended", "\"trial\":1", "still runs")]
    [InlineData("trial-ended", "\"trial\":2,\"outcome\":\"completed\"", "may not end demo/2")]
    [InlineData("trial-ended", "\"trial\":2,\"outcome\":\"cancelled\"", "may not end demo/2")]
    public async Task Events_that_a_stolen_password_would_append_are_refused(
        string kind, string values, string says)
    {
        await using var joined = await _asBox1.JoinAsync("w1", default);
        await Claim(_asBox1, 2);

        (await Should.ThrowAsync<InvalidOperationException>(() => Append(_box2, 2, Event(kind, values))))
            .Message.ShouldContain(says);
        (await _asUser.ReadHistoryAsync("demo", 0, default)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_appended_at_another_time_or_another_version_is_refused()
    {
        var released = "\"trial\":1";
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            _box1, 1, Event("trial-released", released, "clock_timestamp() - interval '1 hour'"))))
            .Message.ShouldContain("another time than the store");
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            _box1, 1, Event("trial-released", released, "clock_timestamp() + interval '1 hour'"))))
            .Message.ShouldContain("another time than the store");
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            _box1, 0, Event("trial-released", released)))).Message.ShouldContain("has version 1, not 0");
    }

    [Fact]
    public async Task What_a_worker_appends_changes_no_priority_and_is_stamped_with_its_name()
    {
        await Append(_box1, 1, Event("worker-excluded", "\"worker\":\"w9\",\"reason\":\"no\""));

        var listed = (await _asUser.ListAsync(default)).ShouldHaveSingleItem();
        listed.ShouldSatisfyAllConditions(
            sweep => sweep.Priority.ShouldBe(0),
            sweep => sweep.IsPaused.ShouldBeFalse(),
            sweep => sweep.IsCancelled.ShouldBeFalse(),
            sweep => sweep.Trials.ShouldBe(4));
        (await _store.RunAsync("SELECT stored_by FROM sweeps.event WHERE version = 2")).ShouldBe(_box1.Role);
    }

    /// <remarks>One such event would end every program that reads the sweep.</remarks>
    [Theory]
    [InlineData("worker-excluded", "\"worker\":\"w9\"")]
    [InlineData("worker-excluded", "\"worker\":\"w9\",\"reason\":7")]
    [InlineData("worker-excluded", "\"worker\":\"w9\",\"reason\":\"no\",\"event\":\"worker-excluded\"")]
    [InlineData("trial-retry-planned", "\"trial\":5,\"notBefore\":\"2026-03-01T12:00:00+00:00\"")]
    [InlineData("trial-retry-planned", "\"trial\":1,\"notBefore\":\"tomorrow\"")]
    [InlineData("trial-released", "\"trial\":1")]
    [InlineData("trial-released", "\"trial\":1,\"parent\":{\"attempt\":\"x\",\"artifact\":\"m\",\"sha256\":\"0\"}")]
    public async Task An_event_that_no_program_could_read_is_refused(string kind, string values)
    {
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(_box1, 1, Event(kind, values))))
            .Message.ShouldContain("no program could read");

        (await _asUser.ReadAsync("demo", default))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_neither_completes_a_sweep_whose_trials_wait_nor_changes_it_without_an_event()
    {
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            _box1, 1, Event("sweep-completed", "\"cause\":null")))).Message.ShouldContain("not every trial");
        (await Should.ThrowAsync<InvalidOperationException>(() => As(
            _box1,
            "SELECT sweeps.append_events('demo', 1, '{}', '{}', NULL, 4, true, false, false, 0, 77, 55, true)")))
            .Message.ShouldContain("no event is no reason");

        (await _asUser.ListAsync(default)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            sweep => sweep.IsCompleted.ShouldBeFalse(),
            sweep => sweep.Waiting.ShouldBe(4));
    }

    [Fact]
    public async Task A_worker_reports_only_of_itself()
    {
        var report = new WorkerReport(
            "w1", "box", 1, Given.At(0), [], System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty,
            Given.Program, [], "");
        await Should.ThrowAsync<StoreUnreachableException>(() => _asBox1.ReportWorkerAsync(report, default));
        await using var joined = await _asBox1.JoinAsync("w1", default);
        await _asBox1.ReportWorkerAsync(report, default);
        (await _asUser.WorkersAsync(default)).ShouldHaveSingleItem().IsLive.ShouldBeTrue();
    }

    [Fact]
    public async Task A_store_is_made_only_by_a_role_that_may()
    {
        await _store.RunAsync("DROP SCHEMA sweeps CASCADE");
        await ShouldRefuse(() => OpenAs(_box1, StoreMode.Create));
        (await ShouldRefuse(() => OpenAs(_box1))).ShouldContain("./sweep migrate");
        await OpenAs(_owner, StoreMode.Create);
        (await _asBox1.ListAsync(default)).ShouldBeEmpty();
    }

    private async Task<PostgresLogin> Login(string group)
    {
        var login = await (await PostgresCluster.SharedAsync()).CreateRoleAsync();
        await _store.RunAsync($"GRANT {group} TO {login.Role}");
        return login;
    }

    private async Task<IStore> OpenAs(PostgresLogin login, StoreMode mode = StoreMode.Existing)
    {
        var engine = await _store.OpenPostgresAsync(mode, login);
        _opened.Add(engine);
        return engine;
    }

    private static async Task<AttemptId> Claim(IStore engine, int id, string worker = "w1") =>
        ((SweepEvent.AttemptStarted)((Decision.Accepted)await engine.SendAsync(
            "demo", Given.Claim(id, worker), default)).Events[0]).Attempt;

    private static async Task<string> ShouldRefuse(Func<Task> act, string? what = null) =>
        (await Should.ThrowAsync<StoreUnusableException>(act, what)).Message;

    private async Task ShouldBeDenied(PostgresLogin login, string sql) =>
        (await Should.ThrowAsync<InvalidOperationException>(() => As(login, sql), sql))
            .Message.ShouldContain("permission denied", Case.Sensitive, sql);

    private Task<string> As(PostgresLogin login, string sql) =>
        _store.RunAsync($"SET SESSION AUTHORIZATION {login.Role}; {sql};");

    private static string Lost(AttemptId attempt) => Event("attempt-lost", $"\"attempt\":\"{attempt}\"");

    /// <summary>An event as SQL that gives its JSON.</summary>
    private static string Event(string kind, string values, string at = "sweeps.clock()") =>
        $$"""format('{"version":1,"event":"{{kind}}",{{values}},"command":"{{new string('a', 32)}}","at":"%s"}', """
        + $"to_char(({at}) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US') || '+00:00')";

    /// <summary>Appends as a thief would: past the program, with every number as it likes.</summary>
    private Task<string> Append(PostgresLogin login, long expected, string json, string why = "NULL") => As(
        login,
        string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT sweeps.append_events('demo', {expected}, ARRAY[{json}], ARRAY[{why}]::text[], NULL, ")
        + "99, false, true, true, 99, 3, 1, false)");
}
