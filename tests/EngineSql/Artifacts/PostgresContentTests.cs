using Engine.Sql.Artifacts;
using Engine.Sql.Postgres;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Contracts;
using Tests.Shared.Sweeps;

namespace Tests.EngineSql.Artifacts;

/// <summary>Where a store in PostgreSQL keeps the bytes of artifacts.</summary>
public sealed class PostgresContentTests : IAsyncLifetime
{
    private const string AbcHash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private readonly ManualTime _time = new();
    private readonly PostgresStore _store = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("postgres-content-");
    private PostgresEngine _engine = null!;
    private PostgresSession? _session;

    public async Task InitializeAsync()
    {
        _engine = await _store.OpenPostgresAsync();
        await _engine.SubmitAsync(
            new Submission(Given.Id(1), "demo", Given.Plan(2), Given.Program, false), default);
    }

    public async Task DisposeAsync()
    {
        await (_session?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _engine.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1024 * 1024, 1)]
    [InlineData((1024 * 1024) + 1, 2)]
    [InlineData(5_000_000, 5)]
    public async Task Bytes_are_kept_once_in_chunks_and_read_as_they_were(int length, int chunks)
    {
        var bytes = Bytes(length);
        await Put(_engine, "a.bin", bytes);
        await Put(_engine, "b.bin", bytes);

        (await _store.RunAsync("SELECT count(*), count(DISTINCT sha256) FROM sweeps.content_chunk"))
            .ShouldBe($"{chunks}|1");
        (await Read(_engine, "b.bin")).ShouldBe(bytes);
        (await _engine.ListAsync("demo", default))[0].Length.ShouldBe(length);
    }

    [Fact]
    public async Task Half_written_bytes_are_no_artifact_and_are_replaced_by_whoever_comes_to_the_end()
    {
        await _store.RunAsync($"SELECT sweeps.open_content('demo', 1, 1, '{AbcHash}', 3, false)");
        await _store.RunAsync($"SELECT sweeps.put_chunk('{AbcHash}', 7, 'half')");
        (await _engine.ListAsync("demo", default)).ShouldBeEmpty();

        await Put(_engine, "a.txt", "abc"u8.ToArray());

        (await Read(_engine, "a.txt")).ShouldBe("abc"u8.ToArray());
    }

    [Fact]
    public async Task Other_bytes_cannot_be_put_under_a_hash_nor_added_to_whole_ones()
    {
        await _store.RunAsync($"SELECT sweeps.open_content('demo', 1, 1, '{AbcHash}', 3, false)");
        await _store.RunAsync($"SELECT sweeps.put_chunk('{AbcHash}', 0, 'abd')");
        (await Should.ThrowAsync<InvalidOperationException>(() => _store.RunAsync(
            $"SELECT sweeps.put_artifact('demo', 1, 1, 'a.txt', 'text/plain', '{AbcHash}')")))
            .Message.ShouldContain("the bytes of a.txt do not have its hash");

        await Put(_engine, "a.txt", "abc"u8.ToArray());
        await _store.RunAsync($"SELECT sweeps.put_chunk('{AbcHash}', 1, 'more')");

        (await Read(_engine, "a.txt")).ShouldBe("abc"u8.ToArray());
        (await _store.RunAsync("SELECT count(*) FROM sweeps.content_chunk")).ShouldBe("1");
    }

    [Theory]
    [InlineData("UPDATE sweeps.content_chunk SET bytes = 'abd'")]
    [InlineData("DELETE FROM sweeps.content_chunk")]
    public async Task Bytes_that_are_damaged_are_one_clear_error(string damage)
    {
        await Put(_engine, "a.txt", "abc"u8.ToArray());
        await _store.RunAsync(damage);
        (await Should.ThrowAsync<StoreUnusableException>(() => Read(_engine, "a.txt")))
            .Message.ShouldStartWith("the artifact a.txt of demo/1.1 is damaged in the store postgres://");
    }

