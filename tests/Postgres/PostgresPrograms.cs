using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tests.Shared.Reports;

namespace Tests.Postgres;

/// <summary>PostgreSQL's programs on this machine.</summary>
internal static class PostgresPrograms
{
    private const string Versions = "/usr/lib/postgresql";   // Debian's; else what pg_config names
    // Below the ports that connections get, so that none of them takes a stopped server's.
    private const int FirstPort = 21_000;
    private const int Ports = 10_000;

    private static readonly string Folder = Find();
    private static int _lastPort = Environment.ProcessId % Ports;

    /// <summary>The script that makes a cluster and keeps it; as user postgres where this is root.</summary>
    public static ProcessStartInfo Script(PostgresSettings settings, int port)
    {
        var text = Encoding.UTF8.GetString(RepositoryFiles.Read("tests/Postgres/cluster.sh"));
        var start = Quiet(Environment.IsPrivilegedProcess ? "runuser" : "bash");
        string[] asPostgres = Environment.IsPrivilegedProcess ? ["-u", "postgres", "--", "bash"] : [];
        string[] arguments =
        [
            .. asPostgres, "-c", text, "cluster", Folder, $"{port}", settings.WithTls ? "tls" : "plain",
            .. settings.IsDurable ? [] : (string[])["fsync=off"], .. settings.Lines,
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        return start;
    }

    /// <summary>psql as superuser on the socket, stopping at the first error.</summary>
    public static ProcessStartInfo Psql(string socketFolder, int port, string database)
    {
        var start = Quiet(Path.Combine(Folder, "psql"));
        string[] arguments =
        [
            "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", socketFolder, "-p", $"{port}",
            "-U", "postgres", "-d", database,
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        return start;
    }

    /// <summary>A port that nothing listens on; the next call gives another one.</summary>
    public static int FreePort()
    {
        for (var tries = 0; tries < Ports; tries++)
        {
            var port = FirstPort + (Interlocked.Increment(ref _lastPort) % Ports);
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

    private static ProcessStartInfo Quiet(string program) => new(program)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = "/",
        Environment = { ["LC_ALL"] = "C" },
    };

    private static int VersionOf(string programs) =>
        int.TryParse(Path.GetFileName(Path.GetDirectoryName(programs)), out var version) ? version : 0;

    private static string Find()
    {
        if (Directory.Exists(Versions))
        {
            var newest = Directory.EnumerateDirectories(Versions)
                .Select(folder => Path.Combine(folder, "bin"))
                .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
                .MaxBy(VersionOf);
            if (newest is not null)
            {
                return newest;
            }
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql");
    }
}
