using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql.Artifacts;

/// <summary>
/// Artifacts of a SQLite store: names in the database, bytes in the folder <c>STORE.artifacts</c> beside it.
/// </summary>
/// <remarks>
/// A content's file is written first and its name after it, in a transaction that sees the file there;
/// whoever collects deletes files in a transaction that sees no name of them. Since one of the two comes
/// first, no name is left without its file.
/// </remarks>
internal sealed class SqliteArtifacts(
    GroupCommit writer, StoreReader reader, StoreContext store) : IArtifactStore
{
    private const int PutTries = 3;   // a file can be collected between its writing and its naming, once

    private readonly ContentFolder _content = new(FolderOf(store.Path));

    /// <summary>The folder of a store's contents.</summary>
    /// <param name="storePath">The database file.</param>
    public static string FolderOf(string storePath) => storePath + ".artifacts";

    /// <inheritdoc/>
    public async Task PutAsync(Artifact artifact, CancellationToken cancellation)
    {
        if (!Artifact.IsName(artifact.Name))
        {
            throw new ArgumentException($"'{artifact.Name}' cannot name an artifact", nameof(artifact));
        }

        var entry = new ArtifactEntry(
            artifact.Attempt,
            artifact.Name,
            artifact.MediaType,
            ContentFolder.HashOf(artifact.Bytes),
            artifact.Bytes.Length);
        for (var tries = 0; tries < PutTries; tries++)
        {
            await Task.Run(
                () => _content.Write(entry.Sha256, artifact.Bytes, store.Time.GetUtcNow()), cancellation);
            if (await writer.RunAsync(transaction => Name(transaction, entry), cancellation))
            {
                return;
            }
        }

        throw new StoreUnusableException($"the files of {_content.Root} vanish: see what deletes them");
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<ArtifactEntry>> ListAsync(string sweep, CancellationToken cancellation) =>
        reader.RunAsync(transaction => ArtifactTable.List(transaction.Session, sweep), cancellation);

    /// <inheritdoc/>
    public async Task<byte[]?> ReadAsync(AttemptId attempt, string name, CancellationToken cancellation)
    {
        if (await FindAsync(attempt, name, cancellation) is not { } entry)
        {
            return null;
        }

        try
        {
            return await Task.Run(
                () => _content.Read(entry.Sha256, $"the artifact {name} of {attempt}"), cancellation);
        }
        catch (StoreUnusableException)
        {
            if (await FindAsync(attempt, name, cancellation) is null)
            {
                return null;   // it was removed and collected meanwhile
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public Task RemoveAsync(AttemptId attempt, string name, CancellationToken cancellation) =>
        writer.RunAsync(
            transaction =>
            {
                ArtifactTable.Remove(transaction.Session, attempt, name);
                return true;
            },
            cancellation);

    /// <inheritdoc/>
    public async Task<CollectedArtifacts> CollectAsync(
        bool dryRun, TimeSpan grace, CancellationToken cancellation)
    {
        var collecting = new SqliteCollecting(_content, store.Time.GetUtcNow() - grace);
        if (dryRun)
        {
            return await reader.RunAsync(collecting.Foresee, cancellation);
        }

        // Two transactions: a file goes once it is certain that its name is gone.
        var checkpoints = await writer.RunAsync(collecting.Forget, cancellation);
        return await writer.RunAsync(transaction => collecting.Free(transaction, checkpoints), cancellation);
    }

    private bool Name(StoreTransaction transaction, ArtifactEntry entry)
    {
        if (!SweepTable.Exists(transaction.Session, entry.Attempt.Sweep))
        {
            throw new ArgumentException($"there is no sweep '{entry.Attempt.Sweep}'", nameof(entry));
        }

        if (!_content.Holds(entry.Sha256, entry.Length))
        {
            return false;
        }

        ArtifactTable.Add(transaction.Session, entry);
        return true;
    }

    private Task<ArtifactEntry?> FindAsync(AttemptId attempt, string name, CancellationToken cancellation) =>
        reader.RunAsync(transaction => ArtifactTable.Find(transaction.Session, attempt, name), cancellation);
}
