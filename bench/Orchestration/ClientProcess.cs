using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace Bench.Orchestration;

/// <summary>
/// Clients in a process of their own: warms up, opens the store, says that it is ready, waits for a line,
/// works, and says how long each command took.
/// </summary>
internal sealed class ClientProcess : IDisposable
{
    private const string Name = "client";

    private readonly Process _process;

    private ClientProcess(Process process) => _process = process;

    /// <summary>The command, which the benchmark starts of itself.</summary>
    public static Command Create()
    {
        var warm = new Argument<string>("warm");
        var store = new Argument<string>("store");
        var sweep = new Argument<string>("sweep");
        var worker = new Argument<string>("worker");
        var clients = new Argument<int>("clients");
        var points = new Argument<int>("points");
        var command = new Command(Name, "Works on a sweep of the benchmark")
        {
            warm, store, sweep, worker, clients, points,
        };
        command.Hidden = true;
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(warm),
            parsed.GetRequiredValue(store),
            parsed.GetRequiredValue(sweep),
            parsed.GetRequiredValue(worker),
            parsed.GetRequiredValue(clients),
            parsed.GetRequiredValue(points)));
        return command;
    }

    /// <summary>Starts one and waits until it has opened the store.</summary>
    /// <param name="warm">A new store of the same kind, to warm up on.</param>
    /// <param name="store">The store.</param>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="worker">Name of the worker.</param>
    /// <param name="case">What is run.</param>
    public static async Task<ClientProcess> StartAsync(
        BenchStore warm, BenchStore store, string sweep, string worker, OrchestrationCase @case)
    {
        string[] arguments =
        [
            BenchPlaces.Program, Name, warm.Address, store.Address, sweep, worker,
            $"{@case.Clients}", $"{@case.PointsPerBatch}",
        ];
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var started = new ClientProcess(process);
        await started.ReadLineAsync();
        return started;
    }

    /// <summary>Lets it work, to the end.</summary>
    public async Task<Latencies> RunAsync()
    {
        await _process.StandardInput.WriteLineAsync("go");
        await _process.StandardInput.FlushAsync();
        return JsonSerializer.Deserialize<Latencies>(await ReadLineAsync())!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task RunAsync(
        string warm, string store, string sweep, string worker, int clients, int points)
    {
        await ReportingSweep.WarmUpAsync(warm);
        await using var engine = await BenchStore.OpenAsync(store);
        await engine.ReadAsync(sweep, default);
        Console.WriteLine("ready");
        if (Console.ReadLine() is not null)
        {
            var latencies = await ClientGroup.RunAsync(engine, sweep, worker, clients, points);
            Console.WriteLine(JsonSerializer.Serialize(latencies));
        }
    }

    private async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync()
        ?? throw new InvalidOperationException("a client ended: see above why");
}
