using Engine.Sql;
using Engine.Sql.Migration;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Postgres;
using Tests.Shared.Sweeps;

namespace Tests.EngineSql;

/// <summary>What each of the three roles may do, and what nobody may.</summary>
public sealed class PostgresRoleTests : PostgresRoles
{
    [Theory]
    [InlineData("store")]
    [InlineData("sweep")]
    [InlineData("event")]
    [InlineData("lease")]
    [InlineData("session")]
    [InlineData("worker")]
    [InlineData("metric_batch")]
    [InlineData("artifact")]
    [InlineData("content")]
    public async Task Neither_a_worker_nor_a_user_writes_a_table(string table)
    {
        foreach (var login in new[] { User, Box1 })
        {
            await ShouldBeDenied(login, $"DELETE FROM sweeps.{table}");
            await ShouldBeDenied(login, $"TRUNCATE sweeps.{table} CASCADE");
            await ShouldBeDenied(login, $"INSERT INTO sweeps.{table} DEFAULT VALUES");
            await ShouldBeDenied(
                login,
                $"DO $$ BEGIN EXECUTE (SELECT format('UPDATE sweeps.{table} SET %I = %I', c, c) FROM (SELECT "
                + $"attname AS c FROM pg_attribute WHERE attrelid = 'sweeps.{table}'::regclass AND attnum = 2) x);"
                + " END $$");
        }
    }

    [Fact]
    public async Task Nobody_but_the_owner_reads_the_tokens_of_sessions_or_replaces_the_clock()
    {
        foreach (var login in new[] { User, Box1 })
        {
            await ShouldBeDenied(login, "SELECT token FROM sweeps.session");
            await ShouldBeDenied(login, "CREATE FUNCTION sweeps.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'");
            (await Should.ThrowAsync<InvalidOperationException>(() => As(
                login,
                "CREATE OR REPLACE FUNCTION sweeps.clock() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'")))
                .Message.ShouldContain("permission denied");
        }
    }

    [Fact]
    public async Task A_history_cannot_be_altered_by_its_owner_either()
    {
        foreach (var statement in new[]
        {
            "UPDATE sweeps.event SET json = '{}'", "DELETE FROM sweeps.event", "TRUNCATE sweeps.event",
            "UPDATE sweeps.event SET stored_at = stored_at - interval '1 day'",
        })
        {
            (await Should.ThrowAsync<InvalidOperationException>(() => As(Owner, statement)))
                .Message.ShouldContain("a history cannot be altered");
        }
    }

    [Fact]
    public async Task A_worker_runs_a_trial_from_its_claim_to_its_end_under_its_name()
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        var attempt = await Claim(AsBox1, 2);
        await AsBox1.StoreBatchesAsync([Given.Batch(attempt, 1)], default);
        await AsBox1.PutAsync(new Artifact(attempt, "a.bin", "application/x", [1, 2]), default);
        (await AsBox1.RenewAsync([attempt], default)).ShouldBeEmpty();
        (await AsBox1.SendAsync("demo", Given.Checkpoint(3, attempt, 10, lastBatch: 1), default))
            .ShouldBeOfType<Decision.Accepted>();
        (await AsBox1.SendAsync("demo", Given.Finish(4, attempt, lastBatch: 1), default))
            .ShouldBeOfType<Decision.Accepted>();

