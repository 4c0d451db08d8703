using System.Text.Json.Serialization;

namespace Shared.Sweeps;

/// <summary>How often every trial of a sweep leaves a checkpoint, where its file says so.</summary>
/// <param name="EveryUpdates">After each so many updates; at least 1.</param>
public sealed record SweepCheckpoints(int EveryUpdates)
{
    /// <summary>The value of the key <c>checkpoint</c> that says the same.</summary>
    [JsonIgnore]
    public string Json => $$"""{"{{SweepFileCheckpoint.EveryUpdates}}":{{EveryUpdates}}}""";
}
