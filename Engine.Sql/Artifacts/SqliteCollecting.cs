using System.Collections.Immutable;
using Shared.Engine;

namespace Engine.Sql.Artifacts;

/// <summary>What of a SQLite store's artifacts can go.</summary>
/// <param name="content">The files.</param>
/// <param name="before">What was stored after this time is spared.</param>
internal sealed class SqliteCollecting(ContentFolder content, DateTimeOffset before)
{
    /// <summary>Says what would be freed; changes nothing.</summary>
    public CollectedArtifacts Foresee(StoreTransaction transaction)
    {
        var forgotten = Superfluous(transaction);
        var named = Named(transaction).ToList();
        forgotten.ForEach(entry => named.Remove(entry.Sha256));   // one each: another may have the bytes
        return Count(forgotten.Count, named, _ => { });
    }

    /// <summary>Removes the names of checkpoints that newer ones replaced.</summary>
    /// <returns>How many.</returns>
    public int Forget(StoreTransaction transaction)
    {
        var forgotten = Superfluous(transaction);
        forgotten.ForEach(entry => ArtifactTable.Remove(transaction.Session, entry.Attempt, entry.Name));
        return forgotten.Count;
    }

    /// <summary>Deletes the files that no name has.</summary>
    /// <param name="transaction">In which nobody else can give one of them a name.</param>
    /// <param name="checkpoints">How many checkpoints were forgotten before.</param>
    public CollectedArtifacts Free(StoreTransaction transaction, int checkpoints) =>
        Count(checkpoints, Named(transaction), file => File.Delete(file.Path));

    private CollectedArtifacts Count(int checkpoints, IEnumerable<string> named, Action<StoredFile> visit)
    {
        var kept = named.ToHashSet(StringComparer.Ordinal);
        var contents = content.Contents(before).Where(file => !kept.Contains(file.Sha256)).ToList();
        var parts = content.Parts(before).ToList();
        contents.ForEach(visit);
        parts.ForEach(visit);
        return new CollectedArtifacts(
            checkpoints, contents.Count, parts.Count, contents.Concat(parts).Sum(file => file.Length));
    }

    private List<ArtifactEntry> Superfluous(StoreTransaction transaction) =>
    [
        .. SweepTable.Names(transaction.Session)
            .SelectMany(sweep => Superfluous(transaction, sweep))
            .Where(entry => content.WrittenAt(entry.Sha256) is not { } written || written <= before),
    ];

    private static ImmutableArray<ArtifactEntry> Superfluous(StoreTransaction transaction, string sweep)
    {
        try
        {
            return
            [
                .. Retention.Superfluous(
                    transaction.Read(sweep), ArtifactTable.List(transaction.Session, sweep)),
            ];
        }
        catch (SweepUnreadableException)
        {
            return [];   // what it needs cannot be known: all of it is kept
        }
    }

    private static List<string> Named(StoreTransaction transaction) =>
        transaction.Session.Query("SELECT sha256 FROM artifact", row => row.GetString(0));
}
