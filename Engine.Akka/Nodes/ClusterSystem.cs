using System.Collections.Immutable;
using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using Akka.Serialization;
using Engine.Akka.Coordinator;
using Engine.Akka.Inspection;
using Engine.Akka.Wire;
using Engine.Sql;
using LinqToDB;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Akka.Nodes;

/// <summary>Starts the actor system of a node and the actors that every node of its kind has.</summary>
internal static class ClusterSystem
{
    /// <summary>Name of every actor system of a cluster.</summary>
    public const string Name = "sweeps";

    private const string CoordinatorRole = "coordinator";
    private const string Manager = "coordinators";
    private const string Proxy = "coordinator";

    /// <summary>Starts a node that can coordinate.</summary>
    /// <param name="settings">Of the node.</param>
    /// <param name="layers">Its configuration.</param>
    /// <param name="journal">Where histories are.</param>
    /// <param name="store">The store; the node disposes of nothing.</param>
    /// <param name="index">The rows of the store.</param>
    /// <param name="time">The node's clock.</param>
    /// <returns>The system, and the way to whichever node coordinates.</returns>
    public static (ActorSystem System, IActorRef Coordinator) StartCoordinator(
        ClusterSettings settings,
        Config layers,
        JournalPlace journal,
        IStore store,
        ISweepIndex index,
        TimeProvider time)
    {
        var config = Pbm.Config
            .WithFallback(JournalConfig(journal))
            .WithFallback(layers)
            .WithFallback(SqlPersistence.DefaultConfiguration);
        var system = Start(settings, config, ProviderSelection.Cluster.Instance, Connecting(journal));
        system.ActorOf(
            ClusterSingletonManager.Props(
                Props.Create(() => new CoordinatorActor(store, index, time)),
                PoisonPill.Instance,
                ClusterSingletonManagerSettings.Create(system).WithRole(CoordinatorRole).WithSingletonName("one")),
            Manager);
        var coordinator = ProxyOf(system);
        ClusterClientReceptionist.Get(system).RegisterService(coordinator);
        Pbm.Start(system, new AkkaEngine(store, new MemberLink(() => coordinator, settings.AnswerLimit, time)));
        return (system, coordinator);
    }

    /// <summary>Starts a node that works.</summary>
    /// <returns>The system, and the way to whichever node coordinates.</returns>
    public static (ActorSystem System, IActorRef Coordinator) StartWorker(ClusterSettings settings, Config layers)
    {
        var system = Start(settings, layers, ProviderSelection.Cluster.Instance);
        return (system, ProxyOf(system));
    }

    /// <summary>Starts a system that is no member, for one command.</summary>
    /// <returns>The system, and its client of the cluster.</returns>
    public static (ActorSystem System, IActorRef Client) StartClient(ClusterSettings settings, Config layers)
    {
        // What it sends is written by a serialiser that only these name; members have them by themselves.
        var config = layers
            .WithFallback(ClusterClientReceptionist.DefaultConfig())
            .WithFallback(DistributedPubSub.DefaultConfig());
        var system = Start(settings, config, ProviderSelection.Remote.Instance);
        var contacts = settings.Seeds
            .Select(seed => ActorPath.Parse($"{AddressOf(settings, seed)}/system/receptionist"))
            .ToImmutableHashSet();
        var client = system.ActorOf(
            ClusterClient.Props(ClusterClientSettings.Create(system).WithInitialContacts(contacts)), "client");
        return (system, client);
    }

    /// <summary>A message to the coordinator as a client of the cluster sends it.</summary>
    public static object FromOutside(Parcel parcel) => new ClusterClient.Send($"/user/{Proxy}", parcel);

    private static IActorRef ProxyOf(ActorSystem system) => system.ActorOf(
        ClusterSingletonProxy.Props(
            $"/user/{Manager}",
            ClusterSingletonProxySettings.Create(system).WithRole(CoordinatorRole).WithSingletonName("one")),
        Proxy);

    private static ActorSystem Start(
        ClusterSettings settings, Config layers, ProviderSelection provider, Setup? further = null)
    {
        Setup serializers = SerializationSetup.Create(system =>
        [
            SerializerDetails.Create(NoSerializer.Name, new NoSerializer(system), []),
            SerializerDetails.Create("sweep-wire", new WireSerializer(system), [typeof(Parcel), typeof(Reply)]),
            SerializerDetails.Create(
                "sweep-history", new HistorySerializer(system), [typeof(SweepEvent), typeof(SweepState)]),
        ]);
        RefuseTakenPort(settings);
        var config = AddressConfig(settings).WithFallback(layers);
        if (settings.Tls is not null)
        {
            config = ConfigurationFactory.ParseString(Tls.Config).WithFallback(config);
        }

        var setup = BootstrapSetup.Create().WithConfig(config).WithActorRefProvider(provider).And(serializers);
        setup = further is null ? setup : setup.And(further);
        return ActorSystem.Create(
            Name, settings.Tls is null ? setup : setup.And(Tls.SetupOf(settings.Tls)));
    }

    /// <summary>A system that cannot listen ends itself, some time later and without a sentence for people.</summary>
    private static void RefuseTakenPort(ClusterSettings settings)
    {
        if (settings.Port == 0 || !IPAddress.TryParse(settings.BindHost, out var address))
        {
            return;
        }

        try
        {
            using var listener = new TcpListener(address, settings.Port);
            listener.Start();
        }
        catch (SocketException failure)
        {
            throw new StoreUnusableException(
                $"the node cannot listen on {settings.BindHost}:{settings.Port}: {failure.Message}");
        }
    }

    private static Config AddressConfig(ClusterSettings settings)
    {
        var seeds = settings.Role is NodeRole.Client
            ? ""
            : string.Join(", ", settings.Seeds.Select(seed => HoconLayers.Quoted(AddressOf(settings, seed))));
        return ConfigurationFactory.ParseString($$"""
            akka.remote.dot-netty.tcp {
              public-hostname = {{HoconLayers.Quoted(settings.PublicHost)}}
              hostname = {{HoconLayers.Quoted(settings.BindHost)}}
              port = {{settings.Port}}
            }
            akka.cluster.seed-nodes = [{{seeds}}]
            """);
    }

    private static Config JournalConfig(JournalPlace journal)
    {
        var place = $$"""
            connection-string = {{HoconLayers.Quoted(journal.Connection)}}
            provider-name = {{HoconLayers.Quoted(journal.Provider)}}
            {{(journal.Schema is null ? "" : $"default.schema-name = {HoconLayers.Quoted(journal.Schema)}")}}
            """;
        return ConfigurationFactory.ParseString(
            $$"""
            akka.persistence.journal.sql { {{place}} }
            akka.persistence.snapshot-store.sql { {{place}} }
            """);
    }

    /// <summary>How the journal connects; nothing where its connection string says all.</summary>
    private static DataOptionsSetup? Connecting(JournalPlace journal) => journal.Opening is { } opening
        ? new DataOptionsSetup(new DataOptions()
            .UseConnectionString(journal.Provider, journal.Connection)
            .UseAfterConnectionOpened(
                connection => Tell(connection, opening),
                (connection, _) =>
                {
                    Tell(connection, opening);
                    return Task.CompletedTask;
                }))
        : null;

    private static void Tell(DbConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private static string AddressOf(ClusterSettings settings, SeedAddress seed) =>
        $"akka.{(settings.Tls is null ? "" : "ssl.")}tcp://{Name}@{seed}";
}
