using Engine.Sql;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Contracts;
using Tests.Shared.Sweeps;

namespace Tests.EngineSql;

/// <summary>Which files are a store, and how those that are none are refused.</summary>
public sealed class SqliteStoreTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly SqliteFile _file = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _file.DisposeAsync();

    [Fact]
    public async Task A_store_is_made_with_the_folders_above_it()
    {
        var path = Path.Combine(Path.GetDirectoryName(_file.Path)!, "a", "b", "store.db");
        await using (await SqliteEngine.OpenAsync(new StoreAddress.Sqlite(path), StoreMode.Create, _time))
        {
            File.Exists(path).ShouldBeTrue();
        }

        await using var again = await SqliteEngine.OpenAsync(
            new StoreAddress.Sqlite(path), StoreMode.Existing, _time);
        (await again.ListAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_store_that_two_make_at_once_is_made_once()
    {
        var engines = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _file.OpenSqliteAsync(_time)));
        foreach (var engine in engines)
        {
            await engine.DisposeAsync();
        }

        _file.Run("SELECT count(*) FROM store WHERE key = 'version'").ShouldBe(1L);
        _file.Run("PRAGMA journal_mode").ShouldBe("wal");
    }

    [Fact]
    public async Task Lease_times_are_those_the_store_was_made_with()
    {
        var times = new LeaseTimes(
            TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(9));
        await using var made = await _file.OpenSqliteAsync(_time, times: times);
        await using var opened = await _file.OpenSqliteAsync(_time);
        made.LeaseTimes.ShouldBe(times);
        opened.LeaseTimes.ShouldBe(times);
    }

    [Fact]
    public async Task A_missing_store_is_refused_and_not_made()
    {
        await ShouldRefuse(StoreMode.Existing, "there is no store");
        File.Exists(_file.Path).ShouldBeFalse();
    }

    [Theory]
    [InlineData(StoreMode.Create)]
    [InlineData(StoreMode.Existing)]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone(StoreMode mode)
    {
        var text = string.Concat(Enumerable.Repeat("This is no database. ", 100));
        await File.WriteAllTextAsync(_file.Path, text);
        await ShouldRefuse(mode, "is not a SQLite database");
        (await File.ReadAllTextAsync(_file.Path)).ShouldBe(text);
    }

    [Fact]
    public async Task A_store_with_a_damaged_header_is_refused()
    {
        await MakeSweep();
        var bytes = await File.ReadAllBytesAsync(_file.Path);
        bytes.AsSpan(0, 40).Fill(0xFF);
        await File.WriteAllBytesAsync(_file.Path, bytes);

        await ShouldRefuse(StoreMode.Existing, "is not a SQLite database");
    }

    [Theory]
    [InlineData(StoreMode.Create)]
    [InlineData(StoreMode.Existing)]
    public async Task A_database_of_something_else_is_refused(StoreMode mode)
    {
        _file.Run("CREATE TABLE bookmarks (url TEXT)");
        await ShouldRefuse(mode, "is no store");
    }

    [Fact]
    public async Task An_empty_file_is_no_store_until_one_is_made_of_it()
    {
        await File.WriteAllBytesAsync(_file.Path, []);
        await ShouldRefuse(StoreMode.Existing, "is no store");
        await using var made = await _file.OpenSqliteAsync(_time);
        (await made.ListAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_is_refused()
    {
        Directory.CreateDirectory(_file.Path);
        await ShouldRefuse(StoreMode.Create, "is a folder");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(_file.Path, "a file");
        var below = new StoreAddress.Sqlite(Path.Combine(_file.Path, "store.db"));
        (await Should.ThrowAsync<StoreUnusableException>(
            () => SqliteEngine.OpenAsync(below, StoreMode.Create, _time)))
            .Message.ShouldContain("cannot be made");
    }

    [Theory]
    [InlineData("version", "9", "has version 9")]
    [InlineData("engine", "akka", "belongs to the engine 'akka'")]
    public async Task A_store_of_another_program_is_refused_when_opened(string key, string value, string says)
    {
        await MakeSweep();
        _file.Run($"UPDATE store SET value = '{value}' WHERE key = '{key}'");
        await ShouldRefuse(StoreMode.Existing, says);
        await ShouldRefuse(StoreMode.Create, says);
    }

    [Theory]
    [InlineData("version", "9")]
    [InlineData("engine", "akka")]
    public async Task A_store_that_becomes_another_program_s_is_refused_in_the_next_transaction(
        string key, string value)
    {
        await using var engine = await _file.OpenSqliteAsync(_time);
        await engine.SubmitAsync(Submission(1), default);
        _file.Run($"UPDATE store SET value = '{value}' WHERE key = '{key}'");

        await Should.ThrowAsync<StoreUnusableException>(
            () => engine.SendAsync("demo", Given.Claim(2), default));
        await Should.ThrowAsync<StoreUnusableException>(() => engine.SubmitAsync(Submission(3), default));
        await Should.ThrowAsync<StoreUnusableException>(() => engine.RenewAsync([Given.Attempt(1)], default));
        await Should.ThrowAsync<StoreUnusableException>(
            () => engine.LoseAbandonedAsync("demo", true, default));
        await Should.ThrowAsync<StoreUnusableException>(
            () => engine.StoreBatchesAsync([Given.Batch(Given.Attempt(1), 1)], default));
        await Should.ThrowAsync<StoreUnusableException>(() => engine.ReadAsync("demo", default));
        await Should.ThrowAsync<StoreUnusableException>(() => engine.ListAsync(default));

        _file.Run("""
            UPDATE store SET value = CASE key WHEN 'version' THEN '2' ELSE 'sql' END
            WHERE key IN ('version', 'engine')
            """);
        (await engine.SendAsync("demo", Given.Claim(2), default)).ShouldBeOfType<Decision.Accepted>();
    }

    [Theory]
    [InlineData("UPDATE event SET json = substr(json, 1, 50) WHERE version = 2", "event 2")]
    [InlineData(
        "UPDATE event SET json = replace(json, 'demo/1.1', 'demo/77.1') WHERE version = 2", "event 2")]
    [InlineData("DELETE FROM event WHERE version = 2", "event 2")]
    [InlineData(
        "UPDATE event SET json = replace(json, '\"version\":1', '\"version\":9') WHERE version = 3",
        "event 3")]
    public async Task A_damaged_history_is_named(string damage, string says)
    {
        await MakeSweep();
        _file.Run(damage);
        await using var engine = await _file.OpenSqliteAsync(_time);

        var refused = await Should.ThrowAsync<StoreUnusableException>(
            () => engine.ReadAsync("demo", default));

        refused.Message.ShouldContain(says);
        refused.Message.ShouldContain(_file.Path);
        await Should.ThrowAsync<StoreUnusableException>(
            () => engine.SendAsync("demo", Given.Claim(9), default));
    }

    private static Submission Submission(int id) =>
        new(Given.Id(id), "demo", Given.Plan(2), Given.Program, BesideUnfinished: true);

    private async Task MakeSweep()
    {
        await using var engine = await _file.OpenSqliteAsync(_time);
        await engine.SubmitAsync(Submission(1), default);
        await engine.SendAsync("demo", Given.Claim(2), default);
        await engine.SendAsync("demo", Given.Claim(3), default);
    }

    private async Task ShouldRefuse(StoreMode mode, string says)
    {
        var refused = await Should.ThrowAsync<StoreUnusableException>(
            () => _file.OpenSqliteAsync(_time, mode));
        refused.Message.ShouldContain(says);
        refused.Message.ShouldContain(_file.Path);
        refused.Message.ShouldNotContain("\n");
    }
}
