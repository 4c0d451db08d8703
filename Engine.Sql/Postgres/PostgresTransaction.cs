using System.Collections.Immutable;
using System.Diagnostics;
using Npgsql;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql.Postgres;

/// <summary>
/// The transaction of commands, in two round trips: lock the sweep and read the events that this process has
/// not seen; fold and decide here; append at the expected version and commit.
/// </summary>
internal sealed class PostgresTransaction(PostgresSession session, StateCache cache)
{
    // The event of the known version comes along without its text: it shows that the history still reaches
    // that far.
    private const string ReadOn = """
        SELECT version, CASE WHEN version > $2 THEN json ELSE '' END
        FROM sweeps.event WHERE sweep = $1 AND version >= $2 ORDER BY version
        """;

    private const string CountBatches = """
        SELECT r.trial, r.attempt, r.last FROM unnest($2::integer[], $3::integer[], $4::integer[])
            AS r (trial, attempt, last)
        WHERE r.last = (
            SELECT count(*) FROM sweeps.metric_batch b
            WHERE b.sweep = $1 AND b.trial = r.trial AND b.attempt = r.attempt AND b.number BETWEEN 1 AND r.last)
        """;

    private const string AppendEvents = "SELECT sweeps.append_events($1, $2, $3, $4, $5, $6)";

    private const string SubmitSweep = "SELECT sweeps.submit_sweep($1, $2, $3, $4, $5, $6, $7)";

    private const string Namesakes = """
        SELECT name, spec, program, is_completed OR is_cancelled FROM sweeps.sweep
        WHERE base_name = $1 ORDER BY position
        """;

    /// <summary>The state of a sweep now; the initial one when there is none of that name.</summary>
    public Task<SweepState> ReadAsync(string sweep, CancellationToken cancellation) => session.RunAsync(
        (connection, token) => ReadAsync(connection, sweep, token), cancellation);

    /// <summary>Decides commands of one sweep, in their order, in one transaction.</summary>
    /// <param name="commands">At least one; all of one sweep.</param>
    /// <param name="token">Of the session of the worker that they are of; nothing for none.</param>
    public async Task<ImmutableArray<Decision>> DecideAsync(IReadOnlyList<PendingCommand> commands, Guid? token)
    {
        if (cache.Known(commands[0].Sweep).Version == 0)
        {
            await ReadAsync(commands[0].Sweep, CancellationToken.None);   // long histories, before the lock
        }

        var (decisions, state) = await session.RunAsync(
            (connection, cancellation) => DecideAsync(connection, commands, token, cancellation),
            CancellationToken.None);
        cache.Remember(state);
        return decisions;
    }

    /// <summary>Submits a sweep under a free name, unless an unfinished one stands in its way.</summary>
    public Task<SubmitReply> SubmitAsync(Submission submission, CancellationToken cancellation) =>
        session.RunAsync((connection, token) => SubmitAsync(connection, submission, token), cancellation);

    private async Task<SweepState> ReadAsync(
        NpgsqlConnection connection, string sweep, CancellationToken cancellation)
    {
        var known = cache.Known(sweep);
        var rows = await session.AskAsync(
            connection, batch => batch.Add(ReadOn, sweep, known.Version), EventsAsync, cancellation);
        if (StoredHistory.FoldOn(known, rows, sweep, session.Store) is { } state)
        {
            cache.Remember(state);
            return state;
        }

        // The store was replaced by an older copy: what this process remembers is not its history.
        cache.Forget(sweep);
        return await ReadAsync(connection, sweep, cancellation);
    }

    private async Task<(ImmutableArray<Decision> Decisions, SweepState State)> DecideAsync(
        NpgsqlConnection connection,
        IReadOnlyList<PendingCommand> commands,
        Guid? token,
        CancellationToken cancellation)
    {
        var sweep = commands[0].Sweep;
        var known = cache.Known(sweep);
        var counted = commands.Select(c => CountedBatches.Of(c.Command)).OfType<(AttemptId Attempt, int Last)>()
            .ToList();
        var (now, rows, stored) = await session.AskAsync(
            connection,
            batch =>
            {
                batch.Add("BEGIN").Add("SELECT clock FROM sweeps.lock_sweep($1)", sweep)
                    .Add(ReadOn, sweep, known.Version);
                if (counted.Count > 0)
                {
                    batch.Add(
                        CountBatches,
                        sweep,
                        counted.Select(c => c.Attempt.Trial).ToArray(),
                        counted.Select(c => c.Attempt.Number).ToArray(),
                        counted.Select(c => c.Last).ToArray());
                }
            },
            async (reader, token) => (
                (await reader.RowsAsync(r => r.Time(0), token))[0],
                await EventsAsync(reader, token),
                counted.Count == 0 ? [] : await reader.RowsAsync(
                    r => (new AttemptId(sweep, r.GetInt32(0), r.GetInt32(1)), r.GetInt32(2)), token)),
            cancellation);
        var state = StoredHistory.FoldOn(known, rows, sweep, session.Store)
            ?? await ReadAsync(connection, sweep, cancellation);
        var appending = new Appending(sweep, state, now);
        var decisions = commands
            .Select(c => appending.Decide(c, (attempt, last) => stored.Contains((attempt, last))))
            .ToImmutableArray();
        await EndAsync(connection, appending, token, cancellation);
        return (decisions, appending.State);
    }

