using Engine.Sql;
using Engine.Sql.Migration;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Contracts;
using Tests.Shared.Reports;

namespace Tests.EngineSql.Migration;

/// <summary>A store that an older program made is brought on, whole or not at all.</summary>
public sealed class SqliteMigrationTests : IAsyncLifetime
{
    private const string OldStore = "tests/EngineSql/Golden/store-version-1.sql";

    private readonly ManualTime _time = new();
    private readonly SqliteFile _file = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _file.DisposeAsync();

    [Fact]
    public async Task An_older_store_is_refused_with_the_command_that_brings_it_on()
    {
        MakeOld();
        (await Should.ThrowAsync<StoreUnusableException>(
            () => _file.OpenSqliteAsync(_time, StoreMode.Existing)))
            .Message.ShouldBe(
                $"the store {_file.Path} has version 1 and this program knows version 2: "
                + "run ./sweep migrate, after which older programs can no longer use it");
    }

    [Fact]
    public async Task An_older_store_is_brought_on_with_its_history_its_metrics_and_its_artifacts()
    {
        MakeOld();
        (await Migrate()).ShouldBe(
            $"brought the store {_file.Path} from version 1 to 2: 8 events, 4 artifacts (0.0 MB) now in "
            + $"{_file.Path}.artifacts");

        await using var store = await _file.OpenSqliteAsync(_time, StoreMode.Existing);
        var sweep = (await store.ListAsync(default)).ShouldHaveSingleItem();
        sweep.ShouldSatisfyAllConditions(
            s => s.IsCompleted.ShouldBeTrue(), s => s.Trials.ShouldBe(2), s => s.Waiting.ShouldBe(0));
        (await store.ReadAsync("old", default))!.Trials
            .ShouldAllBe(trial => trial.Outcome == Outcome.Completed);
        var history = await store.ReadHistoryAsync("old", 0, default);
        history.Select(e => e.Version).ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
        history[1].StoredAt.ShouldBe(history[1].Event.At);
        (await store.ReadBatchesAsync("old", 0, default)).Batches
            .Sum(batch => batch.Points.Length).ShouldBe(34);
        await ShouldHoldArtifactsAsync(store);
    }

    [Fact]
    public async Task Bringing_on_a_store_twice_changes_nothing_the_second_time()
    {
        MakeOld();
        await Migrate();
        (await Migrate()).ShouldBe($"the store {_file.Path} has version 2 already: nothing to do");
        _file.Run("SELECT count(*) FROM event").ShouldBe(8L);
        _file.Run("SELECT count(*) FROM sqlite_master WHERE name LIKE 'old%'").ShouldBe(0L);
    }

    [Fact]
    public async Task A_lease_of_a_worker_that_may_live_is_in_the_way_until_the_worker_is_gone()
    {
        MakeOld();
        _file.Run("INSERT INTO lease VALUES ('old', 1, 1, 'w1', '', 0)");
        var lives = new WorkerLocks(_file.Path).Join("w1");
        (await Refused()).ShouldBe(
            $"the store {_file.Path} is worked on by w1: stop that first, then migrate");
        _file.Run("SELECT value FROM store WHERE key = 'version'").ShouldBe("1");

        await lives.DisposeAsync();

        (await Migrate()).ShouldStartWith("brought ");
        _file.Run("SELECT count(*) FROM lease").ShouldBe(1L);
    }

    [Theory]
    [InlineData("UPDATE event SET json = '{' WHERE version = 3", "event 3")]
    [InlineData("UPDATE artifact SET bytes = x'00' WHERE trial = 2", "is damaged")]
    [InlineData("UPDATE store SET value = '9' WHERE key = 'version'", "has version 9")]
    [InlineData("UPDATE store SET value = 'akka' WHERE key = 'engine'", "belongs to the engine 'akka'")]
    public async Task What_cannot_be_brought_on_is_said_and_left_as_it_was(string damage, string says)
    {
        MakeOld();
        _file.Run(damage);
        (await Refused()).ShouldContain(says);
        _file.Run("SELECT count(*) FROM artifact WHERE length(bytes) > 0").ShouldBe(4L);
        _file.Run("SELECT count(*) FROM event").ShouldBe(8L);
    }

    [Fact]
    public async Task Where_there_is_no_store_one_is_made()
    {
        (await Migrate()).ShouldBe($"made the store {_file.Path}, version 2");
        await using var store = await _file.OpenSqliteAsync(_time, StoreMode.Existing);
        (await store.ListAsync(default)).ShouldBeEmpty();
    }

    private static async Task ShouldHoldArtifactsAsync(IArtifactStore store)
    {
        var entries = await store.ListAsync("old", default);
        entries.Select(e => e.Name).ShouldBe(["same.txt", "samples.png", "same.txt", "samples.png"]);
        entries.Select(e => e.Sha256).Distinct().Count().ShouldBe(3);
        (await store.ReadAsync(entries[1].Attempt, "samples.png", default))
            .ShouldBe(Enumerable.Range(1, 24).Select(i => (byte)i));
        (await store.ReadAsync(entries[2].Attempt, "same.txt", default))
            .ShouldBe("the same bytes"u8.ToArray());
    }

    private void MakeOld() => _file.Run(System.Text.Encoding.UTF8.GetString(RepositoryFiles.Read(OldStore)));

    private Task<string> Migrate() =>
        StoreMigration.RunAsync(new StoreAddress.Sqlite(_file.Path), _time);

    private async Task<string> Refused() =>
        (await Should.ThrowAsync<StoreUnusableException>(Migrate)).Message;
}
