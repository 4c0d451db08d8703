namespace Shared.Sweeps;

/// <summary>A stored checkpoint.</summary>
/// <param name="Attempt">The attempt that made it.</param>
/// <param name="Update">The last update that it holds, from 1.</param>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
public sealed record CheckpointId(AttemptId Attempt, int Update, string Sha256)
{
    /// <summary>Media type of the artifact.</summary>
    public const string MediaType = "application/x-sweep-checkpoint";

    /// <summary>Name of the artifact of its attempt.</summary>
    public string FileName => FileNameOf(Update);

    /// <summary>Name of the artifact that holds the checkpoint of an update.</summary>
    public static string FileNameOf(int update) => FormattableString.Invariant($"checkpoint-{update}.ckpt");
}
