using Engine.Sql.Postgres;
using Npgsql;
using Shared.Engine;
using Tests.Shared.Sweeps;

namespace Tests.EngineSql;

/// <summary>Whom the lock of a sweep keeps waiting while a command decides: other commands, and nobody else.</summary>
public sealed class PostgresSweepLockTests : IAsyncLifetime
{
    private const string LockSweep = "SELECT version FROM sweeps.lock_sweep('demo')";

    private readonly PostgresStore _store = new();
    private PostgresEngine _engine = null!;
    private NpgsqlConnection _command = null!;

    public async Task InitializeAsync()
    {
        _engine = await _store.OpenPostgresAsync();
        var submission = new Submission(Given.Id(1), "demo", Given.Plan(4), Given.Program, false);
        await _engine.SubmitAsync(submission, default);
        await _engine.SendAsync("demo", Given.Claim(2), default);
        _command = await _store.Connecting().OpenAsync(default);
        await RunAsync(_command, "BEGIN");
        await RunAsync(_command, LockSweep);
    }

    public async Task DisposeAsync()
    {
        await _command.DisposeAsync();
        await _engine.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Batches_are_stored_while_a_command_has_the_sweep()
    {
        await _engine.StoreBatchesAsync([Given.Batch(Given.Attempt(1), 1)], default);

        (await _engine.ReadBatchesAsync("demo", 0, default)).Batches.ShouldHaveSingleItem();
        await RunAsync(_command, "COMMIT");
    }

    [Fact]
    public async Task Another_command_waits_while_one_has_the_sweep()
    {
        await using var other = await _store.Connecting().OpenAsync(default);
        await RunAsync(other, "SET lock_timeout = '1ms'");

        var failure = await Should.ThrowAsync<PostgresException>(() => RunAsync(other, LockSweep));

        failure.SqlState.ShouldBe(PostgresErrorCodes.LockNotAvailable);
        await RunAsync(_command, "COMMIT");
        (await RunAsync(other, LockSweep)).ShouldBe(2L);
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
