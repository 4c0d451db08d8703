using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Bench.Orchestration;

/// <summary>
/// A PostgreSQL cluster on 127.0.0.1 for the time of a benchmark, with commits flushed to disk; the script of
/// the tests makes it and takes it away.
/// </summary>
internal sealed class LoopbackPostgres : IAsyncDisposable
{
    private const string Versions = "/usr/lib/postgresql";   // Debian's
    private const string Superuser = "postgres";
    private const int FirstPort = 31_000;
    private const int Ports = 1_000;

    private readonly Process _script;
    private readonly string _folder;
    private readonly int _port;
    private readonly string _programs;
    private int _databases;

    private LoopbackPostgres(Process script, string folder, int port, string programs)
    {
        _script = script;
        _folder = folder;
        _port = port;
        _programs = programs;
    }

    /// <summary>
    /// Starts one, and gives its password to this process and those that it starts (<c>PGPASSWORD</c>).
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// PostgreSQL is not installed, or does not start.
    /// </exception>
    public static async Task<LoopbackPostgres> StartAsync()
    {
        var programs = Programs();
        var port = FreePort();
        var password = RandomNumberGenerator.GetHexString(32);
        var text = await File.ReadAllTextAsync(
            Path.Combine(BenchPlaces.Clone, "tests", "Postgres", "cluster.sh"));
        string[] asPostgres = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--"] : ["env"];
        var script = Start(
        [
            .. asPostgres, "bash", "-c", text, "cluster", programs, $"{port}", "plain", "max_connections=300",
        ]);
        await script.StandardInput.WriteLineAsync(password);
        await script.StandardInput.FlushAsync();
        var answer = await script.StandardOutput.ReadLineAsync() ?? "its script ended";
        if (answer.Split(' ') is not ["ready", var folder])
        {
            throw new InvalidOperationException($"PostgreSQL does not start: {answer}");
        }

        Environment.SetEnvironmentVariable("PGPASSWORD", password);
        return new LoopbackPostgres(script, folder, port, programs);
    }

    /// <summary>The address of a store in a new database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"bench_{++_databases}";
        using var psql = Start(
        [
            Path.Combine(_programs, "psql"), "-X", "-q", "-h", Path.Combine(_folder, "socket"),
            "-p", $"{_port}", "-U", Superuser, "-c", $"CREATE DATABASE {name}",
        ]);
        await psql.WaitForExitAsync();
        return psql.ExitCode == 0
            ? $"postgres://{Superuser}@127.0.0.1:{_port}/{name}?sslmode=disable"
            : throw new InvalidOperationException("a database cannot be made: see above why");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _script.StandardInput.Close();
        await _script.WaitForExitAsync();
        _script.Dispose();
    }

    private static Process Start(string[] command) => Process.Start(
        new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        })!;

    private static string Programs() =>
        (Directory.Exists(Versions) ? Directory.EnumerateDirectories(Versions) : [])
            .Where(folder => File.Exists(Path.Combine(folder, "bin", "initdb")))
            .MaxBy(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)) is { } newest
            ? Path.Combine(newest, "bin")
            : throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql");

    private static int FreePort()
    {
        for (var port = FirstPort; port < FirstPort + Ports; port++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's: the next one.
            }
        }

        throw new InvalidOperationException($"no port from {FirstPort} on is free");
    }
}
