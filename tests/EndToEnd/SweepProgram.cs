using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Engine.Sql;
using Tests.Postgres;

namespace Tests.EndToEnd;

/// <summary>The built program, run as a user runs it, against a store in a folder of its own.</summary>
public sealed class SweepProgram : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sweep-test-");

    /// <summary>Folder that holds the store and the reports.</summary>
    public string Folder => _folder.FullName;

    public string Store => Database?.Url ?? $"sqlite:{Path.Combine(Folder, "sweeps.db")}";

    /// <summary>The database that holds the store; nothing for a file in the folder.</summary>
    public PostgresDatabase? Database { get; init; }

    /// <summary>Time zone of the program; nothing for that of the machine.</summary>
    public string? Zone { get; init; }

    /// <summary>Language of the program, such as <c>tr_TR.UTF-8</c>; nothing for that of the machine.</summary>
    public string? Language { get; init; }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Makes an empty store where the program looks for it.</summary>
    public async Task MakeStoreAsync()
    {
        var address = ((StoreAddressReply.Parsed)StoreAddress.Parse(Store)).Address;
        await using var made = await StoreOpening.OpenAsync(address, StoreMode.Create, TimeProvider.System);
    }

    public Process Start(params string[] arguments) => StartWithData(null, arguments);

    /// <summary>Starts the program with a data folder of its own.</summary>
    public Process StartWithData(string? data, params string[] arguments) =>
        StartProgram("Orchestrator", data, arguments);

    /// <summary>Starts <c>./sweep worker</c>.</summary>
    public Process StartWorker(params string[] arguments) => StartProgram("Worker", null, arguments);

    private Process StartProgram(string name, string? data, string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var program = Path.GetFullPath(Path.Combine(
            AppContext.BaseDirectory, "..", "..", name, configuration, $"{name}.dll"));
        // A shell that runs these tests in the background has them ignore interrupts, and children inherit
        // that.
        var start = new ProcessStartInfo("env")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        foreach (var argument in (string[])["--default-signal=INT", "dotnet", program])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["SWEEP_STORE"] = Store;
        start.Environment["SWEEP_DATA"] = data;
        start.Environment["TZ"] = Zone ?? Environment.GetEnvironmentVariable("TZ");
        start.Environment["LC_ALL"] = Language ?? Environment.GetEnvironmentVariable("LC_ALL");
        start.Environment["PGPASSWORD"] = Database?.Login.Password;
        return Process.Start(start)!;
    }

    public async Task<Ran> RunAsync(params string[] arguments) => await EndAsync(Start(arguments));

    public static async Task<Ran> EndAsync(Process process)
    {
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return new Ran(process.ExitCode, await output, await error);
    }

    public async Task<JsonElement> StatusAsync(string sweep)
    {
        var ran = await RunAsync("status", sweep, "-o", "json");
        return ran.Code == 0 ? JsonSerializer.Deserialize<JsonElement>(ran.Output) : default;
    }

    /// <summary>Waits until the status of a sweep is as wanted.</summary>
    public async Task<JsonElement> WaitAsync(string sweep, Func<JsonElement, bool> isWanted)
    {
        var started = Stopwatch.StartNew();
        while (started.Elapsed < Limit)
        {
            var status = await StatusAsync(sweep);
            if (status.ValueKind == JsonValueKind.Object && isWanted(status))
            {
                return status;
            }

            await Task.Delay(Look);
        }

        throw new TimeoutException($"the status of {sweep} was not as wanted within {Limit}");
    }

    public string Results(string sweep)
    {
        var report = File.ReadAllText(Path.Combine(Folder, sweep, "report.json"));
        return global::Shared.CanonicalJson.Of(
            JsonSerializer.Deserialize<JsonElement>(report).GetProperty("results"));
    }

    public static void Kill9(int process) => Kill(process, 9).ShouldBe(0);

    public static void Interrupt(int process) => Kill(process, 2).ShouldBe(0);

    public void Dispose() => _folder.Delete(recursive: true);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);
}

/// <summary>What a run of the program left.</summary>
public sealed record Ran(int Code, string Output, string Error);
