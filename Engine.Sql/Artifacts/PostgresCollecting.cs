using Engine.Sql.Postgres;
using Npgsql;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql.Artifacts;

/// <summary>What of the artifacts of a store in PostgreSQL can go.</summary>
/// <param name="session">A connection of the store's owner.</param>
/// <param name="outside">The place for large contents; nothing where none is named.</param>
/// <param name="stateOf">The state of a sweep.</param>
/// <param name="grace">What was stored within this time before the store's now is spared.</param>
/// <param name="before">What was written outside after this time, by the box's clock, is spared.</param>
internal sealed class PostgresCollecting(
    PostgresSession session,
    IContentPlace? outside,
    Func<string, CancellationToken, Task<SweepState>> stateOf,
    TimeSpan grace,
    DateTimeOffset before)
{
    /// <summary>
    /// Whoever names a content outside holds this lock shared, in the transaction of the name.
    /// </summary>
    public const string LockShared =
        "SELECT pg_advisory_xact_lock_shared(hashtextextended('sweeps collecting', 0))";

    private const string Lock = "SELECT pg_advisory_xact_lock(hashtextextended('sweeps collecting', 0))";
    private const int FilesALock = 50;   // so that nobody who stores waits long

    private const string Entries = """
        SELECT a.sweep, a.trial, a.attempt, a.name, a.media_type, a.sha256, c.length,
            c.touched_at <= sweeps.clock() - $1
        FROM sweeps.artifact a JOIN sweeps.content c USING (sha256)
        ORDER BY a.sweep, a.trial, a.attempt, a.name
        """;

    private const string Forget = """
        DELETE FROM sweeps.artifact a
        USING unnest($1::text[], $2::integer[], $3::integer[], $4::text[]) AS f (sweep, trial, attempt, name)
        WHERE a.sweep = f.sweep AND a.trial = f.trial AND a.attempt = f.attempt AND a.name = f.name
        """;

    private const string Named = "SELECT sha256 FROM sweeps.content WHERE sha256 = ANY ($1)";

    private const string Free = """
        DELETE FROM sweeps.content c
        WHERE c.touched_at <= sweeps.clock() - $1
            AND NOT EXISTS (SELECT FROM sweeps.artifact a WHERE a.sha256 = c.sha256)
        RETURNING c.sha256, c.length
        """;

    /// <summary>Frees what can go, or does so and takes it back.</summary>
    public async Task<CollectedArtifacts> RunAsync(bool dryRun, CancellationToken cancellation)
    {
        var superfluous = await SuperfluousAsync(cancellation);
        var freed = await FreeAsync(superfluous, dryRun, cancellation);
        var strays = new List<StoredFile>();
        foreach (var files in (await OldOutsideAsync(cancellation)).Chunk(FilesALock))
        {
            var unnamed = await DeleteUnnamedAsync(files, freed, dryRun, cancellation);
            strays.AddRange(unnamed.Where(file => !freed.ContainsKey(file.Sha256)));
        }

        var parts = await PartsAsync(cancellation);
        foreach (var part in dryRun ? [] : parts)
        {
            await outside!.DeleteAsync(part, cancellation);
        }

        return new CollectedArtifacts(
            superfluous.Count,
            freed.Count + strays.Count,
            parts.Count,
            freed.Values.Sum() + strays.Concat(parts).Sum(file => file.Length));
    }

    /// <summary>Forgets artifacts and frees the contents that none has.</summary>
    /// <returns>The lengths of the contents, by hash.</returns>
    private Task<Dictionary<string, long>> FreeAsync(
        List<ArtifactEntry> superfluous, bool dryRun, CancellationToken cancellation) =>
        session.RunAsync(
            async (connection, token) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(token);
                var freed = await session.AskAsync(
                    connection,
                    batch => batch.Add(
                        Forget,
                        superfluous.Select(entry => entry.Attempt.Sweep).ToArray(),
                        superfluous.Select(entry => entry.Attempt.Trial).ToArray(),
                        superfluous.Select(entry => entry.Attempt.Number).ToArray(),
                        superfluous.Select(entry => entry.Name).ToArray()).Add(Free, grace),
                    (reader, ask) => reader.RowsAsync(r => (r.GetString(0), r.GetInt64(1)), ask),
                    token);
                await EndAsync(transaction, dryRun, token);
                return freed.ToDictionary(StringComparer.Ordinal);
            },
            cancellation);

    // Under the lock nobody can name one of them meanwhile; a row that is there means that somebody did before.
    private Task<List<StoredFile>> DeleteUnnamedAsync(
        StoredFile[] files, Dictionary<string, long> freed, bool dryRun, CancellationToken cancellation) =>
        session.RunAsync(
            async (connection, token) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(token);
                var named = await session.AskAsync(
                    connection,
                    batch => batch.Add(Lock).Add(Named, (object)files.Select(file => file.Sha256).ToArray()),
                    async (reader, ask) =>
                    {
                        await reader.NextResultAsync(ask);
                        return await reader.RowsAsync(r => r.GetString(0), ask);
                    },
                    token);
                var unnamed = files
                    .Where(file => !named.Contains(file.Sha256) || (dryRun && freed.ContainsKey(file.Sha256)))
                    .ToList();
                foreach (var file in dryRun ? [] : unnamed)
                {
                    await outside!.DeleteAsync(file, token);
                }

                await EndAsync(transaction, dryRun, token);
                return unnamed;
            },
            cancellation);

    private static Task EndAsync(
        NpgsqlTransaction transaction, bool dryRun, CancellationToken cancellation) =>
        dryRun ? transaction.RollbackAsync(cancellation) : transaction.CommitAsync(cancellation);

    private async Task<List<ArtifactEntry>> SuperfluousAsync(CancellationToken cancellation)
    {
        var superfluous = new List<ArtifactEntry>();
        var entries = await EntriesAsync(cancellation);
        var old = entries.Where(row => row.IsOld).Select(row => row.Entry).ToHashSet();
        foreach (var sweep in entries.Select(row => row.Entry).GroupBy(entry => entry.Attempt.Sweep))
        {
            try
            {
                var state = await stateOf(sweep.Key, cancellation);
                superfluous.AddRange(Retention.Superfluous(state, sweep).Where(old.Contains));
            }
            catch (SweepUnreadableException)
            {
                // What it needs cannot be known: all of it is kept.
            }
        }

        return superfluous;
    }

    private Task<List<(ArtifactEntry Entry, bool IsOld)>> EntriesAsync(CancellationToken cancellation) =>
        session.QueryAsync(
            batch => batch.Add(Entries, grace),
            (reader, token) => reader.RowsAsync(
                r => (
                    new ArtifactEntry(
                        new AttemptId(r.GetString(0), r.GetInt32(1), r.GetInt32(2)),
                        r.GetString(3),
                        r.GetString(4),
                        r.GetString(5),
                        r.GetInt64(6)),
                    r.GetBoolean(7)),
                token),
            cancellation);

    private async Task<IReadOnlyList<StoredFile>> OldOutsideAsync(CancellationToken cancellation) =>
        outside is null ? [] : await outside.ContentsAsync(before, cancellation);

    private async Task<IReadOnlyList<StoredFile>> PartsAsync(CancellationToken cancellation) =>
        outside is null ? [] : await outside.PartsAsync(before, cancellation);
}
