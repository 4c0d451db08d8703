using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>One row a sweep: what a list or a name decision needs without folding histories.</summary>
internal static class SweepTable
{
    // What repeats the state follows with the sweep's first event.
    private const string Insert = """
        INSERT INTO sweep (
            name, base_name, spec, program, experiment, submitted_at, command,
            trials, is_completed, is_paused, is_cancelled, priority, waiting, running)
        VALUES (@name, @base, @spec, @program, @experiment, @at, @command, 0, 0, 0, 0, 0, 0, 0)
        """;

    private const string Follow = """
        UPDATE sweep SET
            trials = @trials, is_completed = @completed, is_paused = @paused, is_cancelled = @cancelled,
            priority = @priority, waiting = @waiting, running = @running
        WHERE name = @name
        """;

    private const string Summaries = """
        SELECT
            name, experiment, submitted_at,
            is_completed, is_paused, is_cancelled, priority, trials, waiting, running
        FROM sweep ORDER BY position
        """;

    private const string SameBase =
        "SELECT name, spec, program, is_completed OR is_cancelled FROM sweep WHERE base_name = @base "
        + "ORDER BY position";

    /// <summary>Adds the row of a submitted sweep.</summary>
    /// <param name="session">In a transaction.</param>
    /// <param name="baseName">Name as the sweep file gives it.</param>
    /// <param name="submit">The command that submits it.</param>
    public static void Add(SqliteSession session, string baseName, SweepCommand.Submit submit) =>
        session.Execute(
            Insert,
            ("@name", submit.Name),
            ("@base", baseName),
            ("@spec", submit.Plan.Spec),
            ("@program", submit.Program),
            ("@experiment", submit.Plan.Experiment),
            ("@at", submit.At.ToString("O", CultureInfo.InvariantCulture)),
            ("@command", submit.Id.ToString()));

    /// <summary>Removes the row of a sweep that nothing else in the store is of.</summary>
    /// <returns>How many there were of that name.</returns>
    public static int Remove(SqliteSession session, string sweep) =>
        session.Execute("DELETE FROM sweep WHERE name = @name", ("@name", sweep));

    /// <summary>Lets the row of a sweep follow its state.</summary>
    public static void Update(SqliteSession session, string sweep, SweepRow row) => session.Execute(
        Follow,
        ("@name", sweep),
        ("@trials", row.Trials),
        ("@completed", row.IsCompleted),
        ("@paused", row.IsPaused),
        ("@cancelled", row.IsCancelled),
        ("@priority", row.Priority),
        ("@waiting", row.Waiting),
        ("@running", row.Running));

    /// <summary>The sweeps, oldest first.</summary>
    public static ImmutableArray<SweepSummary> List(SqliteSession session) =>
        [.. session.Query(Summaries, Summary)];

    /// <summary>Whether a sweep has that name.</summary>
    public static bool Exists(SqliteSession session, string sweep) =>
        session.Query("SELECT 1 FROM sweep WHERE name = @sweep", _ => true, ("@sweep", sweep)).Count == 1;

    /// <summary>The sweep that a command submitted, or nothing.</summary>
    public static string? SubmittedBy(SqliteSession session, CommandId command) =>
        session.Query(
                "SELECT name FROM sweep WHERE command = @command",
                r => r.GetString(0),
                ("@command", command.ToString()))
            .SingleOrDefault();

    /// <summary>The sweeps that were submitted under one file name, oldest first.</summary>
    public static ImmutableArray<Namesake> Namesakes(SqliteSession session, string baseName) =>
    [
        .. session.Query(
            SameBase,
            r => new Namesake(r.GetString(0), r.GetString(1), r.GetString(2), r.GetBoolean(3)),
            ("@base", baseName)),
    ];

    /// <summary>The name of every sweep.</summary>
    public static HashSet<string> Names(SqliteSession session) =>
        session.Query("SELECT name FROM sweep", r => r.GetString(0)).ToHashSet(StringComparer.Ordinal);

    private static SweepSummary Summary(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        DateTimeOffset.ParseExact(row.GetString(2), "O", CultureInfo.InvariantCulture),
        row.GetBoolean(3),
        row.GetBoolean(4),
        row.GetBoolean(5),
        row.GetInt32(6),
        row.GetInt32(7),
        row.GetInt32(8),
        row.GetInt32(9));
}