    [Fact]
    public async Task More_than_the_database_takes_is_refused_with_both_remedies()
    {
        var refused = await Should.ThrowAsync<StoreUnusableException>(
            () => Put(_engine, "large.bin", new byte[PostgresArtifacts.LargestHere + 1]));
        refused.Message.ShouldBe(
            "the artifact large.bin of demo/1.1 has 67.1 MB, and a store in PostgreSQL takes 67.1 MB: name a place for "
            + "larger ones: as its owner run SWEEP_ARTIFACTS=/folder/that/every/box/sees ./sweep migrate, or with "
            + "SWEEP_ARTIFACTS=s3://BUCKET/PREFIX");
        (await _engine.ListAsync("demo", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task More_than_the_database_takes_lies_in_the_place_outside_and_is_collected_there()
    {
        var artifacts = await ArtifactsOutside();
        var large = new byte[PostgresArtifacts.LargestHere + 1];
        await Put(artifacts, "large.bin", large);
        await Put(artifacts, "small.bin", [1]);
        var file = Files().ShouldHaveSingleItem();
        var id = await _store.RunAsync("SELECT value FROM sweeps.store WHERE key = 'id'");
        file.ShouldBe(Path.Combine(
            _folder.FullName, id, ContentFolder.HashOf(large)[..2], ContentFolder.HashOf(large)));
        (await Read(_engine, "large.bin"))!.AsSpan().SequenceEqual(large).ShouldBeTrue();

        await artifacts.RemoveAsync(Given.Attempt(1), "large.bin", default);
        await File.WriteAllTextAsync(file + ".1.part", "half");
        File.SetLastWriteTimeUtc(file + ".1.part", _time.GetUtcNow().UtcDateTime);
        await Advance(TimeSpan.FromMinutes(61));
        var expected = new CollectedArtifacts(0, 1, 1, large.Length + 4L);
        (await artifacts.CollectAsync(dryRun: true, TimeSpan.FromHours(1), default)).ShouldBe(expected);
        Files().Count.ShouldBe(2);
        (await artifacts.CollectAsync(dryRun: false, TimeSpan.FromHours(1), default)).ShouldBe(expected);
        Files().ShouldBeEmpty();
        (await Read(_engine, "small.bin")).ShouldBe([1]);
    }

    [Fact]
    public async Task A_file_outside_that_nothing_names_is_collected_and_one_that_something_names_is_not()
    {
        var artifacts = await ArtifactsOutside();
        await Put(artifacts, "large.bin", new byte[PostgresArtifacts.LargestHere + 1]);
        var stray = Path.Combine(Path.GetDirectoryName(Files().Single())!, "00stray");
        await File.WriteAllBytesAsync(stray, new byte[10]);
        File.SetLastWriteTimeUtc(stray, _time.GetUtcNow().UtcDateTime);
        await Advance(TimeSpan.FromMinutes(61));

        (await artifacts.CollectAsync(dryRun: false, TimeSpan.FromHours(1), default))
            .ShouldBe(new CollectedArtifacts(0, 1, 0, 10));

        Files().ShouldHaveSingleItem().ShouldNotBe(stray);
        (await Read(artifacts, "large.bin"))!.Length.ShouldBe(PostgresArtifacts.LargestHere + 1);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(64 * 1024 * 1024)]
    public async Task What_was_said_of_a_content_that_nobody_saw_keeps_nobody_from_storing_it(int length)
    {
        await ArtifactsOutside();
        await _store.RunAsync($"SELECT sweeps.open_content('demo', 1, 1, '{AbcHash}', {length}, true)");
        await _store.RunAsync(
            $"SELECT sweeps.put_artifact('demo', 1, 1, 'false.txt', 'text/plain', '{AbcHash}')");

        await Put(_engine, "a.txt", "abc"u8.ToArray());

        (await Read(_engine, "a.txt")).ShouldBe("abc"u8.ToArray());
        (await _engine.ListAsync("demo", default)).Select(entry => entry.Length).ShouldBe([3, 3]);
    }

    [Fact]
    public async Task What_lies_outside_stays_there_whatever_is_said_of_its_hash_later()
    {
        var artifacts = await ArtifactsOutside();
        var large = new byte[PostgresArtifacts.LargestHere + 1];
        var hash = ContentFolder.HashOf(large);
        await _store.RunAsync($"SELECT sweeps.open_content('demo', 1, 1, '{hash}', 3, false)");
        await Put(artifacts, "large.bin", large);
        await _store.RunAsync($"SELECT sweeps.open_content('demo', 1, 1, '{hash}', 3, false)");
        await _store.RunAsync($"SELECT sweeps.put_chunk('{hash}', 0, 'abc')");
        await _store.RunAsync($"SELECT sweeps.put_artifact('demo', 1, 1, 'x.txt', 'text/plain', '{hash}')");

        (await Read(_engine, "large.bin"))!.Length.ShouldBe(large.Length);
    }

    [Fact]
    public async Task A_place_that_its_owner_has_not_named_is_refused()
    {
        (await Should.ThrowAsync<InvalidOperationException>(() => _store.RunAsync(
            $"SELECT sweeps.open_content('demo', 1, 1, '{AbcHash}', 3, true)")))
            .Message.ShouldContain("its owner has named no place");
    }

    private static byte[] Bytes(int length) =>
        [.. Enumerable.Range(0, length).Select(i => (byte)((i * 31) + (i >> 8)))];

    private static Task Put(IArtifactStore artifacts, string name, byte[] bytes) => artifacts.PutAsync(
        new Artifact(Given.Attempt(1), name, "application/octet-stream", bytes), default);

    private static Task<byte[]?> Read(IArtifactStore artifacts, string name) =>
        artifacts.ReadAsync(Given.Attempt(1), name, default);

    private List<string> Files() =>
        [.. Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories)];

    private async Task<PostgresArtifacts> ArtifactsOutside()
    {
        await _store.RunAsync($"INSERT INTO sweeps.store (key, value) VALUES ('artifacts', '{_folder.FullName}')");
        return new PostgresArtifacts(
            _session = new PostgresSession(_store.Connecting()),
            ContentPlaces.Open,
            async (sweep, cancellation) => await _engine.ReadAsync(sweep, cancellation) ?? SweepState.Initial,
            _time);
    }

    private Task Advance(TimeSpan time)
    {
        _time.Advance(time);
        return _store.AdvanceAsync(time);
    }
}
