using Tests.Orchestrator;
using Tests.Postgres;

namespace Tests.EndToEnd;

/// <summary>The commands on a PostgreSQL store; nobody works on it.</summary>
[Collection(SweepFixture.Collection)]
public sealed class PostgresCommandTests
{
    private const string Name = SweepFixture.Name;

    [Fact]
    public async Task A_sweep_is_submitted_held_and_looked_at_as_on_a_file()
    {
        var cluster = await PostgresCluster.SharedAsync();
        using var program = await MigratedAsync(cluster);
        var file = program.Write("small.yaml", SweepFixture.File);

        (await DoneAsync(program, "submit", file, "--paused"))
            .ShouldContain("sweep small-toy: 4 trials, store postgres://");
        (await DoneAsync(program, "extend", Name, "--replicates", "3")).ShouldStartWith(
            "sweep small-toy is extended by trials 5 to 6: ");
        (await DoneAsync(program, "priority", Name, "7")).ShouldContain("has priority 7, it had 0");
        (await DoneAsync(program, "resume", Name)).ShouldBe(
            "sweep small-toy: 0 of 6 trials done and the rest may be claimed\n"
            + "no worker works on small-toy: start one with ./sweep worker\n");
        (await DoneAsync(program, "cancel", Name, "--trial", "6"))
            .ShouldContain("trial 6 of small-toy is cancelled");

        var events =
            OutputSchemas.ShouldMatch("events", await DoneAsync(program, "events", Name, "-o", "json"));
        events.EnumerateArray().Select(e => e.GetProperty("event").GetString()).ShouldBe(
        [
            "sweep-submitted", "sweep-paused", "sweep-extended", "priority-changed", "sweep-resumed", "trial-ended",
        ]);
        events.EnumerateArray().ShouldAllBe(
            e => e.GetProperty("by").GetString() == program.Database!.Login.Role);
        OutputSchemas.ShouldMatch("trial", await DoneAsync(program, "trial", Name, "6", "-o", "json"))
            .GetProperty("state").GetString().ShouldBe("cancelled");
        OutputSchemas.ShouldMatch("list", await DoneAsync(program, "list", "-o", "json"))[0]
            .GetProperty("priority").GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task Who_follows_a_sweep_outlives_an_outage_of_the_server()
    {
        await using var cluster = await PostgresCluster.StartAsync(new PostgresSettings());
        using var program = await MigratedAsync(cluster);
        await DoneAsync(program, "submit", program.Write("small.yaml", SweepFixture.File));
        using var watch = program.Start("watch", Name);
        using var events = program.Start("events", Name, "-f");
        (await watch.StandardOutput.ReadLineAsync()).ShouldStartWith("no worker works on small-toy: ");
        (await events.StandardOutput.ReadLineAsync())!.ShouldContain("sweep small-toy was submitted");

        await cluster.StopAsync(immediate: true);
        (await watch.StandardOutput.ReadLineAsync())
            .ShouldStartWith("the store does not answer, waiting for it: ");
        (await events.StandardError.ReadLineAsync())
            .ShouldStartWith("the store does not answer, waiting for it: ");
        await cluster.RestartAsync();
        (await watch.StandardOutput.ReadLineAsync()).ShouldBe("the store answers again");
        (await events.StandardError.ReadLineAsync()).ShouldBe("the store answers again");
        await DoneAsync(program, "cancel", Name);

        var watched = await SweepProgram.EndAsync(watch);
        watched.Code.ShouldBe(1, watched.Error);
        watched.Output.ShouldStartWith("sweep small-toy is cancelled; ");
        var followed = await SweepProgram.EndAsync(events);
        followed.Code.ShouldBe(0, followed.Error);
        followed.Output.ShouldContain("the sweep was cancelled, and every trial without an outcome with it");
    }

    [Fact]
    public async Task Who_follows_a_sweep_waits_for_a_server_that_is_away_and_nobody_else_does()
    {
        const string Waits = "the store does not answer, waiting for it: ";
        await using var cluster = await PostgresCluster.StartAsync(new PostgresSettings());
        using var program = await MigratedAsync(cluster);
        await DoneAsync(program, "submit", program.Write("small.yaml", SweepFixture.File), "--paused");
        await cluster.StopAsync(immediate: true);

        using var watch = program.Start("watch", Name);
        using var logs = program.Start("logs", Name, "1", "-f");
        using var missing = program.Start("events", "missing", "-f");
        (await watch.StandardError.ReadLineAsync()).ShouldStartWith(Waits);
        (await logs.StandardError.ReadLineAsync()).ShouldStartWith(Waits);
        (await missing.StandardError.ReadLineAsync()).ShouldStartWith(Waits);
        var once = await program.RunAsync("status", Name);
        once.Code.ShouldBe(1);
        once.Error.TrimEnd('\n').ShouldNotContain("\n");
        await cluster.RestartAsync();

        (await watch.StandardError.ReadLineAsync()).ShouldBe("the store answers again");
        (await watch.StandardOutput.ReadLineAsync()).ShouldStartWith("sweep small-toy is paused; ");
        await DoneAsync(program, "cancel", Name);
        (await SweepProgram.EndAsync(watch)).Code.ShouldBe(1);
        (await SweepProgram.EndAsync(logs)).Code.ShouldBe(0);
        var none = await SweepProgram.EndAsync(missing);
        none.Code.ShouldBe(2);
        none.Error.ShouldStartWith("there is no sweep missing; ");
    }

    private static async Task<SweepProgram> MigratedAsync(PostgresCluster cluster)
    {
        var program = new SweepProgram
        {
            Database = await cluster.CreateDatabaseAsync(await cluster.CreateRoleAsync()),
        };
        await DoneAsync(program, "migrate");
        return program;
    }

    private static async Task<string> DoneAsync(SweepProgram program, params string[] arguments)
    {
        var ran = await program.RunAsync(arguments);
        ran.Code.ShouldBe(0, ran.Error);
        return ran.Output;
    }
}
