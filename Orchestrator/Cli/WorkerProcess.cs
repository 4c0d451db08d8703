using System.Collections.Concurrent;
using System.Diagnostics;
using Engine.Sql;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>
/// The worker that <c>run</c> and <c>resume</c> start: it works for as long as its standard input is open.
/// </summary>
public sealed class WorkerProcess : IDisposable
{
    private const int LinesKept = 40;

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();
    private readonly ConcurrentQueue<string> _newLines = new();
    private readonly Task _logEnd;

    private WorkerProcess(Process process, string log)
    {
        _process = process;
        _process.BeginOutputReadLine();   // it says nothing there; a full pipe would stop it
        _logEnd = KeepLogAsync(log);
    }

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>What the worker has said since the last call.</summary>
    public IEnumerable<string> NewLines()
    {
        while (_newLines.TryDequeue(out var line))
        {
            yield return line;
        }
    }

    /// <summary>Reads a data set with the worker program.</summary>
    /// <param name="set">Name of the data set.</param>
    /// <param name="data">Folder that it is looked for in, where the command line gave one.</param>
    /// <returns>Nothing when it is whole; otherwise one sentence.</returns>
    public static async Task<string?> CheckAsync(string set, string? data)
    {
        var (code, _, sentence) = await AskAsync(["check", set, .. FolderOf(data)]);
        return code == 0 ? null : sentence;
    }

    /// <summary>Reads every data set that the trials of a sweep read, with the worker program.</summary>
    /// <param name="plan">The sweep.</param>
    /// <param name="data">Folder that sets are looked for in, where the command line gave one.</param>
    /// <returns>Nothing when all are whole; otherwise one sentence.</returns>
    public static async Task<string?> CheckAsync(SweepPlan plan, string? data)
    {
        foreach (var set in plan.AllData)
        {
            if (await CheckAsync(set, data) is { } sentence)
            {
                return sentence;
            }
        }

        return null;
    }

    /// <summary>Has the worker program carry out a command that ends by itself.</summary>
    /// <param name="arguments">The command and its arguments.</param>
    /// <returns>Its exit code, what it wrote, and what it wrote to the error stream.</returns>
    public static async Task<(int Code, string Output, string Error)> AskAsync(params string[] arguments)
    {
        using var process = Process.Start(Program(arguments))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, error.TrimEnd());
    }

    /// <summary>Has the worker program carry out a command that speaks to the user itself.</summary>
    /// <param name="arguments">The command and its arguments.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunInFrontAsync(params string[] arguments)
    {
        var start = Program(arguments);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = false;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Starts the worker program that was built beside this one.</summary>
    /// <param name="store">Address of the store, absolute.</param>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="slots">How many slots.</param>
    /// <param name="data">Folder that data are looked for in, where the command line gave one.</param>
    /// <param name="log">File that takes its log.</param>
    public static WorkerProcess Start(StoreAddress store, string sweep, int slots, string? data, string log)
    {
        var start = Program(
        [
            "run", "--store", store.ToString(), "--sweep", sweep, "--slots", $"{slots}", .. FolderOf(data),
        ]);
        return new WorkerProcess(Process.Start(start)!, log);
    }

    /// <summary>Asks it to hand back what runs and to end.</summary>
    public void AskToStop() => _process.StandardInput.Close();

    /// <summary>Waits for it to end.</summary>
    /// <returns>Its exit code and the last lines of its log.</returns>
    public async Task<(int Code, string Log)> EndAsync()
    {
        await _process.WaitForExitAsync();
        await _logEnd;
        return (_process.ExitCode, string.Join('\n', _lastLines));
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    /// <summary>The arguments that hand a data folder on.</summary>
    /// <param name="data">The folder, where the command line gave one.</param>
    public static string[] FolderOf(string? data) => data is null ? [] : ["--data", Path.GetFullPath(data)];

    /// <summary>
    /// How the worker program that was built beside this one is started, its streams redirected.
    /// </summary>
    internal static ProcessStartInfo Program(IEnumerable<string> arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var program = Path.GetFullPath(
            Path.Combine(AppContext.BaseDirectory, "..", "..", "Worker", configuration, "Worker.dll"));
        return new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private async Task KeepLogAsync(string path)
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _newLines.Enqueue(line);
            _lastLines.Enqueue(line);
            if (_lastLines.Count > LinesKept)
            {
                _lastLines.Dequeue();
            }

            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.AppendAllTextAsync(path, line + "\n");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _newLines.Enqueue($"{path} cannot be written: {e.Message}");
            }
        }
    }
}
