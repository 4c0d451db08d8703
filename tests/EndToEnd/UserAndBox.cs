using System.Diagnostics;
using Engine.Sql;
using Engine.Sql.Postgres;
using Shared.Engine;
using Tests.Postgres;

namespace Tests.EndToEnd;

/// <summary>
/// The programs of somebody who submits and of a box that works: on PostgreSQL each with a login in its own
/// role, so that the box has no right but a worker's.
/// </summary>
internal sealed class UserAndBox : IAsyncDisposable
{
    public const string Sqlite = "SQLite";
    public const string Postgres = "PostgreSQL";

    private readonly SweepProgram _box;

    private UserAndBox(SweepProgram user, SweepProgram box) => (User, _box) = (user, box);

    /// <summary>Submits and looks.</summary>
    public SweepProgram User { get; }

    /// <summary>A store of its own on one of the two engines.</summary>
    public static async Task<UserAndBox> OnAsync(string engine)
    {
        if (engine == Sqlite)
        {
            var both = new SweepProgram();
            return new UserAndBox(both, both);
        }

        var cluster = await PostgresCluster.SharedAsync();
        var owner = await cluster.CreateRoleAsync();
        using var making = new SweepProgram { Database = await cluster.CreateDatabaseAsync(owner) };
        await cluster.RunAsync((await making.RunAsync("migrate", "--roles")).Output, making.Database.Name);
        await GrantAsync(cluster, "sweep_owner", owner);
        var made = await making.RunAsync("migrate");
        made.Code.ShouldBe(0, made.Error);
        return new UserAndBox(
            new SweepProgram { Database = making.Database.As(await LoginAsync(cluster, "sweep_user")) },
            new SweepProgram { Database = making.Database.As(await LoginAsync(cluster, "sweep_worker")) });
    }

    /// <summary>What the user's program prints where it succeeds.</summary>
    public async Task<string> DoneAsync(params string[] arguments)
    {
        var ran = await User.RunAsync(arguments);
        ran.Code.ShouldBe(0, ran.Error);
        return ran.Output;
    }

    /// <summary>Has a worker of one slot run everything that there is to run.</summary>
    public async Task WorkAsync()
    {
        var worker = await SweepProgram.EndAsync(StartWorker());
        worker.Code.ShouldBe(0, worker.Error);
    }

    /// <summary>Starts a worker of one slot.</summary>
    /// <param name="untilIdle">It ends when it had nothing to run for so long.</param>
    public Process StartWorker(string untilIdle = "5s") =>
        _box.StartWorker("--slots", "1", "--until-idle", untilIdle);

    /// <summary>The store as the user's login sees it.</summary>
    public async Task<IStore> OpenAsync()
    {
        var address = ((StoreAddressReply.Parsed)StoreAddress.Parse(User.Store)).Address;
        return address is StoreAddress.Postgres postgres
            ? await PostgresEngine.OpenAsync(
                new PostgresConnecting(postgres, User.Database!.Login.Password), StoreMode.Existing, null, default)
            : await StoreOpening.OpenAsync(address, StoreMode.Existing, TimeProvider.System);
    }

    public ValueTask DisposeAsync()
    {
        User.Dispose();
        if (_box != User)
        {
            _box.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static async Task<PostgresLogin> LoginAsync(PostgresCluster cluster, string role)
    {
        var login = await cluster.CreateRoleAsync();
        await GrantAsync(cluster, role, login);
        return login;
    }

    private static Task GrantAsync(PostgresCluster cluster, string role, PostgresLogin login) =>
        cluster.RunAsync($"GRANT {role} TO {login.Role}");
}