        var history = await AsUser.ReadHistoryAsync("demo", 0, default);
        history.Select(h => h.StoredBy).ShouldBe(
            [User.Role, Box1.Role, Box1.Role, Box1.Role, Box1.Role]);
        (await AsUser.ReadBatchesAsync("demo", 0, default)).Batches.Length.ShouldBe(1);
        (await AsUser.ReadAsync(attempt, "a.bin", default)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_worker_may_not_submit_or_control()
    {
        (await ShouldRefuse(() => AsBox1.SubmitAsync(
            new Submission(Given.Id(9), "other", Given.Plan(2), Given.Program, false), default)))
            .ShouldContain("use one in the role sweep_user, ");
        SweepCommand[] words =
        [
            new SweepCommand.PauseSweep(Given.Id(2), Given.At(2), Now: true),
            new SweepCommand.CancelSweep(Given.Id(3), Given.At(3)),
            new SweepCommand.CancelTrial(Given.Id(4), Given.At(4), 1),
            new SweepCommand.ChangePriority(Given.Id(5), Given.At(5), 9),
            new SweepCommand.ChangeLimits(Given.Id(6), Given.At(6), new SweepLimits(1, null)),
            new SweepCommand.ExtendSweep(Given.Id(7), Given.At(7), Given.Addition(5, 6)),
        ];
        foreach (var word in words)
        {
            (await ShouldRefuse(() => AsBox1.SendAsync("demo", word, default), word.ToString()))
                .ShouldMatch(@"is a worker and may not append [^ ]+\): use one in the role sweep_user, ");
        }

        (await AsUser.ReadAsync("demo", default))!.Version.ShouldBe(1);
        (await AsUser.SendAsync("demo", words[0], default)).ShouldBeOfType<Decision.Accepted>();
    }

    [Fact]
    public async Task A_worker_claims_only_under_the_name_that_it_has_joined_as()
    {
        (await Should.ThrowAsync<StoreUnreachableException>(() => Claim(AsBox1, 2)))
            .Message.ShouldContain("has not joined as the worker w1");
        await using var joined = await AsBox1.JoinAsync("w1", default);
        await Claim(AsBox1, 2);
        await Should.ThrowAsync<StoreUnreachableException>(() => Claim(AsBox2, 3));
        await Should.ThrowAsync<StoreUnreachableException>(() => Claim(AsBox1, 4, "w2"));
    }

    [Fact]
    public async Task A_worker_cannot_speak_for_an_attempt_that_another_claimed()
    {
        await using var one = await AsBox1.JoinAsync("w1", default);
        await using var two = await AsBox2.JoinAsync("w2", default);
        var attempt = await Claim(AsBox1, 2);

        SweepCommand[] foreign =
        [
            Given.Finish(3, attempt), Given.HandBack(4, attempt), Given.Checkpoint(5, attempt, 10),
            Given.Lose(6, attempt),
        ];
        foreach (var command in foreign)
        {
            await ShouldRefuse(() => AsBox2.SendAsync("demo", command, default));
        }

        (await AsBox2.RenewAsync([attempt], default)).ShouldBe([attempt]);
        await AsBox2.StoreBatchesAsync([Given.Batch(attempt, 1)], default);
        (await AsUser.ReadBatchesAsync("demo", 0, default)).Batches.ShouldBeEmpty();
        (await AsBox1.SendAsync("demo", Given.Lose(7, attempt), default)).ShouldBeOfType<Decision.Accepted>();
    }

    [Fact]
    public async Task A_trial_that_has_ended_takes_no_more_metrics_or_artifacts_from_a_worker()
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        var attempt = await Claim(AsBox1, 2);
        await AsBox1.SendAsync("demo", Given.Finish(3, attempt), default);

        await AsBox1.StoreBatchesAsync([Given.Batch(attempt, 1)], default);
        await AsBox1.PutAsync(new Artifact(attempt, "a.bin", "application/x", [1, 2]), default);

        (await AsUser.ReadBatchesAsync("demo", 0, default)).Batches.ShouldBeEmpty();
        (await AsUser.ListAsync("demo", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_log_with_a_nul_in_it_is_no_reason_to_refuse_its_attempt_s_end()
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        var attempt = await Claim(AsBox1, 2);
        var failed = new SweepCommand.FinishAttempt(
            Given.Id(3), Given.At(3), attempt, AttemptOutcome.Failed, "it ended", "a\0\0b \\u0000 \\\0", 0);

        (await AsBox1.SendAsync("demo", failed, default)).ShouldBeOfType<Decision.Accepted>();

        (await AsUser.ReadAsync("demo", default))!.Trial(1).Attempts[0].LogTail.ShouldBe(failed.LogTail);
    }

    [Fact]
    public async Task A_name_whose_connection_broke_is_nobody_else_s_within_the_grace()
    {
        await AsBox1.JoinAsync("w1", default);
        var attempt = await Claim(AsBox1, 2);
        await AsBox1.DisposeAsync();   // its connection ends; it has not left
        await Store.RunAsync(
            "SET statement_timeout = '30s'; DO $$ BEGIN WHILE EXISTS (SELECT FROM sweeps.live_sessions()) "
            + "LOOP PERFORM pg_sleep(0.01); END LOOP; END $$");   // until the server has seen it

        await Should.ThrowAsync<WorkerNameTakenException>(() => AsBox2.JoinAsync("w1", default));
        (await AsUser.LeasesAsync(default)).ShouldHaveSingleItem().Attempt.ShouldBe(attempt);

        await Store.AdvanceAsync(AsBox2.LeaseTimes.Grace);
        await (await AsBox2.JoinAsync("w1", default)).DisposeAsync();
    }

    [Fact]
    public async Task A_worker_reports_only_of_itself()
    {
        var report = Report("w1", "");
        await Should.ThrowAsync<StoreUnreachableException>(() => AsBox1.ReportWorkerAsync(report, default));
        await using var joined = await AsBox1.JoinAsync("w1", default);
        await AsBox1.ReportWorkerAsync(report, default);
        (await AsUser.WorkersAsync(default)).ShouldHaveSingleItem().IsLive.ShouldBeTrue();
    }

    [Fact]
    public async Task A_migration_makes_what_the_functions_must_know_from_the_histories()
    {
        await using var joined = await AsBox1.JoinAsync("w1", default);
        var attempt = await Claim(AsBox1, 2);
        await AsBox1.SendAsync("demo", Given.Finish(3, attempt, AttemptOutcome.Failed), default);
        attempt = await Claim(AsBox1, 4);
        await AsBox1.SendAsync("demo", Given.Finish(5, attempt), default);
        await AsUser.SendAsync("demo", new SweepCommand.RetryTrial(Given.Id(6), Given.At(6), 1), default);
        await Store.RunAsync(
            "DROP TABLE sweeps.trial; ALTER TABLE sweeps.sweep DROP COLUMN follows CASCADE; "
            + "DROP FUNCTION sweeps.is_report, sweeps.report_worker;");

        (await PostgresMigration.RunAsync(Store.Connecting(Owner), default)).ShouldContain("made its functions anew");

        (await Store.RunAsync("SELECT number, has_ended, is_released FROM sweeps.trial ORDER BY number"))
            .ShouldBe("1|f|f\n2|t|f");
        await AsBox1.ReportWorkerAsync(Report("w1", ""), default);
        (await Claim(AsBox1, 7)).ShouldBe(Given.Attempt(1, 2));
    }

    [Fact]
    public async Task Who_may_not_migrate_or_read_is_told_the_role_that_may()
    {
        foreach (var login in new[] { User, Box1 })
        {
            (await ShouldRefuse(() => PostgresMigration.RunAsync(Store.Connecting(login), default)))
                .ShouldContain("use one in the role sweep_owner, or have an administrator GRANT it that role");
        }

        var stranger = await (await PostgresCluster.SharedAsync()).CreateRoleAsync();
        (await ShouldRefuse(() => OpenAs(stranger))).ShouldContain(
            "use one in the role sweep_user, or sweep_worker for a box, ");
    }

    [Fact]
    public async Task A_store_is_made_only_by_a_role_that_may()
    {
        await Store.RunAsync("DROP SCHEMA sweeps CASCADE");
        await ShouldRefuse(() => OpenAs(Box1, StoreMode.Create));
        (await ShouldRefuse(() => OpenAs(Box1))).ShouldContain("./sweep migrate");
        await OpenAs(Owner, StoreMode.Create);
        (await AsBox1.ListAsync(default)).ShouldBeEmpty();
    }
}
