using Engine.Sql;
using Engine.Sql.Postgres;
using Npgsql;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Postgres;
using Tests.Shared.Sweeps;

namespace Tests.EngineSql;

/// <summary>What broken connections, slow writers and wrong servers cost: never an answer, never an attempt.</summary>
public sealed class PostgresOutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PostgresStore _store = new();
    private PostgresEngine _engine = null!;

    public async Task InitializeAsync()
    {
        _engine = await _store.OpenPostgresAsync();
        await _engine.SubmitAsync(
            new Submission(Given.Id(1), "demo", Given.Plan(4), Given.Program, false), default);
    }

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task A_command_on_a_broken_connection_is_answered_when_it_is_sent_again()
    {
        var first = await Send(Given.Claim(2));
        await BreakConnectionsAsync();

        var again = await Retry(() => Send(Given.Claim(2)));
        var next = await Retry(() => Send(Given.Finish(3, Given.Attempt(1))));

        again.ShouldBeOfType<Decision.Accepted>().IsRepeat.ShouldBeTrue();
        ((Decision.Accepted)again).Events.ShouldBe(((Decision.Accepted)first).Events);
        next.ShouldBeOfType<Decision.Accepted>().IsRepeat.ShouldBeFalse();
    }

    [Fact]
    public async Task A_command_whose_connection_breaks_in_the_middle_leaves_nothing_behind()
    {
        await using var other = await OpenConnectionAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await RunAsync(other, "SELECT version FROM sweeps.lock_sweep('demo')");
        var waiting = Send(Given.Claim(2));
        await BreakConnectionsAsync(but: other.ProcessID, waitingForALock: true);

        await Should.ThrowAsync<StoreUnreachableException>(() => waiting);
        await transaction.RollbackAsync();

        (await Retry(() => _engine.ReadAsync("demo", default)))!.Version.ShouldBe(1);
        var sent = (await Send(Given.Claim(2))).ShouldBeOfType<Decision.Accepted>();
        sent.IsRepeat.ShouldBeFalse();
        (await _engine.LeasesAsync(default)).ShouldHaveSingleItem().Attempt.ShouldBe(Given.Attempt(1));
    }

    [Fact]
    public async Task A_worker_whose_connection_broke_is_the_same_worker_once_it_is_back()
    {
        await using var joined = await _engine.JoinAsync("w1", default);
        await Send(Given.Claim(2));
        await using var other = await _store.OpenPostgresAsync();
        await BreakConnectionsAsync();
        await BecomesLive(other, "w1");
        await _store.AdvanceAsync(_engine.LeaseTimes.Grace * 2);
        await Retry(() => other.LoseAbandonedAsync(null, expiredToo: false, default));

        (await other.LeasesAsync(default)).ShouldHaveSingleItem().Worker.ShouldBe("w1");
        await Should.ThrowAsync<WorkerNameTakenException>(() => other.JoinAsync("w1", default));
    }

    [Fact]
    public async Task An_outage_that_is_shorter_than_the_grace_costs_nobody_an_attempt()
    {
        await using var joined = await _engine.JoinAsync("w1", default);
        await Send(Given.Claim(2));
        await _store.RunAsync("UPDATE sweeps.session SET process = 0");   // its connection is gone
        await using var other = await _store.OpenPostgresAsync();

        (await other.LoseAbandonedAsync(null, expiredToo: false, default)).ShouldBeEmpty();
        await _store.AdvanceAsync(_engine.LeaseTimes.Grace - TimeSpan.FromSeconds(5));
        (await other.LoseAbandonedAsync(null, expiredToo: false, default)).ShouldBeEmpty();
        await _store.AdvanceAsync(TimeSpan.FromSeconds(5));
        (await other.LoseAbandonedAsync(null, expiredToo: false, default)).ShouldBe([Given.Attempt(1)]);
    }

    [Fact]
    public async Task A_lease_that_is_renewed_while_somebody_takes_it_is_kept()
    {
        await Send(Given.Claim(2));
        await _store.AdvanceAsync(_engine.LeaseTimes.Lease * 2);
        await using var joined = await _engine.JoinAsync("w1", default);
        await using var other = await OpenConnectionAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await RunAsync(other, "SELECT * FROM sweeps.renew(ARRAY['demo'], ARRAY[1], ARRAY[1])");

        var losing = _engine.LoseAbandonedAsync(null, expiredToo: true, default);
        await WaitsForALockAsync();
        await transaction.CommitAsync();

        (await losing).ShouldBeEmpty();
        (await _engine.LeasesAsync(default)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Whoever_waits_hears_that_the_connection_was_away()
    {
        await _engine.WaitAsync(TimeSpan.Zero, default);
        await _engine.WaitAsync(TimeSpan.Zero, default);
        var waiting = _engine.WaitAsync(Patience, default);
        await BreakConnectionsAsync();
        (await waiting).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_reads_on_misses_no_batch_that_was_committed_late()
    {
        await using var other = await OpenConnectionAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await RunAsync(
            other,
            """
            SELECT sweeps.put_batches('demo', ARRAY[1], ARRAY[1], ARRAY[1], ARRAY[1], ARRAY[1],
                (SELECT ARRAY[packed] FROM (VALUES ('\x0100000000'::bytea)) v (packed)))
            """);
        var storing = _engine.StoreBatchesAsync([Given.Batch(Given.Attempt(2), 1)], default);
        await WaitsForALockAsync();
        await transaction.RollbackAsync();
        await storing;

        (await _engine.ReadBatchesAsync("demo", 0, default)).Batches.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_server_that_is_not_there_and_one_that_refuses_are_told_apart()
    {
        var database = _store.Database;
        await ShouldFail<StoreUnreachableException>(database with { Port = 1 }, "does not answer");
        await ShouldFail<StoreUnusableException>(
            database.As(database.Login with { Password = "wrong" }), "does not let this user in");
        await ShouldFail<StoreUnusableException>(database with { Name = "nowhere" }, "has no such database");
        await _store.RunAsync("UPDATE sweeps.store SET value = '9' WHERE key = 'version'");
        await ShouldFail<StoreUnusableException>(database, "has version 9");
        await Should.ThrowAsync<StoreUnusableException>(() => Send(Given.Claim(2)));
        await Should.ThrowAsync<StoreUnusableException>(() => _engine.RenewAsync([Given.Attempt(1)], default));
        await _store.RunAsync("UPDATE sweeps.store SET value = 'akka' WHERE key = 'engine'");
        await ShouldFail<StoreUnusableException>(database, "belongs to the engine 'akka'");
        await _store.RunAsync("DROP SCHEMA sweeps CASCADE");
        await ShouldFail<StoreUnusableException>(database, "./sweep migrate");
    }

    [Fact]
    public async Task Stores_that_many_make_at_once_are_one()
    {
        await _store.RunAsync("DROP SCHEMA sweeps CASCADE");
        var engines = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _store.OpenPostgresAsync()));
        foreach (var engine in engines)
        {
            (await engine.ListAsync(default)).ShouldBeEmpty();
            await engine.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_transaction_that_its_client_forgets_is_ended_by_the_server()
    {
        await using var connection = await _store.Connecting().OpenAsync(default);
        (await ScalarAsync(connection, "SHOW idle_in_transaction_session_timeout")).ShouldBe("10s");
        (await ScalarAsync(connection, "SHOW lock_timeout")).ShouldBe("20s");
        (await ScalarAsync(connection, "SHOW tcp_keepalives_idle")).ShouldBe("5");
        (await ScalarAsync(connection, "SHOW tcp_keepalives_interval")).ShouldBe("2");
        (await ScalarAsync(connection, "SHOW tcp_keepalives_count")).ShouldBe("3");
    }

    private Task<Decision> Send(SweepCommand command) => _engine.SendAsync("demo", command, default);

    /// <summary>As every caller does: the same call again until the store answers.</summary>
    private static async Task<T> Retry<T>(Func<Task<T>> call)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await call();
            }
            catch (StoreUnreachableException) when (tries < 3)
            {
                // Its connection is opened again with the next call.
            }
        }
    }

    /// <summary>Waits, woken by what this engine hears, until a worker lives.</summary>
    private async Task BecomesLive(IStore observer, string worker)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!(await Retry(() => observer.LiveWorkersAsync(limit.Token))).Contains(worker))
        {
            await _engine.WaitAsync(TimeSpan.FromMilliseconds(200), limit.Token);
        }
    }

    private async Task BreakConnectionsAsync(int but = 0, bool waitingForALock = false)
    {
        if (waitingForALock)
        {
            await WaitsForALockAsync();
        }

        await _store.RunAsync(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
            + $"WHERE datname = current_database() AND pid NOT IN (pg_backend_pid(), {but})");
    }

    /// <summary>Waits until some connection waits for a lock.</summary>
    private async Task WaitsForALockAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await _store.RunAsync(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            + "AND wait_event_type = 'Lock'") == "0")
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task ShouldFail<T>(PostgresDatabase database, string says)
        where T : Exception
    {
        var address = (StoreAddress.Postgres)((StoreAddressReply.Parsed)StoreAddress.Parse(database.Url)).Address;
        var connecting = new PostgresConnecting(address, database.Login.Password);
        (await Should.ThrowAsync<T>(
            () => PostgresEngine.OpenAsync(connecting, StoreMode.Existing, null, default)))
            .Message.ShouldContain(says);
    }

    private async Task<NpgsqlConnection> OpenConnectionAsync() => await _store.Connecting().OpenAsync(default);

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (string?)await command.ExecuteScalarAsync();
    }
}
