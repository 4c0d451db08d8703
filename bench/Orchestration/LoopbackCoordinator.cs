using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Bench.Orchestration;

/// <summary>
/// The program of <c>./sweep coordinator</c> on loopback for the time of a case, as <c>./sweep run</c> starts it.
/// </summary>
internal sealed class LoopbackCoordinator : IDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private LoopbackCoordinator(Process process) => _process = process;

    /// <summary>Starts one; whatever this process opens from here on finds it.</summary>
    /// <param name="store">Address of the store, which is there.</param>
    public static LoopbackCoordinator Start(string store)
    {
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        var program = BenchPlaces.Built("Orchestrator");
        Environment.SetEnvironmentVariable("SWEEP_SEEDS", $"127.0.0.1:{port}");
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, [program, "coordinator", "--store", store, "--until-input-ends"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["SWEEP_PORT"] = port },
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();   // a full pipe would stop it
        return new LoopbackCoordinator(process);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(EndLimit))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
