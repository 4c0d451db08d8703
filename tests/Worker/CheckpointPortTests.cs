using System.Security.Cryptography;
using Shared.Engine;
using Shared.Execution;
using Shared.Sweeps;
using Tests.Shared.Sweeps;
using Worker.Hosting;

namespace Tests.Worker;

/// <summary>Models of parents on their way from the store to a slot.</summary>
public sealed class CheckpointPortTests : IAsyncLifetime
{
    private const string Model = ParentSweep.Model;
    private static readonly byte[] Bytes = [1, 2, 3];
    private static readonly ParentArtifact Parent =
        new(new AttemptId("parent", 1, 1), Model, Convert.ToHexStringLower(SHA256.HashData(Bytes)));

    private readonly DirectoryInfo _spool = Directory.CreateTempSubdirectory("sweep-test-");
    private readonly List<string> _lines = [];
    private StoreWithAttempt _made = null!;

    private IStore Store => _made.Store;

    public async Task InitializeAsync()
    {
        _made = await StoreWithAttempt.MakeAsync("parent");
        await Store.PutAsync(new Artifact(Parent.Attempt, Model, "x/y", Bytes), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _made.DisposeAsync();
        _spool.Delete(recursive: true);
    }

    [Fact]
    public async Task A_parents_model_lies_in_the_spool_before_the_slot_is_told()
    {
        var (start, problem) = await PrepareAsync(Parent);

        problem.ShouldBeEmpty();
        var told = start!.Parent.ShouldNotBeNull();
        told.Sha256.ShouldBe(Parent.Sha256);
        File.ReadAllBytes(told.Path).ShouldBe(Bytes);
    }

    [Fact]
    public async Task One_that_is_gone_or_another_is_one_sentence_that_names_it()
    {
        (await PrepareAsync(Parent with { Artifact = "gone" })).ShouldBe(
            (null, $"gone of {Parent.Attempt} is not in the store"));
        (await PrepareAsync(Parent with { Sha256 = "00ff" })).ShouldBe(
            (null, $"{Model} of {Parent.Attempt} is not what was recorded"));
        _spool.GetFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_stored_costs_that_checkpoint_and_a_line()
    {
        var refusing = GatedArtifacts.Before(Store, refusal: "a store of 64 MB");
        await StoreAsync(refusing, Left(10));
        await StoreAsync(refusing, Left(20) with { Length = CheckpointPort.LargestBytes + 1 });
        await StoreAsync(refusing, Left(30) with { Sha256 = "00ff" });

        _lines.ShouldBe(
        [
            $"{Parent.Attempt}: the checkpoint of update 10 is not stored: a store of 64 MB",
            $"{Parent.Attempt}: the checkpoint of update 20 is not stored: it has 1073741825 bytes, and "
                + "1073741824 are the most",
            $"{Parent.Attempt}: the checkpoint of update 30 is not stored: it is not what its slot wrote",
        ]);
        _spool.GetFiles().ShouldBeEmpty();
        (await Store.ReadAsync("parent", CancellationToken.None))!.Trial(1).Attempts[0].Checkpoint
            .ShouldBeNull();
    }

    [Fact]
    public async Task Checkpoints_of_many_slots_are_in_memory_one_after_the_other()
    {
        var gated = GatedArtifacts.Before(Store);
        var port = new CheckpointPort(Store, gated, _spool.FullName, TimeProvider.System, _lines.Add);

        await Task.WhenAll(Enumerable.Range(1, 5).Select(n => StoreAsync(port, Left(10 * n))));

        ((GatedArtifacts)gated).MostAtOnce.ShouldBe(1);
        (await Store.ListAsync("parent", CancellationToken.None))
            .Count(entry => entry.MediaType == CheckpointId.MediaType)
                .ShouldBe(2, "superseded ones are forgotten");
    }

    private Task<WorkerInput> StoreAsync(IArtifactStore artifacts, FromSlot.Checkpointed left) => StoreAsync(
        new CheckpointPort(Store, artifacts, _spool.FullName, TimeProvider.System, _lines.Add), left);

    private static Task<WorkerInput> StoreAsync(CheckpointPort port, FromSlot.Checkpointed left) =>
        port.StoreAsync(new WorkerAction.StoreCheckpoint(1, left), Given.Id(100 + left.Update));

    private FromSlot.Checkpointed Left(int update)
    {
        var path = Path.Combine(_spool.FullName, $"{update}.checkpoint");
        byte[] bytes = [(byte)update];
        File.WriteAllBytes(path, bytes);
        return new FromSlot.Checkpointed(
            Parent.Attempt, update, 0, path, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
    }

    private Task<(ToSlot.Start? Start, string Problem)> PrepareAsync(ParentArtifact parent) =>
        new CheckpointPort(Store, Store, _spool.FullName, TimeProvider.System, _ => { }).PrepareAsync(
            new WorkerAction.Begin(
                2, new ToSlot.Start(Given.Attempt(1), "two-head", "{}", null, 1, 1), From: null, parent));
}
