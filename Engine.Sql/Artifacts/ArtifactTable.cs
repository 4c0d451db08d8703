using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql.Artifacts;

/// <summary>Names of the artifacts; their bytes lie in a <see cref="ContentFolder"/>.</summary>
internal static class ArtifactTable
{
    private const string Insert = """
        INSERT INTO artifact (sweep, trial, attempt, name, media_type, sha256, length)
        VALUES (@sweep, @trial, @attempt, @name, @type, @sha256, @length)
        ON CONFLICT (sweep, trial, attempt, name) DO NOTHING
        """;

    private const string Columns = "sweep, trial, attempt, name, media_type, sha256, length";

    private const string OfSweep =
        $"SELECT {Columns} FROM artifact WHERE sweep = @sweep ORDER BY trial, attempt, name";

    private const string One = $"""
        SELECT {Columns} FROM artifact
        WHERE sweep = @sweep AND trial = @trial AND attempt = @attempt AND name = @name
        """;

    private const string Delete = """
        DELETE FROM artifact
        WHERE sweep = @sweep AND trial = @trial AND attempt = @attempt AND name = @name
        """;

    /// <summary>Adds an artifact; one of the same attempt and name stays as it was stored first.</summary>
    public static void Add(SqliteSession session, ArtifactEntry artifact) => session.Execute(
        Insert,
        ("@sweep", artifact.Attempt.Sweep),
        ("@trial", artifact.Attempt.Trial),
        ("@attempt", artifact.Attempt.Number),
        ("@name", artifact.Name),
        ("@type", artifact.MediaType),
        ("@sha256", artifact.Sha256),
        ("@length", artifact.Length));

    /// <summary>The artifacts of a sweep by trial, attempt and name.</summary>
    public static ImmutableArray<ArtifactEntry> List(SqliteSession session, string sweep) =>
        [.. session.Query(OfSweep, Entry, ("@sweep", sweep))];

    /// <summary>An artifact, or nothing when there is none.</summary>
    public static ArtifactEntry? Find(SqliteSession session, AttemptId attempt, string name) => session.Query(
            One,
            Entry,
            ("@sweep", attempt.Sweep),
            ("@trial", attempt.Trial),
            ("@attempt", attempt.Number),
            ("@name", name))
        .SingleOrDefault();

    /// <summary>Removes an artifact's name, if it is there.</summary>
    public static void Remove(SqliteSession session, AttemptId attempt, string name) => session.Execute(
        Delete,
        ("@sweep", attempt.Sweep),
        ("@trial", attempt.Trial),
        ("@attempt", attempt.Number),
        ("@name", name));

    private static ArtifactEntry Entry(SqliteDataReader row) => new(
        new AttemptId(row.GetString(0), row.GetInt32(1), row.GetInt32(2)),
        row.GetString(3),
        row.GetString(4),
        row.GetString(5),
        row.GetInt64(6));
}
