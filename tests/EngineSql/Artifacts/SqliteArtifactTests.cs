using Shared.Engine;
using Tests.Contracts;
using Tests.Shared.Sweeps;

namespace Tests.EngineSql.Artifacts;

/// <summary>
/// Where a SQLite store keeps the bytes of artifacts, and what happens when they are not there.
/// </summary>
public sealed class SqliteArtifactTests : IAsyncLifetime
{
    // Of "abc".
    private const string Sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private readonly ManualTime _time = new();
    private readonly SqliteFile _file = new();
    private IStore _engine = null!;

    private string Folder => _file.Path + ".artifacts";

    private string Stored => Path.Combine(Folder, "ba", Sha256);

    private IArtifactStore Artifacts => _engine;

    public async Task InitializeAsync()
    {
        _engine = await _file.OpenSqliteAsync(_time);
        await _engine.SubmitAsync(
            new Submission(Given.Id(1), "demo", Given.Plan(2), Given.Program, false), default);
    }

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _file.DisposeAsync();
    }

    [Fact]
    public async Task The_same_bytes_are_kept_once_in_a_file_named_by_their_hash()
    {
        await Put("a.txt");
        await Put("b.txt");

        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).ShouldBe([Stored]);
        (await File.ReadAllTextAsync(Stored)).ShouldBe("abc");
    }

    [Fact]
    public async Task Bytes_that_are_missing_are_one_clear_error()
    {
        await Put("a.txt");
        File.Delete(Stored);
        (await Refused()).ShouldBe(
            $"the artifact a.txt of demo/1.1 is lost, its file {Stored} is missing: put back a copy of it");
        Directory.Delete(Folder, recursive: true);
        (await Refused()).ShouldContain("is missing");
    }

    [Fact]
    public async Task Bytes_that_are_damaged_are_one_clear_error_until_the_same_bytes_are_stored_again()
    {
        await Put("a.txt");
        await File.WriteAllTextAsync(Stored, "abd");
        (await Refused()).ShouldBe(
            $"the artifact a.txt of demo/1.1 is damaged, its file {Stored} has another hash: "
            + "put back a copy of it");

        await Put("b.txt");

        (await Artifacts.ReadAsync(Given.Attempt(1), "a.txt", default)).ShouldBe("abc"u8.ToArray());
    }

    [Fact]
    public async Task Half_written_bytes_are_no_artifact_and_go_once_they_are_old()
    {
        await Put("a.txt");
        var part = Path.Combine(Folder, "ba", "ba00.17.part");
        await File.WriteAllTextAsync(part, "half");
        File.SetLastWriteTimeUtc(part, _time.GetUtcNow().UtcDateTime);

        (await Artifacts.ListAsync("demo", default)).ShouldHaveSingleItem();
        (await Collect()).ShouldBe(new CollectedArtifacts(0, 0, 0, 0));
        _time.Advance(TimeSpan.FromMinutes(61));
        (await Collect()).ShouldBe(new CollectedArtifacts(0, 0, 1, 4));

        File.Exists(part).ShouldBeFalse();
        (await Artifacts.ReadAsync(Given.Attempt(1), "a.txt", default)).ShouldBe("abc"u8.ToArray());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named_and_nothing_is_listed()
    {
        await File.WriteAllTextAsync(Folder, "a file");
        (await Should.ThrowAsync<StoreUnusableException>(() => Put("a.txt"))).Message.ShouldContain(Folder);
        (await Artifacts.ListAsync("demo", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Bytes_that_are_collected_before_they_have_their_name_are_written_again()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Stored)!);
        var written = new TaskCompletionSource();
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(Stored)!)
        {
            EnableRaisingEvents = true,
        };
        watcher.Renamed += (_, file) => written.TrySetResult();
        Task put;
        using (_file.HoldWriting())
        {
            put = Put("a.txt");
            await written.Task.WaitAsync(TimeSpan.FromSeconds(30));
            File.Delete(Stored);
        }

        await put;

        (await Artifacts.ReadAsync(Given.Attempt(1), "a.txt", default)).ShouldBe("abc"u8.ToArray());
    }

    private async Task<string> Refused() => (await Should.ThrowAsync<StoreUnusableException>(
        () => Artifacts.ReadAsync(Given.Attempt(1), "a.txt", default))).Message;

    private Task<CollectedArtifacts> Collect() =>
        Artifacts.CollectAsync(dryRun: false, TimeSpan.FromHours(1), default);

    private Task Put(string name) => Artifacts.PutAsync(
        new Artifact(Given.Attempt(1), name, "text/plain", "abc"u8.ToArray()), default);
}
