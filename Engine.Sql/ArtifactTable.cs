using System.Collections.Immutable;
using System.Security.Cryptography;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>Named blobs of attempts.</summary>
internal static class ArtifactTable
{
    private const string Insert = """
        INSERT INTO artifact (sweep, trial, attempt, name, media_type, sha256, bytes)
        VALUES (@sweep, @trial, @attempt, @name, @type, @sha256, @bytes)
        ON CONFLICT (sweep, trial, attempt, name) DO NOTHING
        """;

    private const string OfSweep = """
        SELECT trial, attempt, name, media_type, sha256, length(bytes) FROM artifact
        WHERE sweep = @sweep ORDER BY trial, attempt, name
        """;

    private const string Bytes = """
        SELECT bytes FROM artifact
        WHERE sweep = @sweep AND trial = @trial AND attempt = @attempt AND name = @name
        """;

    /// <summary>Stores an artifact; one of the same attempt and name stays as it was stored first.</summary>
    public static void Add(SqliteSession session, Artifact artifact) => session.Execute(
        Insert,
        ("@sweep", artifact.Attempt.Sweep),
        ("@trial", artifact.Attempt.Trial),
        ("@attempt", artifact.Attempt.Number),
        ("@name", artifact.Name),
        ("@type", artifact.MediaType),
        ("@sha256", Convert.ToHexStringLower(SHA256.HashData(artifact.Bytes))),
        ("@bytes", artifact.Bytes));

    /// <summary>The artifacts of a sweep by trial, attempt and name, without their bytes.</summary>
    public static ImmutableArray<ArtifactEntry> List(SqliteSession session, string sweep) =>
    [
        .. session.Query(
            OfSweep,
            r => new ArtifactEntry(
                new AttemptId(sweep, r.GetInt32(0), r.GetInt32(1)),
                r.GetString(2),
                r.GetString(3),
                r.GetString(4),
                r.GetInt64(5)),
            ("@sweep", sweep)),
    ];

    /// <summary>The bytes of an artifact, or nothing when there is none.</summary>
    public static byte[]? Read(SqliteSession session, AttemptId attempt, string name) => session.Query(
            Bytes,
            r => r.GetFieldValue<byte[]>(0),
            ("@sweep", attempt.Sweep),
            ("@trial", attempt.Trial),
            ("@attempt", attempt.Number),
            ("@name", name))
        .SingleOrDefault();
}
