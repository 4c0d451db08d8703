using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shared.Sweeps;

/// <summary>The sweep that a sweep follows from.</summary>
/// <param name="Sweep">Its name.</param>
/// <param name="Artifact">Name of the artifact that each trial waits for.</param>
public sealed record ParentSweep(string Sweep, string Artifact)
{
    /// <summary>The artifact with a trial's weights, the one that training can begin from.</summary>
    public const string Model = "model.safetensors";

    /// <summary>The one trial of it that an evaluation measures; nothing for every one with a model.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Trial { get; init; }

    /// <summary>The value of the key <c>from</c> that says the same.</summary>
    [JsonIgnore]
    public string Json => Trial is { } trial
        ? JsonSerializer.Serialize(new { artifact = Artifact, sweep = Sweep, trial })
        : JsonSerializer.Serialize(new { artifact = Artifact, sweep = Sweep });
}

/// <summary>An artifact that a trial begins from.</summary>
/// <param name="Attempt">The attempt of the parent sweep that made it.</param>
/// <param name="Artifact">Its name.</param>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
public sealed record ParentArtifact(AttemptId Attempt, string Artifact, string Sha256);
