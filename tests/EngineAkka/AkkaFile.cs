using System.Net;
using System.Net.Sockets;
using Akka.Configuration;
using Engine.Akka;
using Engine.Akka.Nodes;
using Engine.Sql;
using Shared.Engine;
using Tests.Contracts;

namespace Tests.EngineAkka;

/// <summary>
/// A SQLite store with a cluster of one node, which holds the coordinator.
/// </summary>
internal sealed class AkkaFile : IEngineStore
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-akka-");
    private readonly ManualTime _time = new();
    private CoordinatorNode? _node;

    public string Path => System.IO.Path.Combine(_folder.FullName, "store.db");

    private StoreAddress.Sqlite Address => new(Path);

    public async Task<IStore> OpenAsync()
    {
        _node ??= CoordinatorNode.Start(
            TestCluster.Settings(), TestCluster.Layers(), JournalPlace.Of(Address), await OpenRowsAsync(), _time);
        return new AkkaEngine(
            (await OpenRowsAsync()).Store, new MemberLink(() => _node.Coordinator, AnswerLimit, TimeProvider.System));
    }

    public Task AdvanceAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private Task<(IStore Store, ISweepIndex Index)> OpenRowsAsync() =>
        StoreOpening.OpenIndexedAsync(Address, StoreMode.Create, _time);
}

/// <summary>Settings of clusters for tests: on loopback, and quick.</summary>
internal static class TestCluster
{
    public static ClusterSettings Settings()
    {
        var port = FreePort();
        return new ClusterSettings(
            NodeRole.Coordinator,
            [new SeedAddress("127.0.0.1", port)],
            "127.0.0.1",
            "127.0.0.1",
            port,
            TimeSpan.FromSeconds(15),
            Tls: null);
    }

    public static Config Layers() => ConfigurationFactory.ParseString(
        """
        akka {
          cluster.gossip-interval = 100ms
          cluster.leader-actions-interval = 100ms
          cluster.shutdown-after-unsuccessful-join-seed-nodes = off
          coordinated-shutdown.exit-clr = off
        }
        """).WithFallback(HoconLayers.Read(
            HoconLayers.FolderOf(AppContext.BaseDirectory), NodeRole.Coordinator, _ => null));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
