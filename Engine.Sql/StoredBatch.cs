using Shared.Metrics;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>Metric batches as a database holds them; the same for every database.</summary>
internal static class StoredBatch
{
    /// <summary>A batch from its packed points; one that cannot be read says so and costs no other.</summary>
    public static MetricBatch Read(AttemptId attempt, int number, byte[] packed)
    {
        try
        {
            return new MetricBatch(attempt, number, MetricCodec.Unpack(packed));
        }
        catch (InvalidDataException damage)
        {
            return new MetricBatch(attempt, number, []) { Damage = damage.Message };
        }
    }
}
