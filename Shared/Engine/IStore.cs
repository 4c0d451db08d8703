namespace Shared.Engine;

/// <summary>One open store: sweeps, and what their attempts leave behind.</summary>
public interface IStore : ICoordinator, IArtifactStore;
