using Tests.Postgres;

namespace Tests.EndToEnd;

/// <summary>The commands that a store in PostgreSQL is set up with, against a real server.</summary>
[Collection(SweepFixture.Collection)]
public sealed class PostgresProgramTests
{
    [Fact]
    public async Task Doctor_says_what_is_missing_migrate_makes_it_and_no_password_is_ever_shown()
    {
        var cluster = await PostgresCluster.SharedAsync();
        var owner = await cluster.CreateRoleAsync();
        using var program = new SweepProgram { Database = await cluster.CreateDatabaseAsync(owner) };

        var before = await program.RunAsync("doctor");
        before.Code.ShouldBe(1, before.Error);
        before.Output.ShouldContain("the database holds no store");
        before.Output.ShouldContain("schema: ./sweep migrate, as a member of sweep_owner");
        var made = await program.RunAsync("migrate");
        made.Code.ShouldBe(0, made.Error);
        made.Output.ShouldStartWith("made the store postgres://");
        var after = await program.RunAsync("doctor");
        after.Output.ShouldContain("may make and upgrade the store, submit and control sweeps");
        after.Code.ShouldBe(0, after.Output + after.Error);
        (await program.RunAsync("gc")).Output.ShouldStartWith("nothing to free");

        using var wrong = new SweepProgram
        {
            Database = program.Database.As(owner with { Password = "not-the-password" }),
        };
        var refused = await wrong.RunAsync("doctor");
        refused.Code.ShouldBe(1, refused.Error);
        refused.Output.ShouldContain("does not let this user in");
        foreach (var ran in new[] { before, made, after, refused })
        {
            (ran.Output + ran.Error).ShouldNotContain(owner.Password);
            (ran.Output + ran.Error).ShouldNotContain("not-the-password");
        }
    }

    [Fact]
    public async Task The_script_of_the_roles_runs_twice_and_makes_three_roles()
    {
        var cluster = await PostgresCluster.SharedAsync();
        var database = await cluster.CreateDatabaseAsync();
        using var program = new SweepProgram();
        var script = await program.RunAsync("migrate", "--roles");
        script.Code.ShouldBe(0, script.Error);

        await cluster.RunAsync(script.Output, database.Name);
        await cluster.RunAsync(script.Output, database.Name);

        (await cluster.RunAsync(
            "SELECT count(*) FROM pg_roles WHERE rolname IN ('sweep_owner', 'sweep_user', 'sweep_worker')"))
            .ShouldBe("3");
    }
}
