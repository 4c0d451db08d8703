using Shared.Engine;
using Tests.Shared.Sweeps;
using Worker.Hosting;

namespace Tests.Worker;

/// <summary>What a worker frees by itself.</summary>
public sealed class StoreUpkeepTests : IAsyncLifetime
{
    private readonly List<string> _lines = [];
    private StoreWithAttempt _made = null!;

    private IStore Store => _made.Store;

    public async Task InitializeAsync() => _made = await StoreWithAttempt.MakeAsync("demo");

    public async Task DisposeAsync() => await _made.DisposeAsync();

    [Fact]
    public async Task A_workers_upkeep_frees_what_gc_would_and_spares_the_last_hour()
    {
        await Store.PutAsync(new Artifact(Given.Attempt(1), "old", "x/y", [1]), CancellationToken.None);
        await Store.RemoveAsync(Given.Attempt(1), "old", CancellationToken.None);

        await FreeAsync(Store);
        (await WouldFreeAsync()).Contents.ShouldBe(1, "it is younger than an hour");
        await _made.AdvanceAsync(Retention.Grace * 2);
        await FreeAsync(Store);

        (await WouldFreeAsync()).Contents.ShouldBe(0);
        _lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_store_that_does_not_answer_costs_a_line()
    {
        await FreeAsync(SilentStore.Before(Store, nameof(IStore.CollectAsync)));

        _lines.ShouldBe(["nothing could be freed in the store: the connection broke"]);
    }

    private Task FreeAsync(IStore store) =>
        new StoreUpkeep(store, _lines.Add).FreeAsync(CancellationToken.None);

    private Task<CollectedArtifacts> WouldFreeAsync() =>
        Store.CollectAsync(dryRun: true, TimeSpan.Zero, CancellationToken.None);
}
