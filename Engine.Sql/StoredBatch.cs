using Shared.Engine;
using Shared.Metrics;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>Metric batches as a database holds them; the same for every database.</summary>
internal static class StoredBatch
{
    /// <summary>A batch from its packed points.</summary>
    /// <exception cref="StoreUnusableException">It cannot be read.</exception>
    public static MetricBatch Read(AttemptId attempt, int number, byte[] packed, string store)
    {
        try
        {
            return new MetricBatch(attempt, number, MetricCodec.Unpack(packed));
        }
        catch (InvalidDataException damage)
        {
            throw new StoreUnusableException(
                $"metric batch {number} of {attempt} in the store {store} cannot be read ({damage.Message}): "
                + "put back a copy of the store");
        }
    }
}
