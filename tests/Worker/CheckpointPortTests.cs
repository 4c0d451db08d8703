using System.Security.Cryptography;
using Shared.Engine;
using Shared.Execution;
using Shared.Sweeps;
using Tests.EngineSql;
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

    private readonly SqliteFile _file = new();
    private readonly DirectoryInfo _spool = Directory.CreateTempSubdirectory("sweep-test-");
    private IStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = await _file.OpenAsync();
        await _store.JoinAsync("w1", CancellationToken.None);
        await _store.SubmitAsync(
            new Submission(Given.Id(1), "parent", Given.Plan(1), Given.Program, BesideUnfinished: false),
            CancellationToken.None);
        await _store.SendAsync("parent", Given.Claim(2), CancellationToken.None);
        await _store.PutAsync(new Artifact(Parent.Attempt, Model, "x/y", Bytes), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _file.DisposeAsync();
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

    private Task<(ToSlot.Start? Start, string Problem)> PrepareAsync(ParentArtifact parent) =>
        new CheckpointPort(_store, _store, _spool.FullName, TimeProvider.System, _ => { }).PrepareAsync(
            new WorkerAction.Begin(
                2, new ToSlot.Start(Given.Attempt(1), "two-head", "{}", null, 1, 1), From: null, parent));
}
