using Akka.Actor;
using Akka.Configuration;
using Engine.Akka.Wire;

namespace Engine.Akka.Nodes;

/// <summary>
/// The way to the coordinator for a worker, which outlives its membership: a node that the others have given up
/// begins anew and joins again, while slots train on and leases are renewed under the same attempts.
/// </summary>
internal sealed class WorkerLink : IClusterLink
{
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(10);

    private readonly ClusterSettings _settings;
    private readonly Config _layers;
    private readonly TimeProvider _time;
    private readonly Action<string> _log;
    private readonly CoordinatorAsking _asking;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _keeping;
    private volatile Node _node;

    /// <summary>Starts a node that works.</summary>
    /// <param name="settings">Of the node.</param>
    /// <param name="layers">Its configuration.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Takes one line.</param>
    public WorkerLink(ClusterSettings settings, Config layers, TimeProvider time, Action<string> log)
    {
        _settings = settings;
        _layers = layers;
        _time = time;
        _log = log;
        _node = Start();
        _asking = new CoordinatorAsking(
            (parcel, wait, cancellation) => _node.Coordinator.Ask<Reply>(parcel, wait, cancellation),
            settings.AnswerLimit,
            time,
            settings.Seeds);
        _keeping = KeepAsync();
    }

    /// <inheritdoc/>
    public Task<Reply> AskAsync(Request request, CancellationToken cancellation) =>
        _asking.AskAsync(request, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping;
        var left = CoordinatedShutdown.Get(_node.System).Run(CoordinatedShutdown.ClrExitReason.Instance);
        await Task.WhenAny(left, Task.Delay(LeaveLimit, _time));   // who is in no cluster may wait long to leave it
        _stop.Dispose();
    }

    private async Task KeepAsync()
    {
        try
        {
            while (true)
            {
                await _node.System.WhenTerminated.WaitAsync(_stop.Token);
                _log("the cluster has given this node up: joining again, and what runs trains on");
                await Task.Delay(RestartPause, _time, _stop.Token);
                _node = Start();
            }
        }
        catch (OperationCanceledException)
        {
            // The worker ends.
        }
    }

    private Node Start()
    {
        var (system, coordinator) = ClusterSystem.StartWorker(_settings, _layers);
        return new Node(system, coordinator);
    }

    private sealed record Node(ActorSystem System, IActorRef Coordinator);
}
