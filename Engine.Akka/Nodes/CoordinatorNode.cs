using Akka.Actor;
using Akka.Configuration;
using Engine.Sql;
using Shared.Engine;

namespace Engine.Akka.Nodes;

/// <summary>A node that can coordinate: one of them at a time does.</summary>
public sealed class CoordinatorNode : IAsyncDisposable
{
    private readonly ActorSystem _system;
    private readonly IStore _store;

    private CoordinatorNode(ActorSystem system, IActorRef coordinator, IStore store)
    {
        _system = system;
        _store = store;
        Coordinator = coordinator;
    }

    /// <summary>Ends when the node has left the cluster, because it was told to or because the others gave it up.</summary>
    public Task Ended => _system.WhenTerminated;

    /// <summary>The way to whichever node coordinates.</summary>
    internal IActorRef Coordinator { get; }

    /// <summary>Starts a node; it owns the store from here on.</summary>
    internal static CoordinatorNode Start(
        ClusterSettings settings,
        Config layers,
        JournalPlace journal,
        (IStore Store, ISweepIndex Index) rows,
        TimeProvider time)
    {
        var (system, coordinator) = ClusterSystem.StartCoordinator(
            settings, layers, journal, rows.Store, rows.Index, time);
        return new CoordinatorNode(system, coordinator, rows.Store);
    }

    /// <summary>Leaves the cluster: another node takes over at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ClrExitReason.Instance);
        await _system.WhenTerminated;
        await _store.DisposeAsync();
    }
}
