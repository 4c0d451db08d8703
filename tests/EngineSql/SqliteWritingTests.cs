using Engine.Sql;
using Microsoft.Data.Sqlite;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Contracts;
using Tests.Shared.Sweeps;

namespace Tests.EngineSql;

/// <summary>How writes share commits, what a crash leaves, and what a process remembers.</summary>
public sealed class SqliteWritingTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly SqliteFile _file = new();
    private SqliteEngine _engine = null!;

    public async Task InitializeAsync()
    {
        _engine = await _file.OpenSqliteAsync(_time);
        await _engine.SubmitAsync(
            new Submission(Given.Id(1), "demo", Given.Plan(200), Given.Program, false), default);
    }

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _file.DisposeAsync();
    }

    [Fact]
    public async Task Writes_that_wait_together_are_decided_apart_and_in_their_order()
    {
        var writes = new List<Task<Decision>>();
        Task bad;
        Task<Decision> cancelled;
        using var giveUp = new CancellationTokenSource();
        using (HoldTheStore())
        {
            writes.AddRange(Enumerable.Range(10, 20).Select(id => Send(Given.Claim(id))));
            bad = _engine.StoreBatchesAsync([Given.Batch(Given.Attempt(1, sweep: "nobody"), 1)], default);
            cancelled = _engine.SendAsync("demo", Given.Claim(99), giveUp.Token);
            await giveUp.CancelAsync();
            writes.AddRange(Enumerable.Range(30, 20).Select(id => Send(Given.Claim(id))));
            writes.Add(Send(Given.Finish(50, Given.Attempt(1))));
            writes.Add(Send(Given.Finish(51, Given.Attempt(1))));
        }

        var decisions = await Task.WhenAll(writes);

        await Should.ThrowAsync<ArgumentException>(() => bad);
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        decisions.Take(41).ShouldAllBe(d => d is Decision.Accepted);
        decisions.Take(40)
            .Select(d => ((SweepEvent.AttemptStarted)((Decision.Accepted)d).Events[0]).Attempt.Trial)
            .ShouldBe(Enumerable.Range(1, 40));
        decisions[41].ShouldBe(new Decision.Rejected(Rejection.StaleAttempt));
        (await _engine.ReadAsync("demo", default))!.Version.ShouldBe(43);
    }

    [Fact]
    public async Task A_write_that_fails_half_way_leaves_nothing_behind()
    {
        var good = Given.Batch(Given.Attempt(1), 1);
        var bad = Given.Batch(Given.Attempt(1, sweep: "nobody"), 1);
        await Should.ThrowAsync<ArgumentException>(() => _engine.StoreBatchesAsync([good, bad], default));
        _file.Run("""
            CREATE TRIGGER fails BEFORE INSERT ON lease WHEN NEW.trial = 2
            BEGIN SELECT RAISE(ABORT, 'no'); END
            """);

        (await Send(Given.Claim(2))).ShouldBeOfType<Decision.Accepted>();
        await Should.ThrowAsync<SqliteException>(() => Send(Given.Claim(3)));
        (await _engine.ReadAsync("demo", default))!.Version.ShouldBe(2);
        _file.Run("DROP TRIGGER fails");

        (await Send(Given.Claim(3))).ShouldBeOfType<Decision.Accepted>();
        (await _engine.ReadAsync("demo", default))!.Running.Keys.ShouldBe([1, 2]);
        (await _engine.ReadBatchesAsync("demo", 0, default)).Batches.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_failed_write_had_decided_is_forgotten_by_those_that_share_its_commit()
    {
        await Send(Given.Claim(2));
        await Send(Given.Claim(3));
        _file.Run("""
            CREATE TRIGGER fails BEFORE DELETE ON lease WHEN OLD.trial = 2
            BEGIN SELECT RAISE(ABORT, 'no'); END
            """);
        Task first;
        Task failing;
        Task<Decision> after;
        using (HoldTheStore())
        {
            first = _engine.RenewAsync([Given.Attempt(1)], default);   // begins a group of its own
            failing = _engine.LoseAbandonedAsync("demo", expiredToo: false, default);
            after = Send(Given.Finish(4, Given.Attempt(1)));
        }

        await first;
        await Should.ThrowAsync<SqliteException>(() => failing);
        (await after).ShouldBeOfType<Decision.Accepted>();
        (await _engine.ReadAsync("demo", default))!.Trial(1).Outcome.ShouldBe(Outcome.Completed);
    }

    [Fact]
    public async Task A_log_that_is_torn_anywhere_leaves_a_readable_beginning_of_the_history()
    {
        const int Seed = 7;
        for (var id = 2; id <= 150; id++)
        {
            await Send(Given.Claim(id));
        }

        var database = await ReadShared(_file.Path);
        var log = await ReadShared(_file.Path + "-wal");
        var whole = await _engine.ReadAsync("demo", default);
        var random = new Random(Seed);
        var versions = new HashSet<long>();
        for (var cut = 0; cut < 25; cut++)
        {
            await using var torn = new SqliteFile();
            await File.WriteAllBytesAsync(torn.Path, database);
            var length = (log.Length / 4) + random.Next(3 * log.Length / 4);
            await File.WriteAllBytesAsync(torn.Path + "-wal", log[..length]);
            await using var engine = await torn.OpenSqliteAsync(_time, StoreMode.Existing);

            var state = (await engine.ReadAsync("demo", default))
                .ShouldNotBeNull($"seed {Seed}, cut at {length}");

            versions.Add(state.Version);
            state.Version.ShouldBeLessThanOrEqualTo(whole!.Version);
            (await engine.SendAsync("demo", Given.Claim(900), default)).ShouldBeOfType<Decision.Accepted>();
        }

        versions.Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task A_store_that_was_put_back_to_an_older_copy_is_read_anew()
    {
        await Send(Given.Claim(2));
        await Send(Given.Claim(3));
        (await _engine.ReadAsync("demo", default))!.Version.ShouldBe(3);
        _file.Run("DELETE FROM lease WHERE trial = 2; DELETE FROM event WHERE version = 3");

        (await _engine.ReadAsync("demo", default))!.Version.ShouldBe(2);
        (await Send(Given.Claim(4))).ShouldBeOfType<Decision.Accepted>();
        (await _engine.ReadAsync("demo", default))!.Running[2].ShouldBe(Given.Attempt(2));
    }

    [Fact]
    public async Task An_attempt_of_a_worker_s_earlier_life_is_lost_and_one_of_its_present_life_is_kept()
    {
        var first = await _engine.JoinAsync("w1", default);
        await Send(Given.Claim(2));
        await first.DisposeAsync();
        await using var restarted = await _file.OpenSqliteAsync(_time);
        await using var second = await restarted.JoinAsync("w1", default);
        await restarted.SendAsync("demo", Given.Claim(3), default);

        var lost = await restarted.LoseAbandonedAsync("demo", expiredToo: false, default);

        lost.ShouldBe([Given.Attempt(1)]);
        (await restarted.ReadAsync("demo", default))!.Trial(1).Attempts[0].Reason
            .ShouldBe("worker w1 is gone (another process has its name now)");
    }

    [Fact]
    public async Task A_worker_s_lock_file_says_which_process_holds_it()
    {
        await using var joined = await _engine.JoinAsync("w1", default);
        var lines = await File.ReadAllLinesAsync(Path.Combine(_file.Path + ".workers", "w1.lock"));
        lines[0].ShouldBe($"{Environment.ProcessId}");
    }

    [Fact]
    public async Task A_sweep_is_not_submitted_as_a_command() =>
        await Should.ThrowAsync<ArgumentException>(() => Send(
            new SweepCommand.Submit(Given.Id(9), Given.At(9), "other", Given.Plan(1), Given.Program)));

    [Fact]
    public async Task An_engine_that_is_disposed_of_carries_out_what_waits_and_then_refuses()
    {
        Task<Decision> waiting;
        ValueTask closing;
        using (HoldTheStore())
        {
            waiting = Send(Given.Claim(2));
            closing = _engine.DisposeAsync();
        }

        await closing;
        (await waiting).ShouldBeOfType<Decision.Accepted>();
        await Should.ThrowAsync<ObjectDisposedException>(() => Send(Given.Claim(3)));
        await Should.ThrowAsync<ObjectDisposedException>(() => _engine.ReadAsync("demo", default));
        await _engine.DisposeAsync();
        _engine = await _file.OpenSqliteAsync(_time);
        (await _engine.ReadAsync("demo", default))!.Version.ShouldBe(2);
    }

    private static async Task<byte[]> ReadShared(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy);
        return copy.ToArray();
    }

    private Task<Decision> Send(SweepCommand command) => _engine.SendAsync("demo", command, default);

    /// <summary>Keeps every writer waiting, as another process in its transaction does.</summary>
    private HeldStore HoldTheStore() => new(_file.Path);

    private sealed class HeldStore : IDisposable
    {
        private readonly SqliteConnection _connection;

        public HeldStore(string path)
        {
            _connection = new SqliteConnection($"Data Source={path};Pooling=False");
            _connection.Open();
            Run("BEGIN IMMEDIATE");
        }

        public void Dispose()
        {
            Run("ROLLBACK");
            _connection.Dispose();
        }

        private void Run(string sql)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
