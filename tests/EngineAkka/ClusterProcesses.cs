using System.Diagnostics;
using System.Globalization;
using System.Text;
using Engine.Akka;
using Engine.Akka.Nodes;
using Engine.Sql;

namespace Tests.EngineAkka;

/// <summary>The programs of a cluster on one SQLite store, as a user starts them.</summary>
internal sealed class ClusterProcesses : IDisposable
{
    private const string SweepFile = """
        name: demo
        question: Does the sweep go on?
        experiment: toy
        seed: 1
        replicates: 6
        metric: {name: kl, goal: minimize}
        checkpoint: {every_updates: 50}
        parameters:
          training.updates: 600
          sampler.steps: 20
          sampler.step_size: {values: [0.1]}
        """;

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("akka-cluster-");
    private readonly int[] _ports = [TestCluster.FreePort(), TestCluster.FreePort(), TestCluster.FreePort()];
    private readonly Dictionary<string, Process> _processes = new(StringComparer.Ordinal);
    private readonly StringBuilder _logs = new();

    private StoreAddress.Sqlite Store => new(Path.Combine(_folder.FullName, "store.db"));

    private string Seeds => string.Join(',', _ports.Select(port => $"127.0.0.1:{port}"));

    /// <summary>An engine that asks from outside, as commands do.</summary>
    public async Task<AkkaEngine> OpenAsync()
    {
        var (store, _) = await StoreOpening.OpenIndexedAsync(Store, StoreMode.Create, TimeProvider.System);
        return new AkkaEngine(store, new ClientLink(() =>
        {
            var layers = HoconLayers.Read(
                HoconLayers.FolderOf(AppContext.BaseDirectory),
                NodeRole.Client,
                name => name == "SWEEP_SEEDS" ? Seeds : null);
            return (ClusterSettings.Read(layers, NodeRole.Client, store.LeaseTimes), layers);
        }));
    }

    public async Task SubmitAsync()
    {
        var file = Path.Combine(_folder.FullName, "demo.yaml");
        await File.WriteAllTextAsync(file, SweepFile);
        var submit = Start("submit", "Orchestrator", ["submit", file], port: 0);
        await submit.WaitForExitAsync();
        submit.ExitCode.ShouldBe(0, Logs());
    }

    public void StartCoordinator(int number) =>
        Start($"coordinator-{number}", "Orchestrator", ["coordinator"], _ports[number]);

    public void StartWorker(string name) => Start(name, "Worker", ["--slots", "1", "--name", name], port: 0);

    public void Kill(string name) => _processes[name].Kill();

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
                ["SWEEP_STORE"] = Store.ToString(),
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
