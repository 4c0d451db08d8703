using System.Diagnostics;
using System.Security.Cryptography;

namespace Tests.Postgres;

/// <summary>
/// A real PostgreSQL cluster on 127.0.0.1, in a folder of its own, that is gone when this process is gone,
/// however it ends: <c>cluster.sh</c> keeps it as long as its standard input is open.
/// </summary>
/// <remarks>
/// The superuser is trusted on the socket, whose folder is closed to everybody else; over TCP every role
/// needs its password (scram-sha-256).
/// </remarks>
public sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(120);

    private static readonly Lazy<Task<PostgresCluster>> OfThisProcess = new(() => StartAsync(new()));

    private readonly Process _script;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _names;   // databases and roles made so far

    private PostgresCluster(Process script, string folder, int port, string password)
    {
        _script = script;
        Folder = folder;
        Port = port;
        Superuser = new PostgresLogin("postgres", password);
    }

    /// <summary>
    /// Folder of the cluster: <c>data/</c>, <c>socket/</c>, <c>log</c>, and with TLS the certificates.
    /// </summary>
    public string Folder { get; }

    /// <summary>Port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The superuser.</summary>
    public PostgresLogin Superuser { get; }

    /// <summary>The cluster that the tests of this process share; started by whoever asks first.</summary>
    public static Task<PostgresCluster> SharedAsync() => OfThisProcess.Value;

    /// <summary>Starts a cluster of one's own.</summary>
    /// <exception cref="InvalidOperationException">
    /// PostgreSQL is not installed, or does not start.
    /// </exception>
    public static async Task<PostgresCluster> StartAsync(PostgresSettings settings)
    {
        var port = PostgresPrograms.FreePort();
        var password = RandomNumberGenerator.GetHexString(32);
        var script = Process.Start(PostgresPrograms.Script(settings, port))!;
        await script.StandardInput.WriteLineAsync(password);
        await script.StandardInput.FlushAsync();
        var answer = await AnswerAsync(script);
        if (answer.Split(' ') is ["ready", var folder])
        {
            return new PostgresCluster(script, folder, port, password);
        }

        script.StandardInput.Close();
        throw new InvalidOperationException($"PostgreSQL does not start: {answer}");
    }

    /// <summary>A new, empty database.</summary>
    /// <param name="owner">The role that owns it; the superuser where nothing is given.</param>
    public async Task<PostgresDatabase> CreateDatabaseAsync(PostgresLogin? owner = null)
    {
        var name = $"test_{Interlocked.Increment(ref _names)}";
        var login = owner ?? Superuser;
        await RunAsync($"CREATE DATABASE {name} OWNER {login.Role}");
        return new PostgresDatabase("127.0.0.1", Port, name, login);
    }

    /// <summary>A new role that may log in, with a password of its own and no other right.</summary>
    /// <param name="name">Its name, unique in the cluster; drawn where nothing is given.</param>
    public async Task<PostgresLogin> CreateRoleAsync(string? name = null)
    {
        var login = new PostgresLogin(
            name ?? $"role_{Interlocked.Increment(ref _names)}", RandomNumberGenerator.GetHexString(32));
        await RunAsync($"CREATE ROLE {login.Role} LOGIN PASSWORD '{login.Password}'");
        return login;
    }

    /// <summary>
    /// Runs SQL as the superuser through psql and gives what it prints, unaligned, without headers.
    /// </summary>
    /// <param name="sql">Goes to psql's standard input.</param>
    /// <param name="database">Name of the database.</param>
    /// <exception cref="InvalidOperationException">A statement fails; the message is psql's.</exception>
    public async Task<string> RunAsync(string sql, string database = "postgres")
    {
        using var psql = Process.Start(
            PostgresPrograms.Psql(Path.Combine(Folder, "socket"), Port, database))!;
        await psql.StandardInput.WriteAsync(sql);
        psql.StandardInput.Close();
        var error = psql.StandardError.ReadToEndAsync();
        var output = await psql.StandardOutput.ReadToEndAsync();
        await psql.WaitForExitAsync();
        return psql.ExitCode == 0
            ? output.TrimEnd('\n')
            : throw new InvalidOperationException($"psql ended with {psql.ExitCode}: {await error}");
    }

    /// <summary>Stops the server; connections break.</summary>
    /// <param name="immediate">
    /// As a crash would: without a checkpoint, to be recovered at the next start.
    /// </param>
    public Task StopAsync(bool immediate) => CommandAsync(immediate ? "stop immediate" : "stop fast");

    /// <summary>Starts the server again.</summary>
    public Task RestartAsync() => CommandAsync("start");

    /// <summary>Stops the server and deletes its folder; done when both are.</summary>
    public async ValueTask DisposeAsync()
    {
        _script.StandardInput.Close();
        using var limit = new CancellationTokenSource(AnswerLimit);
        await _script.WaitForExitAsync(limit.Token);
        _script.Dispose();
        _turn.Dispose();
    }

    private async Task CommandAsync(string command)
    {
        await _turn.WaitAsync();
        try
        {
            await _script.StandardInput.WriteLineAsync(command);
            await _script.StandardInput.FlushAsync();
            var answer = await AnswerAsync(_script);
            if (answer != "done")
            {
                throw new InvalidOperationException($"PostgreSQL, asked to {command}: {answer}");
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private static async Task<string> AnswerAsync(Process script)
    {
        using var limit = new CancellationTokenSource(AnswerLimit);
        return await script.StandardOutput.ReadLineAsync(limit.Token) ?? "its script ended";
    }
}
