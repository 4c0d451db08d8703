using System.Collections.Immutable;
using Shared.Sweeps;

namespace Shared.Engine;

/// <summary>Keeps what attempts leave behind beside metrics: pictures now, models later.</summary>
public interface IArtifactStore
{
    /// <summary>
    /// Stores an artifact; one with the same attempt and name stays as it was stored first.
    /// </summary>
    Task PutAsync(Artifact artifact, CancellationToken cancellation);

    /// <summary>What is stored for a sweep, without its bytes, ordered by trial, attempt and name.</summary>
    Task<ImmutableArray<ArtifactEntry>> ListAsync(string sweep, CancellationToken cancellation);

    /// <summary>The bytes of an artifact, or nothing when there is none.</summary>
    Task<byte[]?> ReadAsync(AttemptId attempt, string name, CancellationToken cancellation);
}

/// <summary>A named blob of an attempt.</summary>
/// <param name="Attempt">The attempt that made it.</param>
/// <param name="Name">File name, such as <c>samples.png</c>.</param>
/// <param name="MediaType">Such as <c>image/png</c>.</param>
/// <param name="Bytes">Its content.</param>
public sealed record Artifact(AttemptId Attempt, string Name, string MediaType, byte[] Bytes);

/// <summary>An artifact in a list.</summary>
/// <param name="Attempt">The attempt that made it.</param>
/// <param name="Name">File name.</param>
/// <param name="MediaType">Such as <c>image/png</c>.</param>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
/// <param name="Length">In bytes.</param>
public sealed record ArtifactEntry(
    AttemptId Attempt, string Name, string MediaType, string Sha256, long Length);
