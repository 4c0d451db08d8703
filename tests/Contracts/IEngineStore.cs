using Shared.Engine;

namespace Tests.Contracts;

/// <summary>A store of its own for one test of an engine, gone with the test.</summary>
public interface IEngineStore : IAsyncDisposable
{
    /// <summary>One more instance of the engine on the store, as another process would have it.</summary>
    Task<ICoordinator> OpenAsync(TimeProvider time);

    /// <summary>The artifacts beside an engine's sweeps.</summary>
    IArtifactStore ArtifactsOf(ICoordinator engine);
}