    private async Task<SubmitReply> SubmitAsync(
        NpgsqlConnection connection, Submission submission, CancellationToken cancellation)
    {
        var (reply, command, now) = await NameAsync(session, connection, submission, cancellation);
        var appending = new Appending(command?.Name ?? "", SweepState.Initial, now);
        if (command is not null
            && appending.Decide(new PendingCommand(command.Name, command, null, null, cancellation), (_, _) => true)
                is not Decision.Accepted)
        {
            throw new UnreachableException($"the name {command.Name} was found free");
        }

        await EndAsync(
            connection, appending, token: null, cancellation, batch => AddSweep(batch, submission, command!));
        return reply;
    }

    /// <summary>Decides a submission, in a transaction that it begins and that keeps names from others.</summary>
    public static async Task<(SubmitReply Reply, SweepCommand.Submit? Command, DateTimeOffset Now)> NameAsync(
        PostgresSession session,
        NpgsqlConnection connection,
        Submission submission,
        CancellationToken cancellation)
    {
        var (now, earlier, namesakes, names) = await session.AskAsync(
            connection,
            batch => batch.Add("BEGIN").Add("SELECT sweeps.lock_names()")
                .Add("SELECT name FROM sweeps.sweep WHERE command = $1", submission.Id.Value)
                .Add(Namesakes, submission.Name)
                .Add("SELECT name FROM sweeps.sweep"),
            async (reader, token) => (
                (await reader.RowsAsync(r => r.Time(0), token))[0],
                (await reader.RowsAsync(r => r.GetString(0), token)).SingleOrDefault(),
                await reader.RowsAsync(
                    r => new Namesake(r.GetString(0), r.GetString(1), r.GetString(2), r.GetBoolean(3)), token),
                await reader.RowsAsync(r => r.GetString(0), token)),
            cancellation);
        var (reply, command) = Submitting.Decide(
            submission, earlier, [.. namesakes], names.ToHashSet(StringComparer.Ordinal), now);
        return (reply, command, now);
    }

    /// <summary>Adds the statement that adds the row of a submitted sweep.</summary>
    public static void AddSweep(NpgsqlBatch batch, Submission submission, SweepCommand.Submit command) =>
        batch.Add(
            SubmitSweep,
            command.Name,
            submission.Name,
            submission.Plan.Spec,
            submission.Program,
            submission.Plan.Experiment,
            submission.Id.Value,
            command.At);

    private async Task EndAsync(
        NpgsqlConnection connection,
        Appending appending,
        Guid? token,
        CancellationToken cancellation,
        Action<NpgsqlBatch>? before = null)
    {
        await using var batch = connection.CreateBatch();
        if (appending.Events.Count == 0)
        {
            batch.Add("ROLLBACK");
        }
        else
        {
            before?.Invoke(batch);
            batch.Add(
                AppendEvents,
                appending.Sweep,
                appending.State.Version - appending.Events.Count,
                appending.Events.ToArray(),
                appending.Rights.ToArray(),
                token,
                appending.IsNews)
                .Add("COMMIT");
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static Task<List<(long Version, string Json)>> EventsAsync(
        NpgsqlDataReader reader, CancellationToken cancellation) =>
        reader.RowsAsync(r => (r.GetInt64(0), r.GetString(1)), cancellation);

    /// <summary>What a transaction decides, one command after the other.</summary>
    private sealed class Appending(string sweep, SweepState state, DateTimeOffset now)
    {
        public string Sweep => sweep;

        public SweepState State { get; private set; } = state;

        public List<string> Events { get; } = [];

        /// <summary>For each event, by which right it takes a lease away.</summary>
        public List<string?> Rights { get; } = [];

        public bool IsNews { get; private set; }

        public Decision Decide(PendingCommand pending, Func<AttemptId, int, bool> hasBatches)
        {
            var (decision, next) = Deciding.Decide(State, pending.Command, now, hasBatches);
            if (decision is Decision.Accepted { IsRepeat: false } accepted)
            {
                Events.AddRange(accepted.Events.Select(SweepEventJson.Write));
                Rights.AddRange(accepted.Events.Select(_ => pending.Right switch
                {
                    LossRight.Gone => "gone",
                    LossRight.Expired => "expired",
                    _ => null,
                }));
                IsNews |= News.IsMade(State, next);
                State = next;
            }

            return decision;
        }
    }
}
