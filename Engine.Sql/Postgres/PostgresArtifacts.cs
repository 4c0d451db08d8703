using System.Collections.Immutable;
using System.Security.Cryptography;
using Npgsql;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql.Postgres;

/// <summary>Artifacts in the database, the bytes once for each content.</summary>
internal sealed class PostgresArtifacts(PostgresSession session, PostgresTransaction states) : IArtifactStore
{
    private const string OfSweep = """
        SELECT a.trial, a.attempt, a.name, a.media_type, a.sha256, c.length
        FROM sweeps.artifact a JOIN sweeps.content c USING (sha256)
        WHERE a.sweep = $1 ORDER BY a.trial, a.attempt, a.name COLLATE "C"
        """;

    private const string Bytes = """
        SELECT c.bytes, c.sha256 FROM sweeps.artifact a JOIN sweeps.content c USING (sha256)
        WHERE a.sweep = $1 AND a.trial = $2 AND a.attempt = $3 AND a.name = $4
        """;

    /// <inheritdoc/>
    public Task PutAsync(Artifact artifact, CancellationToken cancellation) =>
        Artifact.IsName(artifact.Name)
            ? session.QueryAsync(
                batch => batch.Add(
                    "SELECT sweeps.put_artifact($1, $2, $3, $4, $5, $6, $7)",
                    artifact.Attempt.Sweep,
                    artifact.Attempt.Trial,
                    artifact.Attempt.Number,
                    artifact.Name,
                    artifact.MediaType,
                    HashOf(artifact.Bytes),
                    artifact.Bytes),
                (_, _) => Task.FromResult(true),
                cancellation)
            : throw new ArgumentException($"'{artifact.Name}' cannot name an artifact", nameof(artifact));

    /// <inheritdoc/>
    public async Task<ImmutableArray<ArtifactEntry>> ListAsync(string sweep, CancellationToken cancellation) =>
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
        var found = await session.QueryAsync(
            batch => batch.Add(Bytes, attempt.Sweep, attempt.Trial, attempt.Number, name),
            (reader, token) => reader.RowsAsync(r => (r.GetFieldValue<byte[]>(0), r.GetString(1)), token),
            cancellation);
        return found is not [var (bytes, sha256)] ? null
            : HashOf(bytes) == sha256 ? bytes
            : throw new StoreUnusableException(
                $"the artifact {name} of {attempt} in the store {session.Store} is damaged: put back a copy of it");
    }

    /// <inheritdoc/>
    public Task RemoveAsync(AttemptId attempt, string name, CancellationToken cancellation) => session.QueryAsync(
        batch => batch.Add(
            "SELECT sweeps.remove_artifact($1, $2, $3, $4)", attempt.Sweep, attempt.Trial, attempt.Number, name),
        (_, _) => Task.FromResult(true),
        cancellation);

    /// <inheritdoc/>
    public async Task<CollectedArtifacts> CollectAsync(
        bool dryRun, TimeSpan grace, CancellationToken cancellation)
    {
        var superfluous = await SuperfluousAsync(cancellation);
        return await session.RunAsync(
            async (connection, token) =>
            {
                var collected = await CollectAsync(connection, superfluous, grace, token);
                await using var end = new NpgsqlCommand(dryRun ? "ROLLBACK" : "COMMIT", connection);
                await end.ExecuteNonQueryAsync(token);
                return collected;
            },
            cancellation);
    }

    private Task<CollectedArtifacts> CollectAsync(
        NpgsqlConnection connection,
        List<ArtifactEntry> superfluous,
        TimeSpan grace,
        CancellationToken cancellation) => session.AskAsync(
            connection,
            batch => batch.Add("BEGIN").Add(
                "SELECT checkpoints, contents, bytes FROM sweeps.collect_artifacts($1, $2, $3, $4, $5)",
                superfluous.Select(e => e.Attempt.Sweep).ToArray(),
                superfluous.Select(e => e.Attempt.Trial).ToArray(),
                superfluous.Select(e => e.Attempt.Number).ToArray(),
                superfluous.Select(e => e.Name).ToArray(),
                grace),
            async (reader, token) => (await reader.RowsAsync(
                r => new CollectedArtifacts(r.GetInt32(0), r.GetInt32(1), Parts: 0, r.GetInt64(2)), token))[0],
            cancellation);

    private async Task<List<ArtifactEntry>> SuperfluousAsync(CancellationToken cancellation)
    {
        var sweeps = await session.QueryAsync(
            batch => batch.Add("SELECT name FROM sweeps.sweep ORDER BY position"),
            (reader, token) => reader.RowsAsync(r => r.GetString(0), token),
            cancellation);
        var superfluous = new List<ArtifactEntry>();
        foreach (var sweep in sweeps)
        {
            var state = await states.ReadAsync(sweep, cancellation);
            superfluous.AddRange(Retention.Superfluous(state, await ListAsync(sweep, cancellation)));
        }

        return superfluous;
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
