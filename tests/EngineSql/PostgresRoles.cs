using System.Collections.Immutable;
using System.Globalization;
using Engine.Sql;
using Engine.Sql.Migration;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Postgres;
using Tests.Shared.Sweeps;

namespace Tests.EngineSql;

/// <summary>A store with the three roles, a sweep of four trials, a user and two boxes.</summary>
public abstract class PostgresRoles : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _opened = [];

    private protected PostgresStore Store { get; } = new();

    private protected PostgresLogin Owner { get; private set; } = null!;

    private protected PostgresLogin User { get; private set; } = null!;

    private protected PostgresLogin Box1 { get; private set; } = null!;

    private protected PostgresLogin Box2 { get; private set; } = null!;

    private protected IStore AsUser { get; private set; } = null!;

    private protected IStore AsBox1 { get; private set; } = null!;

    private protected IStore AsBox2 { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Store.MakeDatabaseAsync();
        await Store.RunAsync(StoreMigration.RolesScript);
        await Store.RunAsync(StoreMigration.RolesScript);   // again: changes nothing
        Owner = await Login("sweep_owner");
        User = await Login("sweep_user");
        Box1 = await Login("sweep_worker");
        Box2 = await Login("sweep_worker");
        (await PostgresMigration.RunAsync(Store.Connecting(Owner), default)).ShouldStartWith("made the store");
        AsUser = await OpenAs(User);
        AsBox1 = await OpenAs(Box1);
        AsBox2 = await OpenAs(Box2);
        await AsUser.SubmitAsync(
            new Submission(Given.Id(1), "demo", Given.Plan(4), Given.Program, false), default);
    }

    public async Task DisposeAsync()
    {
        foreach (var opened in _opened)
        {
            await opened.DisposeAsync();
        }

        await Store.DisposeAsync();
    }

    private protected async Task<PostgresLogin> Login(string group)
    {
        var login = await (await PostgresCluster.SharedAsync()).CreateRoleAsync();
        await Store.RunAsync($"GRANT {group} TO {login.Role}");
        return login;
    }

    private protected async Task<IStore> OpenAs(PostgresLogin login, StoreMode mode = StoreMode.Existing)
    {
        var engine = await Store.OpenPostgresAsync(mode, login);
        _opened.Add(engine);
        return engine;
    }

    private protected static async Task<AttemptId> Claim(IStore engine, int id, string worker = "w1") =>
        ((SweepEvent.AttemptStarted)((Decision.Accepted)await engine.SendAsync(
            "demo", Given.Claim(id, worker), default)).Events[0]).Attempt;

    private protected static async Task<string> ShouldRefuse(Func<Task> act, string? what = null) =>
        (await Should.ThrowAsync<StoreUnusableException>(act, what)).Message;

    private protected async Task ShouldBeDenied(PostgresLogin login, string sql) =>
        (await Should.ThrowAsync<InvalidOperationException>(() => As(login, sql), sql))
            .Message.ShouldContain("permission denied", Case.Sensitive, sql);

    private protected Task<string> As(PostgresLogin login, string sql) =>
        Store.RunAsync($"SET SESSION AUTHORIZATION {login.Role}; {sql};");

    private protected async Task ShouldRefuseClaim(long expected, string attempt, string says) =>
        (await Should.ThrowAsync<InvalidOperationException>(() => Append(
            Box1, expected, Started(attempt, "w1", ""), token: true))).Message.ShouldContain(says);

    private protected static WorkerReport Report(string worker, string idle) => new(
        worker, "box", 1, Given.At(0), [], ImmutableSortedDictionary<string, string>.Empty, Given.Program, [], idle);

    private protected static string Started(
        string attempt, string worker, string more, string program = Given.Program) => Event(
        "attempt-started",
        $"\"attempt\":\"{attempt}\",\"place\":{{\"worker\":\"{worker}\",\"slot\":1,\"processId\":7}},"
        + "\"environment\":{\"device\":\"d\",\"kernel\":\"k\",\"program\":\"" + program
        + "\",\"libraries\":{}}" + more);

    private protected static string Finished(AttemptId attempt, string outcome, int lastBatch = 0) =>
        $"\"attempt\":\"{attempt}\",\"outcome\":\"{outcome}\",\"reason\":\"no\",\"logTail\":\"\",\"lastBatch\":"
        + lastBatch.ToString(CultureInfo.InvariantCulture);

    private protected static string Lost(AttemptId attempt) => Event("attempt-lost", $"\"attempt\":\"{attempt}\"");

    /// <summary>An event as SQL that gives its JSON.</summary>
    private protected static string Event(string kind, string values, string at = "sweeps.clock()") =>
        $$"""format('{"version":1,"event":"{{kind}}",{{values}},"command":"{{new string('a', 32)}}","at":"%s"}', """
        + $"to_char(({at}) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US') || '+00:00')";

    /// <summary>
    /// Appends as a thief would: past the program; with the token that box 1 has, where it is asked for.
    /// </summary>
    private protected Task<string> Append(
        PostgresLogin login, long expected, string json, string why = "NULL", bool token = false) => AsJoined(
        login,
        string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT sweeps.append_events('demo', {expected}, ARRAY[{json}], ARRAY[{why}]::text[], ")
        + "nullif(:'mine', '')::uuid, false)",
        token);

    /// <summary>Runs SQL with the token of the last session, which a thief has who has the box.</summary>
    private protected Task<string> AsJoined(PostgresLogin login, string sql, bool token = true) => Store.RunAsync(
        (token ? "SELECT token AS mine FROM sweeps.session ORDER BY number DESC LIMIT 1 \\gset\n" : "\\set mine ''\n")
        + $"SET SESSION AUTHORIZATION {login.Role}; {sql};");
}
