using System.Collections.Concurrent;
using System.Collections.Immutable;
using Engine.Sql.Postgres;
using Npgsql;
using Shared.Diagnosis;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql.Artifacts;

/// <summary>
/// Artifacts of a store in PostgreSQL: bytes in chunks of the database, or above <see cref="LargestHere"/> in
/// the place outside that the store's owner has named.
/// </summary>
/// <param name="session">A connection; not the one that renews leases, because bytes take their time.</param>
/// <param name="open">Opens a place for the store of an id.</param>
/// <param name="stateOf">The state of a sweep.</param>
/// <param name="time">The box's clock, for the files outside.</param>
internal sealed class PostgresArtifacts(
    PostgresSession session,
    Func<string, string, IContentPlace> open,
    Func<string, CancellationToken, Task<SweepState>> stateOf,
    TimeProvider time) : IArtifactStore
{
    /// <summary>The most bytes that an artifact in the database has.</summary>
    public const int LargestHere = 64 * ChunkLength;

    private const int ChunkLength = 1024 * 1024;   // bytes
    private const int PutTries = 3;   // a file can be collected between its writing and its naming, once

    private const string OpenContent = "SELECT sweeps.open_content($1, $2, $3, $4, $5, $6)";
    private const string PutChunk = "SELECT sweeps.put_chunk($1, $2, $3)";
    private const string PutArtifact = "SELECT sweeps.put_artifact($1, $2, $3, $4, $5, $6)";

    private const string OfSweep = """
        SELECT a.trial, a.attempt, a.name, a.media_type, a.sha256, c.length
        FROM sweeps.artifact a JOIN sweeps.content c USING (sha256)
        WHERE a.sweep = $1 ORDER BY a.trial, a.attempt, a.name
        """;

    private const string One = """
        SELECT c.sha256, c.length, c.place FROM sweeps.artifact a JOIN sweeps.content c USING (sha256)
        WHERE a.sweep = $1 AND a.trial = $2 AND a.attempt = $3 AND a.name = $4
        """;

    private const string Setting = """
        SELECT s.value, (SELECT o.value FROM sweeps.store o WHERE o.key = 'artifacts')
        FROM sweeps.store s WHERE s.key = 'id'
        """;

    private const string Chunk = "SELECT bytes FROM sweeps.content_chunk WHERE sha256 = $1 AND number = $2";

    private readonly ConcurrentDictionary<string, IContentPlace> _places = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task PutAsync(Artifact artifact, CancellationToken cancellation)
    {
        if (!Artifact.IsName(artifact.Name))
        {
            throw new ArgumentException($"'{artifact.Name}' cannot name an artifact", nameof(artifact));
        }

        var sha256 = ContentFolder.HashOf(artifact.Bytes);
        return artifact.Bytes.Length switch
        {
            <= ChunkLength => PutSmallAsync(artifact, sha256, cancellation),
            <= LargestHere => PutChunksAsync(artifact, sha256, cancellation),
            _ => PutOutsideAsync(artifact, sha256, cancellation),
        };
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<ArtifactEntry>> ListAsync(
        string sweep, CancellationToken cancellation) =>
    [
        .. await session.QueryAsync(
            batch => batch.Add(OfSweep, sweep),
            (reader, token) => reader.RowsAsync(
                r => new ArtifactEntry(
                    new AttemptId(sweep, r.GetInt32(0), r.GetInt32(1)),
                    r.GetString(2),
                    r.GetString(3),
                    r.GetString(4),
                    r.GetInt64(5)),
                token),
            cancellation),
    ];

    /// <inheritdoc/>
    public async Task<byte[]?> ReadAsync(AttemptId attempt, string name, CancellationToken cancellation)
    {
        if (await FindAsync(attempt, name, cancellation) is not { } content)
        {
            return null;
        }

        var what = $"the artifact {name} of {attempt}";
        try
        {
            // Where it lies is the owner's to say, never that of whoever stored it.
            return !content.IsOutside ? await ReadChunksAsync(content, what, cancellation)
                : await OutsideAsync(cancellation) is { } outside
                ? await outside.ReadAsync(content.Sha256, what, cancellation)
                : throw new StoreUnusableException(
                    $"{what} lies outside the store {session.Store}, and its owner has named no place: "
                    + ContentPlaces.HowToName);
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
        session.QueryAsync(
            batch => batch.Add(
                "SELECT sweeps.remove_artifact($1, $2, $3, $4)",
                attempt.Sweep,
                attempt.Trial,
                attempt.Number,
                name),
            (_, _) => Task.FromResult(true),
            cancellation);

    /// <inheritdoc/>
    public async Task<CollectedArtifacts> CollectAsync(
        bool dryRun, TimeSpan grace, CancellationToken cancellation)
    {
        var outside = await OutsideAsync(cancellation);
        return await new PostgresCollecting(session, outside, stateOf, grace, time.GetUtcNow() - grace)
            .RunAsync(dryRun, cancellation);
    }

    private static StoreUnusableException TooLarge(Artifact artifact) => new(
        $"the artifact {artifact.Name} of {artifact.Attempt} has {MachineFindings.Size(artifact.Bytes.Length)}, and "
        + $"a store in PostgreSQL takes {MachineFindings.Size(LargestHere)}: name a place for larger ones: "
        + ContentPlaces.HowToName);

    // One round trip: the statements of a batch are one transaction.
    private Task<bool> PutSmallAsync(Artifact artifact, string sha256, CancellationToken cancellation) =>
        session.QueryAsync(
            batch => Name(
                Open(batch, artifact, sha256, isOutside: false).Add(PutChunk, sha256, 0, artifact.Bytes),
                artifact,
                sha256),
            (_, _) => Task.FromResult(true),
            cancellation);

    private Task<bool> PutChunksAsync(Artifact artifact, string sha256, CancellationToken cancellation) =>
        session.RunAsync(
            async (connection, token) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(token);
                if (await OpenAsync(connection, artifact, sha256, isOutside: false, token))
                {
                    var number = 0;
                    foreach (var chunk in artifact.Bytes.Chunk(ChunkLength))
                    {
                        await DoAsync(connection, b => b.Add(PutChunk, sha256, number, chunk), token);
                        number++;
                    }
                }

                await DoAsync(connection, b => Name(b, artifact, sha256), token);
                await transaction.CommitAsync(token);
                return true;
            },
            cancellation);

    private async Task PutOutsideAsync(
        Artifact artifact, string sha256, CancellationToken cancellation)
    {
        var target = await OutsideAsync(cancellation) ?? throw TooLarge(artifact);
        for (var tries = 0; tries < PutTries; tries++)
        {
            await target.WriteAsync(sha256, artifact.Bytes, time.GetUtcNow(), cancellation);
            if (await NameOutsideAsync(artifact, sha256, target, cancellation))
            {
                return;
            }
        }

        throw new StoreUnusableException(
            "what is stored in the place for large artifacts vanishes: see what deletes it");
    }

    // Whoever collects deletes under the same lock: here a file is there to stay, or gone.
    private Task<bool> NameOutsideAsync(
        Artifact artifact,
        string sha256,
        IContentPlace target,
        CancellationToken cancellation) =>
        session.RunAsync(
            async (connection, token) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(token);
                await DoAsync(connection, b => b.Add(PostgresCollecting.LockShared), token);
                await OpenAsync(connection, artifact, sha256, isOutside: true, token);
                if (!await target.HoldsAsync(sha256, artifact.Bytes.Length, token))
                {
                    await transaction.RollbackAsync(token);
                    return false;
                }

                await DoAsync(connection, b => Name(b, artifact, sha256), token);
                await transaction.CommitAsync(token);
                return true;
            },
            cancellation);

    private static NpgsqlBatch Open(NpgsqlBatch batch, Artifact artifact, string sha256, bool isOutside) =>
        batch.Add(
            OpenContent,
            artifact.Attempt.Sweep,
            artifact.Attempt.Trial,
            artifact.Attempt.Number,
            sha256,
            (long)artifact.Bytes.Length,
            isOutside);

    private static NpgsqlBatch Name(NpgsqlBatch batch, Artifact artifact, string sha256) => batch.Add(
        PutArtifact,
        artifact.Attempt.Sweep,
        artifact.Attempt.Trial,
        artifact.Attempt.Number,
        artifact.Name,
        artifact.MediaType,
        sha256);

    /// <summary>Whether the content's bytes are wanted.</summary>
    private async Task<bool> OpenAsync(
        NpgsqlConnection connection,
        Artifact artifact,
        string sha256,
        bool isOutside,
        CancellationToken cancellation) =>
        (await session.AskAsync(
            connection,
            batch => Open(batch, artifact, sha256, isOutside),
            (reader, token) => reader.RowsAsync(r => r.GetBoolean(0), token),
            cancellation)).Single();

    private Task DoAsync(
        NpgsqlConnection connection, Action<NpgsqlBatch> fill, CancellationToken cancellation) =>
        session.AskAsync(connection, fill, (_, _) => Task.FromResult(true), cancellation);

    private async Task<byte[]> ReadChunksAsync(
        StoredContent content, string what, CancellationToken cancellation)
    {
        var bytes = new byte[content.Length];
        for (var number = 0; (long)number * ChunkLength < content.Length; number++)
        {
            var chunk = await session.QueryAsync(
                batch => batch.Add(Chunk, content.Sha256, number),
                (reader, token) => reader.RowsAsync(r => r.GetFieldValue<byte[]>(0), token),
                cancellation);
            var at = number * ChunkLength;
            if (chunk is not [var found] || found.Length != Math.Min(ChunkLength, content.Length - at))
            {
                throw Damaged(what);
            }

            found.CopyTo(bytes, at);
        }

        return ContentFolder.HashOf(bytes) == content.Sha256 ? bytes : throw Damaged(what);
    }

    private StoreUnusableException Damaged(string what) => new(
        $"{what} is damaged in the store {session.Store}: put back a copy of the database");

    private async Task<StoredContent?> FindAsync(
        AttemptId attempt, string name, CancellationToken cancellation) =>
        (await session.QueryAsync(
            batch => batch.Add(One, attempt.Sweep, attempt.Trial, attempt.Number, name),
            (reader, token) => reader.RowsAsync(
                r => new StoredContent(
                    r.GetString(0), r.GetInt64(1), !r.IsDBNull(2)), token),
            cancellation)).SingleOrDefault();

    /// <summary>The place that the store's owner has named; nothing where he named none.</summary>
    private async Task<IContentPlace?> OutsideAsync(CancellationToken cancellation)
    {
        var (id, place) = (await session.QueryAsync(
            batch => batch.Add(Setting),
            (reader, token) => reader.RowsAsync(
                r => (r.GetString(0), r.IsDBNull(1) ? null : r.GetString(1)), token),
            cancellation)).Single();
        return place is null ? null : _places.GetOrAdd(place, where => open(where, id));
    }

    /// <summary>A content as its row has it.</summary>
    private sealed record StoredContent(string Sha256, long Length, bool IsOutside);
}
