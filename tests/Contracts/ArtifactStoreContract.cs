using Shared.Engine;
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
}
