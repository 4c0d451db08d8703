using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Tests.Postgres;

/// <summary>A real pgbouncer in front of a cluster, gone when it is disposed of.</summary>
internal sealed class Pooler : IDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private Pooler(Process process, DirectoryInfo folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    /// <summary>Port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts a pooler and waits until it answers.</summary>
    /// <param name="cluster">What it stands in front of.</param>
    /// <param name="database">The database and login that it lends sessions of.</param>
    /// <param name="mode"><c>transaction</c> or <c>session</c>.</param>
    /// <param name="limit">How long it may take to answer.</param>
    public static async Task<Pooler> StartAsync(
        PostgresCluster cluster, PostgresDatabase database, string mode, TimeSpan limit)
    {
        var folder = Directory.CreateTempSubdirectory("pooler-");
        var port = PostgresPrograms.FreePort();
        var users = Path.Combine(folder.FullName, "users.txt");
        var settings = Path.Combine(folder.FullName, "pgbouncer.ini");
        await File.WriteAllTextAsync(users, $"\"{database.Login.Role}\" \"{database.Login.Password}\"\n");
        await File.WriteAllTextAsync(settings, $"""
            [databases]
            {database.Name} = host=127.0.0.1 port={cluster.Port} dbname={database.Name}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = {users}
            pool_mode = {mode}
            ignore_startup_parameters = extra_float_digits
            """);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Readable =
                UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            File.SetUnixFileMode(users, Readable);
            File.SetUnixFileMode(settings, Readable);
            folder.UnixFileMode |= UnixFileMode.OtherExecute | UnixFileMode.GroupExecute;
        }

        var pooler = new Pooler(Start(settings), folder, port);
        await pooler.AnswersAsync(limit);
        return pooler;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static Process Start(string settings)
    {
        if (!File.Exists(Program))
        {
            throw new InvalidOperationException("pgbouncer is not installed: apt-get install pgbouncer");
        }

        var start = new ProcessStartInfo(Environment.IsPrivilegedProcess ? "runuser" : Program)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        string[] arguments = Environment.IsPrivilegedProcess
            ? ["-u", "postgres", "--", Program, "-q", settings]
            : ["-q", settings];
        Array.ForEach(arguments, start.ArgumentList.Add);
        return Process.Start(start)!;
    }

    private async Task AnswersAsync(TimeSpan limit)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(began) < limit)
            {
                await Task.Delay(Look);
            }
        }
    }
}
