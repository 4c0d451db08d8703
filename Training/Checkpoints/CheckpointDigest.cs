using System.Runtime.InteropServices;

namespace Training.Checkpoints;

/// <summary>What a written checkpoint is known by.</summary>
/// <param name="Sha256">Of all its bytes, lower-case hex.</param>
/// <param name="Length">How many there are.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CheckpointDigest(string Sha256, long Length);
