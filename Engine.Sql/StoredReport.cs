using System.Text.Json;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>Reports of workers as a database holds them; the same for every database.</summary>
internal static class StoredReport
{
    /// <summary>A report from its stored text; nothing where it cannot be read or is of another worker.</summary>
    public static WorkerReport? Read(string json, string worker)
    {
        try
        {
            var report = JsonSerializer.Deserialize<WorkerReport>(json, SweepEventJson.Options);
            return report?.Worker == worker && !report.Devices.IsDefault && !report.Slots.IsDefault
                && report.Slots.All(slot => slot.Log?.IsWhole() ?? true)
                ? report
                : null;
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or NotSupportedException)
        {
            return null;   // it costs its own line
        }
    }
}
