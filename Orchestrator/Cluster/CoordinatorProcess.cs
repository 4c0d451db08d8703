using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Engine.Sql;

namespace Orchestrator.Cluster;

/// <summary>
/// The coordinator that <c>run</c> and <c>resume</c> start on loopback: it works for as long as its standard input
/// is open.
/// </summary>
internal sealed class CoordinatorProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(15);

    private readonly Process _process;

    private CoordinatorProcess(Process process, string address)
    {
        _process = process;
        _process.BeginOutputReadLine();   // a full pipe would stop it
        Address = address;
    }

    /// <summary>Where it is reached, <c>host:port</c>.</summary>
    public string Address { get; }

    /// <summary>Starts one.</summary>
    /// <param name="store">Address of the store, absolute.</param>
    public static CoordinatorProcess Start(StoreAddress store)
    {
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        var address = $"127.0.0.1:{port}";
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Orchestrator.dll"), CoordinatorCommand.Name, "--store",
                store.ToString(), CoordinatorCommand.UntilInputEnds,
            ])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["SWEEP_SEEDS"] = address, ["SWEEP_PORT"] = port, ["SWEEP_HOST"] = "127.0.0.1" },
        };
        return new CoordinatorProcess(Process.Start(start)!, address);
    }

    /// <summary>Lets it end.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(EndLimit));
        if (!_process.HasExited)
        {
            _process.Kill();   // it writes nothing any more: what it was asked is answered
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
