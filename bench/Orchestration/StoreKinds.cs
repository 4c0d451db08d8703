using System.CommandLine;
using Engine.Sql;
using Shared.Engine;

namespace Bench.Orchestration;

/// <summary>Which kinds of stores a benchmark uses, and where their cases get new ones.</summary>
internal sealed class StoreKinds : IAsyncDisposable
{
    /// <summary>A file.</summary>
    public const string Sqlite = "sqlite";

    private const string Postgres = "postgres";
    private const string Both = "both";

    private readonly LoopbackPostgres? _cluster;

    private StoreKinds(LoopbackPostgres? cluster) => _cluster = cluster;

    /// <summary><c>--store</c>.</summary>
    public static Option<string> Option()
    {
        var option = new Option<string>("--store")
        {
            HelpName = $"{Sqlite}|{Postgres}|{Both}",
            DefaultValueFactory = _ => Both,
            Description = "Which stores; PostgreSQL is a cluster of its own on loopback, gone afterwards",
        };
        option.AcceptOnlyFromAmong(Sqlite, Postgres, Both);
        return option;
    }

    /// <summary>The kinds that a value of the option names.</summary>
    public static IReadOnlyList<string> Of(string kind) => kind == Both ? [Sqlite, Postgres] : [kind];

    /// <summary>Prepares for one kind.</summary>
    public static async Task<StoreKinds> OpenAsync(string kind) =>
        new(kind == Postgres ? await LoopbackPostgres.StartAsync() : null);

    /// <summary>A new store, and with it the engine of whatever this process opens from here on.</summary>
    /// <param name="name">Tells its folder from others of this process.</param>
    /// <param name="engine">Its engine; with akka the store is made, and a coordinator of it starts.</param>
    /// <exception cref="StoreUnusableException">The engine is not in this build.</exception>
    public async Task<BenchStore> NewAsync(string name, StoreEngine engine = StoreEngine.Sql)
    {
        Environment.SetEnvironmentVariable(EngineChoice.Variable, engine.ToString().ToLowerInvariant());
        var store = _cluster is null ? BenchStore.Sqlite(name) : await BenchStore.PostgresAsync(_cluster);
        return engine is StoreEngine.Akka ? await store.CoordinatedAsync() : store;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
}
