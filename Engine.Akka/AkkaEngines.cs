using Akka.Configuration;
using Engine.Akka.Nodes;
using Engine.Sql;
using Engine.Sql.Migration;
using Shared.Engine;

namespace Engine.Akka;

/// <summary>Opens and makes stores for programs that are built with Akka.NET, with whichever engine is named.</summary>
public static class AkkaEngines
{
    /// <summary>Opens a store with the engine that the environment names.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="mode">Whether it may be made.</param>
    /// <param name="isWorker">
    /// Whether this process works on it, and so becomes a member of the cluster; any other asks from outside, and
    /// not before it has a command for the coordinator.
    /// </param>
    /// <exception cref="StoreUnusableException">The store, or the cluster's configuration, cannot be used.</exception>
    /// <exception cref="StoreUnreachableException">The server of the store does not answer.</exception>
    public static async Task<IStore> OpenAsync(StoreAddress address, StoreMode mode, bool isWorker = false)
    {
        if (EngineChoice.Chosen is StoreEngine.Sql)
        {
            return await StoreOpening.OpenAsync(address, mode, TimeProvider.System);
        }

        var (store, _) = await StoreOpening.OpenIndexedAsync(address, mode, TimeProvider.System);
        if (!isWorker)
        {
            return new AkkaEngine(store, new ClientLink(() => Settings(NodeRole.Client, store.LeaseTimes)));
        }

        try
        {
            var (settings, layers) = Settings(NodeRole.Worker, store.LeaseTimes);
            return new AkkaEngine(
                store, new WorkerLink(settings, layers, TimeProvider.System, Console.Error.WriteLine));
        }
        catch (StoreUnusableException)
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a store, or brings it to this program's version.</summary>
    /// <returns>What was done, one sentence.</returns>
    /// <exception cref="StoreUnusableException">The store cannot be used.</exception>
    /// <exception cref="StoreUnreachableException">The server of the store does not answer.</exception>
    public static Task<string> MigrateAsync(StoreAddress address, CancellationToken cancellation) =>
        StoreMigration.RunAsync(address, TimeProvider.System, EngineChoice.Chosen, cancellation);

    /// <summary>Starts a node that can coordinate.</summary>
    /// <param name="address">Where the store is.</param>
    /// <param name="mode">Whether it may be made.</param>
    /// <exception cref="StoreUnusableException">The store, or the cluster's configuration, cannot be used.</exception>
    /// <exception cref="StoreUnreachableException">The server of the store does not answer.</exception>
    public static async Task<CoordinatorNode> CoordinateAsync(StoreAddress address, StoreMode mode)
    {
        var rows = await StoreOpening.OpenIndexedAsync(address, mode, TimeProvider.System);
        try
        {
            var (settings, layers) = Settings(NodeRole.Coordinator, rows.Store.LeaseTimes);
            return CoordinatorNode.Start(settings, layers, JournalPlace.Of(address), rows, TimeProvider.System);
        }
        catch (StoreUnusableException)
        {
            await rows.Store.DisposeAsync();
            throw;
        }
    }

    private static (ClusterSettings Settings, Config Layers) Settings(NodeRole role, LeaseTimes times)
    {
        var layers = HoconLayers.Read(
            HoconLayers.FolderOf(AppContext.BaseDirectory), role, Environment.GetEnvironmentVariable);
        return (ClusterSettings.Read(layers, role, times), layers);
    }
}
