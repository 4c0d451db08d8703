namespace Training.Checkpoints;

/// <summary>The checkpoint that a trial goes on from.</summary>
/// <param name="Update">Its last finished update.</param>
/// <param name="Sha256">Of its bytes, lower-case hex; other bytes are refused.</param>
/// <param name="Open">Opens it; the stream can seek.</param>
public sealed record CheckpointSource(int Update, string Sha256, Func<Stream> Open);
