using Engine.Akka.Wire;

namespace Engine.Akka.Nodes;

/// <summary>A way to the coordinator of a cluster.</summary>
internal interface IClusterLink : IAsyncDisposable
{
    /// <summary>Asks until there is an answer, or the time for it is over.</summary>
    /// <exception cref="Shared.Engine.StoreUnreachableException">
    /// There was none in time, or the coordinator's database did not answer it.
    /// </exception>
    /// <exception cref="Shared.Engine.StoreUnusableException">The coordinator's store cannot be used.</exception>
    Task<Reply> AskAsync(Request request, CancellationToken cancellation);
}
