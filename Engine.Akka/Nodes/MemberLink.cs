using Akka.Actor;
using Engine.Akka.Wire;

namespace Engine.Akka.Nodes;

/// <summary>The way to the coordinator from a member of its cluster.</summary>
/// <param name="proxy">Finds the coordinator; may be another one from call to call.</param>
/// <param name="limit">How long to ask.</param>
/// <param name="time">The clock.</param>
internal sealed class MemberLink(Func<IActorRef> proxy, TimeSpan limit, TimeProvider time) : IClusterLink
{
    private readonly CoordinatorAsking _asking = new(
        (parcel, wait, cancellation) => proxy().Ask<Reply>(parcel, wait, cancellation), limit, time);

    /// <inheritdoc/>
    public Task<Reply> AskAsync(Request request, CancellationToken cancellation) =>
        _asking.AskAsync(request, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
