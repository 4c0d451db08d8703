using System.Diagnostics;
using System.Globalization;
using System.Text;
using Engine.Akka;
using Engine.Akka.Nodes;
using Engine.Sql;
using Engine.Sql.Postgres;
using Shared.Engine;
using Tests.Postgres;

namespace Tests.EngineAkka;

/// <summary>The programs of a cluster on one store, as a user starts them.</summary>
internal sealed class ClusterProcesses : IDisposable
{
    /// <summary>Tests that start clusters, each alone: they measure how long things take.</summary>
    public const string Collection = "clusters of processes";

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CommandLimit = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("akka-cluster-");
    private readonly PostgresDatabase? _database;
    private readonly int[] _ports;
    private readonly Dictionary<string, Process> _processes = new(StringComparer.Ordinal);
    private readonly StringBuilder _logs = new();

    private ClusterProcesses(int coordinators, PostgresDatabase? database)
    {
        _database = database;
        _ports = [.. Enumerable.Range(0, coordinators).Select(_ => TestCluster.FreePort())];
    }

    /// <summary>Kinds of stores.</summary>
    public static TheoryData<string> Kinds => new() { "sqlite", "postgres" };

    private string Store => _database?.Url ?? $"sqlite:{PathOf("store.db")}";

    private StoreAddress Address => ((StoreAddressReply.Parsed)StoreAddress.Parse(Store)).Address;

    private string Seeds => string.Join(',', _ports.Select(port => $"127.0.0.1:{port}"));

    /// <summary>A cluster that has not started.</summary>
    /// <param name="kind">Of its store.</param>
    /// <param name="coordinators">One or three.</param>
    public static async Task<ClusterProcesses> OnAsync(string kind, int coordinators)
    {
        if (kind == "sqlite")
        {
            return new ClusterProcesses(coordinators, database: null);
        }

        var cluster = await PostgresCluster.SharedAsync();
        return new ClusterProcesses(
            coordinators, await cluster.CreateDatabaseAsync(await cluster.CreateRoleAsync()));
    }

    /// <summary>A file of this cluster, which is gone with it.</summary>
    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>An engine that asks from outside, as commands do.</summary>
    public async Task<AkkaEngine> OpenAsync()
    {
        IStore store = Address is StoreAddress.Postgres postgres
            ? await PostgresEngine.OpenAsync(
                new PostgresConnecting(postgres, _database!.Login.Password) { Engine = StoreEngine.Akka },
                StoreMode.Create,
                null,
                default)
            : (await StoreOpening.OpenIndexedAsync(Address, StoreMode.Create, TimeProvider.System)).Store;
        return new AkkaEngine(store, new ClientLink(() =>
        {
            var layers = HoconLayers.Read(
                HoconLayers.FolderOf(AppContext.BaseDirectory),
                NodeRole.Client,
                name => name == "SWEEP_SEEDS" ? Seeds : null);
            return (ClusterSettings.Read(layers, NodeRole.Client, store.LeaseTimes), layers);
        }));
    }

    /// <summary>Submits a sweep file.</summary>
    public async Task SubmitAsync(string text)
    {
        await File.WriteAllTextAsync(PathOf("sweep.yaml"), text);
        await RunAsync("submit", PathOf("sweep.yaml"));
    }

    /// <summary>Runs a command to its end, which is to be a good one.</summary>
    public async Task RunAsync(params string[] arguments)
    {
        using var limit = new CancellationTokenSource(CommandLimit);
        var command = Start(arguments[0], "Orchestrator", arguments, port: 0);
        await command.WaitForExitAsync(limit.Token);
        command.ExitCode.ShouldBe(0, Logs());
    }

    public void StartCoordinator(int number) =>
        Start($"coordinator-{number}", "Orchestrator", ["coordinator"], _ports[number]);

    public void StartWorker(string name, int slots = 1) => Start(
        name,
        "Worker",
        ["--slots", slots.ToString(CultureInfo.InvariantCulture), "--name", name],
        port: 0);

    public void Kill(string name) => _processes[name].Kill();

    public bool HasEnded(string name) => _processes[name].HasExited;

    /// <summary>Sends a signal that .NET has no name for.</summary>
    public void Signal(string name, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, $"{_processes[name].Id}"]);
        kill.WaitForExit();
    }

    /// <summary>What the programs said.</summary>
    public string Logs()
    {
        lock (_logs)
        {
            return _logs.ToString();
        }
    }

    /// <summary>Writes a line to the file of times.</summary>
    public static void Note(string line) =>
        File.AppendAllText(Path.Combine(AppContext.BaseDirectory, "cluster-times.txt"), line + "\n");

    /// <summary>Ends every program; its pipes, which a slot may still hold, are not waited for.</summary>
    public void Dispose()
    {
        foreach (var process in _processes.Values)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit(EndLimit);
            }

            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private Process Start(string name, string program, string[] arguments, int port)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var dll = Path.GetFullPath(Path.Combine(
            AppContext.BaseDirectory, "..", "..", program, configuration, $"{program}.dll"));
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
            Environment =
            {
                ["SWEEP_ENGINE"] = "akka",
                ["SWEEP_STORE"] = Store,
                ["PGPASSWORD"] = _database?.Login.Password,
                ["SWEEP_SEEDS"] = Seeds,
                ["SWEEP_PORT"] = port.ToString(CultureInfo.InvariantCulture),
            },
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(name, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(name, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (_processes.Remove(name, out var earlier))
        {
            earlier.Dispose();
        }

        return _processes[name] = process;
    }

    private void Keep(string name, string? line)
    {
        lock (_logs)
        {
            _logs.Append(name).Append(": ").AppendLine(line);
        }
    }
}

/// <summary>Nothing else runs beside a cluster of processes.</summary>
[CollectionDefinition(ClusterProcesses.Collection, DisableParallelization = true)]
public sealed class ClusterCollection;
