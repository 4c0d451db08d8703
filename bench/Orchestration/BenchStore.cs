using Engine.Sql;
using Shared.Engine;

namespace Bench.Orchestration;

/// <summary>A new store for one case, gone with it.</summary>
internal sealed class BenchStore : IDisposable
{
    private readonly string? _folder;
    private LoopbackCoordinator? _coordinator;

    private BenchStore(string address, string? folder)
    {
        Address = address;
        _folder = folder;
    }

    /// <summary>As <c>SWEEP_STORE</c> names it.</summary>
    public string Address { get; }

    /// <summary>A file in a folder of its own on the clone's disk.</summary>
    /// <param name="name">Tells it from those of other processes.</param>
    public static BenchStore Sqlite(string name)
    {
        var folder = Path.Combine(BenchPlaces.Clone, "artifacts", $"bench-{Environment.ProcessId}-{name}");
        Directory.CreateDirectory(folder);
        return new BenchStore($"sqlite:{Path.Combine(folder, "store.db")}", folder);
    }

    /// <summary>A new database of a cluster; it goes with the cluster.</summary>
    public static async Task<BenchStore> PostgresAsync(LoopbackPostgres cluster) =>
        new(await cluster.CreateDatabaseAsync(), folder: null);

    /// <summary>Makes this store, and starts a coordinator of it.</summary>
    public async Task<BenchStore> CoordinatedAsync()
    {
        await Engines.MigrateAsync(((StoreAddressReply.Parsed)StoreAddress.Parse(Address)).Address, default);
        _coordinator = LoopbackCoordinator.Start(Address);
        return this;
    }

    /// <summary>Opens the store at an address, with the engine of the store that was made last.</summary>
    /// <param name="address">As <c>SWEEP_STORE</c> names it.</param>
    /// <param name="mode">Whether it may be made.</param>
    /// <param name="isWorker">Whether this process works on it, and so is a member of its cluster.</param>
    public static Task<IStore> OpenAsync(
        string address, StoreMode mode = StoreMode.Existing, bool isWorker = false) =>
        Engines.OpenAsync(((StoreAddressReply.Parsed)StoreAddress.Parse(address)).Address, mode, isWorker);

    /// <inheritdoc/>
    public void Dispose()
    {
        _coordinator?.Dispose();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
