using System.Net;
using System.Net.Sockets;
using Akka.Configuration;
using Engine.Akka;
using Engine.Akka.Nodes;
using Engine.Sql;
using Shared.Engine;
using Tests.Contracts;

namespace Tests.EngineAkka;

/// <summary>A store with a cluster of one node, which holds the coordinator.</summary>
internal abstract class AkkaNode : ISpoilableStore
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    /// <summary>HOCON over what every test has.</summary>
    public string Extra { get; init; } = "";

    /// <summary>The node, once something was opened.</summary>
    public CoordinatorNode? Node { get; private set; }

    public async Task<IStore> OpenAsync()
    {
        await StartAsync();
        return await OpenOnAsync(Node!);
    }

    /// <summary>Starts the node, unless it runs.</summary>
    public async Task StartAsync() => Node ??= await StartAnotherAsync();

    /// <summary>A node of a cluster of its own on the same store: what the first one is not to know of.</summary>
    public async Task<CoordinatorNode> StartAnotherAsync() => CoordinatorNode.Start(
        TestCluster.Settings(),
        TestCluster.Layers(Extra),
        await JournalAsync(),
        await OpenRowsAsync(),
        TimeProvider.System);

    /// <summary>The engine over a node.</summary>
    public async Task<IStore> OpenOnAsync(CoordinatorNode node) => new AkkaEngine(
        (await OpenRowsAsync()).Store, new MemberLink(() => node.Coordinator, AnswerLimit, TimeProvider.System));

    /// <summary>Stops the node.</summary>
    public async Task StopAsync()
    {
        if (Node is { } node)
        {
            Node = null;
            await node.DisposeAsync();
        }
    }

    public abstract Task AdvanceAsync(TimeSpan time);

    /// <summary>
    /// Runs a statement past the engine, which may change events as if they were in a table; whoever coordinates
    /// from then on has replayed them.
    /// </summary>
    public async Task SpoilAsync(string sql)
    {
        await StopAsync();
        await RunPastAsync(sql);
        await using var engine = await OpenAsync();
        await ((AkkaEngine)engine).DescribeAsync(default);   // answered once every history was replayed
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await RemoveAsync();
    }

    protected abstract Task<(IStore Store, ISweepIndex Index)> OpenRowsAsync();

    protected abstract Task<JournalPlace> JournalAsync();

    protected abstract Task RunPastAsync(string sql);

    protected abstract Task RemoveAsync();
}

/// <summary>Settings of clusters for tests: on loopback, and quick.</summary>
internal static class TestCluster
{
    private const int FirstPort = 20_000;
    private const int Ports = 10_000;
    private static int _ports = Environment.ProcessId;

    public static ClusterSettings Settings(TlsFiles? tls = null)
    {
        var port = FreePort();
        return new ClusterSettings(
            NodeRole.Coordinator,
            [new SeedAddress("127.0.0.1", port)],
            "127.0.0.1",
            "127.0.0.1",
            port,
            TimeSpan.FromSeconds(15),
            tls);
    }

    public static Config Layers(string extra = "", NodeRole role = NodeRole.Coordinator) =>
        ConfigurationFactory.ParseString(
            $$"""
            akka {
              cluster.gossip-interval = 100ms
              cluster.leader-actions-interval = 100ms
            }
            {{extra}}
            """).WithFallback(HoconLayers.Read(HoconLayers.FolderOf(AppContext.BaseDirectory), role, _ => null));

    /// <summary>A port that nobody has; below those that the system gives to connections.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = FirstPort + (Interlocked.Increment(ref _ports) % Ports);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Another program's: the next one.
            }
        }
    }
}
