using Shared.Engine;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Contracts;

/// <summary>What every artifact store promises.</summary>
public abstract class ArtifactStoreContract : EngineContract
{
    [Fact]
    public async Task An_artifact_is_read_as_it_was_stored()
    {
        await Submit(1);
        var bytes = Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31)).ToArray();
        await Artifacts.PutAsync(new Artifact(Given.Attempt(1), "samples.png", "image/png", bytes), default);

        (await Artifacts.ReadAsync(Given.Attempt(1), "samples.png", default)).ShouldBe(bytes);
        (await Artifacts.ReadAsync(Given.Attempt(1), "other.png", default)).ShouldBeNull();
        (await Artifacts.ReadAsync(Given.Attempt(1, 2), "samples.png", default)).ShouldBeNull();
    }

    [Fact]
    public async Task An_artifact_that_is_stored_twice_stays_as_it_was_first()
    {
        await Submit(1);
        await Artifacts.PutAsync(
            new Artifact(Given.Attempt(1), "a.bin", "application/x-first", [1, 2]), default);
        await Artifacts.PutAsync(
            new Artifact(Given.Attempt(1), "a.bin", "application/x-second", [3]), default);

        (await Artifacts.ReadAsync(Given.Attempt(1), "a.bin", default)).ShouldBe([1, 2]);
        var entry = (await Artifacts.ListAsync("demo", default)).ShouldHaveSingleItem();
        entry.MediaType.ShouldBe("application/x-first");
    }

    [Fact]
    public async Task Artifacts_are_listed_by_trial_attempt_and_name_with_hash_and_length()
    {
        await Submit(1);
        await Submit(2, besides: true);
        foreach (var (trial, attempt, name) in new[] { (2, 1, "a"), (1, 2, "b"), (1, 2, "B"), (1, 1, "z") })
        {
            await Artifacts.PutAsync(
                new Artifact(Given.Attempt(trial, attempt), name, "text/plain", "abc"u8.ToArray()), default);
        }

        await Artifacts.PutAsync(
            new Artifact(Given.Attempt(1, sweep: "demo-2"), "elsewhere", "text/plain", []), default);

        var listed = await Artifacts.ListAsync("demo", default);

        listed.Select(e => (e.Attempt.Trial, e.Attempt.Number, e.Name))
            .ShouldBe([(1, 1, "z"), (1, 2, "B"), (1, 2, "b"), (2, 1, "a")]);
        listed[0].Sha256.ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        listed[0].Length.ShouldBe(3);
        (await Artifacts.ListAsync("nobody", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Artifacts_outlive_the_process_that_stored_them()
    {
        await Submit(1);
        await Artifacts.PutAsync(new Artifact(Given.Attempt(1), "empty", "text/plain", []), default);
        await ReopenAsync();
        (await Artifacts.ReadAsync(Given.Attempt(1), "empty", default)).ShouldBe([]);
    }

    [Fact]
    public async Task An_artifact_of_a_sweep_that_does_not_exist_is_refused() =>
        await Should.ThrowAsync<ArgumentException>(() => Artifacts.PutAsync(
            new Artifact(Given.Attempt(1, sweep: "nobody"), "a", "text/plain", [1]), default));

    [Theory]
    [InlineData("")]
    [InlineData("../secret")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("new\nline")]
    [InlineData("<b>")]
    public async Task A_name_that_could_leave_its_folder_is_refused(string name)
    {
        await Submit(1);
        await Should.ThrowAsync<ArgumentException>(() => Put(name, [1]));
        (await Artifacts.ListAsync("demo", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_artifact_that_is_removed_is_gone_and_what_has_the_same_bytes_stays()
    {
        await Submit(1);
        await Put("a.bin", [1, 2, 3]);
        await Put("b.bin", [1, 2, 3]);

        await Artifacts.RemoveAsync(Given.Attempt(1), "a.bin", default);
        await Artifacts.RemoveAsync(Given.Attempt(1), "never.bin", default);
        await Advance(2 * Grace);
        (await Collect()).ShouldBe(new CollectedArtifacts(0, 0, 0, 0));

        (await Artifacts.ReadAsync(Given.Attempt(1), "a.bin", default)).ShouldBeNull();
        (await Artifacts.ReadAsync(Given.Attempt(1), "b.bin", default)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Bytes_that_no_artifact_has_are_freed_once_they_are_older_than_the_grace()
    {
        await Submit(1);
        await Put("old.bin", new byte[100]);
        await Put("kept.bin", [1]);
        await Artifacts.RemoveAsync(Given.Attempt(1), "old.bin", default);

        await Advance(Grace / 2);
        (await Collect()).ShouldBe(new CollectedArtifacts(0, 0, 0, 0));
        await Advance(Grace);
        (await Collect(dryRun: true)).ShouldBe(new CollectedArtifacts(0, 1, 0, 100));
        (await Collect()).ShouldBe(new CollectedArtifacts(0, 1, 0, 100));
        (await Collect()).ShouldBe(new CollectedArtifacts(0, 0, 0, 0));

        (await Artifacts.ReadAsync(Given.Attempt(1), "kept.bin", default)).ShouldBe([1]);
        await Put("old.bin", new byte[100]);
        (await Artifacts.ReadAsync(Given.Attempt(1), "old.bin", default)).ShouldBe(new byte[100]);
    }

    [Fact]
    public async Task Old_bytes_that_are_stored_again_are_spared_like_new_ones()
    {
        await Submit(1);
        await Put("first.bin", [7, 7]);
        await Artifacts.RemoveAsync(Given.Attempt(1), "first.bin", default);
        await Advance(2 * Grace);
        await Put("second.bin", [7, 7]);
        await Artifacts.RemoveAsync(Given.Attempt(1), "second.bin", default);

        (await Collect()).ShouldBe(new CollectedArtifacts(0, 0, 0, 0));
    }

    [Fact]
    public async Task Checkpoints_that_newer_ones_replaced_are_freed_and_the_last_two_of_a_trial_stay()
    {
        await Submit(1);
        foreach (var update in new byte[] { 20, 100, 3 })
        {
            await Put($"checkpoint-{update}.ckpt", [update, 1], CheckpointId.MediaType);
        }

        await Put("checkpoint-1.ckpt", [9], "text/plain");
        (await Collect()).ShouldBe(new CollectedArtifacts(0, 0, 0, 0));
        await Advance(2 * Grace);
        (await Collect(dryRun: true)).ShouldBe(new CollectedArtifacts(1, 1, 0, 2));
        (await Artifacts.ListAsync("demo", default)).Length.ShouldBe(4);
        (await Collect()).ShouldBe(new CollectedArtifacts(1, 1, 0, 2));

        (await Artifacts.ListAsync("demo", default)).Select(e => e.Name)
            .ShouldBe(["checkpoint-1.ckpt", "checkpoint-100.ckpt", "checkpoint-20.ckpt"]);
    }

    private static TimeSpan Grace => TimeSpan.FromHours(1);

    private Task<CollectedArtifacts> Collect(bool dryRun = false) =>
        Artifacts.CollectAsync(dryRun, Grace, default);

    private Task Put(string name, byte[] bytes, string type = "application/octet-stream") =>
        Artifacts.PutAsync(new Artifact(Given.Attempt(1), name, type, bytes), default);
}
