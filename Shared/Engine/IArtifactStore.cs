using System.Collections.Immutable;
using Shared.Sweeps;

namespace Shared.Engine;

/// <summary>Keeps what attempts leave behind beside metrics: pictures, models, checkpoints.</summary>
/// <remarks>
/// Bytes are kept once for each content, however many artifacts have it. An artifact is seen once all its
/// bytes are durable and not before.
/// </remarks>
public interface IArtifactStore
{
    /// <summary>
    /// Stores an artifact; one with the same attempt and name stays as it was stored first.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// There is no such sweep, or the name is no <see cref="Artifact.IsName">artifact's name</see>.
    /// </exception>
    Task PutAsync(Artifact artifact, CancellationToken cancellation);

    /// <summary>What is stored for a sweep, without its bytes, ordered by trial, attempt and name.</summary>
    Task<ImmutableArray<ArtifactEntry>> ListAsync(string sweep, CancellationToken cancellation);

    /// <summary>The bytes of an artifact, compared with their hash, or nothing when there is none.</summary>
    /// <exception cref="StoreUnusableException">The bytes are missing or damaged.</exception>
    Task<byte[]?> ReadAsync(AttemptId attempt, string name, CancellationToken cancellation);

    /// <summary>
    /// Forgets an artifact, if there is one; its bytes go with the next <see cref="CollectAsync"/>.
    /// </summary>
    Task RemoveAsync(AttemptId attempt, string name, CancellationToken cancellation);

    /// <summary>
    /// Forgets the checkpoints that <see cref="Retention"/> does not keep, and deletes the bytes that no
    /// artifact has and what was left of interrupted writing.
    /// </summary>
    /// <param name="dryRun">Only say what would be freed.</param>
    /// <param name="grace">What was written within this time before now is spared.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<CollectedArtifacts> CollectAsync(bool dryRun, TimeSpan grace, CancellationToken cancellation);
}

/// <summary>A named blob of an attempt.</summary>
/// <param name="Attempt">The attempt that made it.</param>
/// <param name="Name">File name, such as <c>samples.png</c>.</param>
/// <param name="MediaType">Such as <c>image/png</c>.</param>
/// <param name="Bytes">Its content.</param>
public sealed record Artifact(AttemptId Attempt, string Name, string MediaType, byte[] Bytes)
{
    /// <summary>Longest name of an artifact, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>
    /// Whether a text can name an artifact: letters and digits of ASCII, <c>.</c>, <c>_</c> and <c>-</c>, no
    /// <c>.</c> first, so that it is a file's name in every folder and leaves none.
    /// </summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName
        && name[0] != '.'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}

/// <summary>An artifact in a list.</summary>
/// <param name="Attempt">The attempt that made it.</param>
/// <param name="Name">File name.</param>
/// <param name="MediaType">Such as <c>image/png</c>.</param>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
/// <param name="Length">In bytes.</param>
public sealed record ArtifactEntry(
    AttemptId Attempt, string Name, string MediaType, string Sha256, long Length);

/// <summary>What was freed, or would be.</summary>
/// <param name="Checkpoints">How many checkpoints newer ones had replaced.</param>
/// <param name="Contents">How many contents no artifact had, those of these checkpoints among them.</param>
/// <param name="Parts">How many files were left of interrupted writing.</param>
/// <param name="Bytes">Length of the contents and of these files together.</param>
public sealed record CollectedArtifacts(int Checkpoints, int Contents, int Parts, long Bytes);
