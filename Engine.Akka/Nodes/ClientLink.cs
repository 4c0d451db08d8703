using Akka.Actor;
using Akka.Configuration;
using Engine.Akka.Wire;

namespace Engine.Akka.Nodes;

/// <summary>
/// The way to the coordinator for a command, which never joins: members that died and are not yet given up would
/// keep it out. Whoever only reads the store starts nothing.
/// </summary>
internal sealed class ClientLink : IClusterLink
{
    private readonly Func<(ClusterSettings Settings, Config Layers)> _configuration;
    private (ActorSystem System, CoordinatorAsking Asking)? _started;

    /// <summary>A link that starts with the first request.</summary>
    /// <param name="configuration">Reads the configuration.</param>
    public ClientLink(Func<(ClusterSettings Settings, Config Layers)> configuration) =>
        _configuration = configuration;

    /// <inheritdoc/>
    public Task<Reply> AskAsync(Request request, CancellationToken cancellation)
    {
        var (_, asking) = _started ??= Start();
        return asking.AskAsync(request, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_started is { } started)
        {
            await started.System.Terminate();
        }
    }

    private (ActorSystem System, CoordinatorAsking Asking) Start()
    {
        var (settings, layers) = _configuration();
        var (system, client) = ClusterSystem.StartClient(settings, layers);
        return (system, new CoordinatorAsking(
            (parcel, wait, cancellation) =>
                client.Ask<Reply>(ClusterSystem.FromOutside(parcel), wait, cancellation),
            settings.AnswerLimit,
            TimeProvider.System,
            settings.Seeds));
    }
}
