using System.CommandLine;

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

    /// <summary>A new store.</summary>
    /// <param name="name">Tells its folder from others of this process.</param>
    public async Task<BenchStore> NewAsync(string name) =>
        _cluster is null ? BenchStore.Sqlite(name) : await BenchStore.PostgresAsync(_cluster);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
}
