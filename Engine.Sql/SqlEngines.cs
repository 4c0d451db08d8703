using Engine.Sql.Migration;
using Shared.Engine;

namespace Engine.Sql;

/// <summary>
/// Opens and makes stores for programs that are built without Akka.NET; with it, another class of the same shape
/// stands in its place.
/// </summary>
public static class SqlEngines
{
    /// <summary>Opens a store with the engine that the environment names.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="mode">Whether it may be made.</param>
    /// <param name="isWorker">Whether this process works on it; of no matter to this engine.</param>
    /// <exception cref="StoreUnusableException">The store, or the engine, cannot be used.</exception>
    /// <exception cref="StoreUnreachableException">The server of the store does not answer.</exception>
    public static Task<IStore> OpenAsync(StoreAddress address, StoreMode mode, bool isWorker = false)
    {
        RefuseAkka();
        return StoreOpening.OpenAsync(address, mode, TimeProvider.System);
    }

    /// <summary>Makes a store, or brings it to this program's version.</summary>
    /// <returns>What was done, one sentence.</returns>
    /// <exception cref="StoreUnusableException">The store, or the engine, cannot be used.</exception>
    /// <exception cref="StoreUnreachableException">The server of the store does not answer.</exception>
    public static Task<string> MigrateAsync(StoreAddress address, CancellationToken cancellation)
    {
        RefuseAkka();
        return StoreMigration.RunAsync(address, TimeProvider.System, cancellation: cancellation);
    }

    private static void RefuseAkka()
    {
        if (EngineChoice.Chosen is StoreEngine.Akka)
        {
            throw new StoreUnusableException(
                $"{EngineChoice.Variable} is akka and this program is built without Akka.NET: "
                + "./sweep --with akka builds it with");
        }
    }
}
