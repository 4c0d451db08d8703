using Shared.Engine;
using Tests.EngineSql;
using Tests.Shared.Sweeps;
using Worker.Hosting;

namespace Tests.Worker;

/// <summary>What a worker frees by itself.</summary>
public sealed class StoreUpkeepTests : IAsyncLifetime
{
    private readonly SqliteFile _file = new();
    private readonly List<string> _lines = [];
    private IStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = await _file.OpenAsync();
        await _store.JoinAsync("w1", CancellationToken.None);
        await _store.SubmitAsync(
            new Submission(Given.Id(1), "demo", Given.Plan(1), Given.Program, BesideUnfinished: false),
            CancellationToken.None);
        await _store.SendAsync("demo", Given.Claim(2), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _file.DisposeAsync();
    }

    [Fact]
    public async Task A_workers_upkeep_frees_what_gc_would_and_spares_the_last_hour()
    {
        await _store.PutAsync(new Artifact(Given.Attempt(1), "old", "x/y", [1]), CancellationToken.None);
        await _store.RemoveAsync(Given.Attempt(1), "old", CancellationToken.None);

        await FreeAsync(_store);
        (await WouldFreeAsync()).Contents.ShouldBe(1, "it is younger than an hour");
        await _file.AdvanceAsync(Retention.Grace * 2);
        await FreeAsync(_store);

        (await WouldFreeAsync()).Contents.ShouldBe(0);
        _lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_store_that_does_not_answer_costs_a_line()
    {
        await FreeAsync(SilentStore.Before(_store, nameof(IStore.CollectAsync)));

        _lines.ShouldBe(["nothing could be freed in the store: the connection broke"]);
    }

    private Task FreeAsync(IStore store) =>
        new StoreUpkeep(store, _lines.Add).FreeAsync(CancellationToken.None);

    private Task<CollectedArtifacts> WouldFreeAsync() =>
        _store.CollectAsync(dryRun: true, TimeSpan.Zero, CancellationToken.None);
}
