using Shared.Engine;

namespace Tests.Contracts;

/// <summary>A store of its own for one test of an engine, gone with the test.</summary>
public interface IEngineStore : IAsyncDisposable
{
    /// <summary>One more instance of the engine on the store, as another process would have it.</summary>
    Task<IStore> OpenAsync();

    /// <summary>Moves the store's clock on.</summary>
    Task AdvanceAsync(TimeSpan time);
}

/// <summary>A store that a test may write past every engine.</summary>
public interface ISpoilableStore : IEngineStore
{
    /// <summary>Runs a statement past every engine, as somebody would who writes what no program does.</summary>
    Task SpoilAsync(string sql);
}
