using System.Diagnostics;
using System.Runtime.InteropServices;
using Engine.Sql;
using Engine.Sql.Postgres;
using Microsoft.Data.Sqlite;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Postgres;

namespace Tests.EndToEnd.Chaos;

/// <summary>
/// A store with short leases, the sweep that everything happens to, and real programs on it.
/// </summary>
internal sealed class ChaosBox : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private const int BusyError = 5;   // SQLITE_BUSY
    private const int SecondsOfWrites = 2;   // no write of the test takes so long

    private readonly DirectoryInfo _folder;
    private readonly List<ChaosProcess> _processes = [];
    private readonly Dictionary<string, string?> _variables = [];
    private IStore? _store;

    private ChaosBox(DirectoryInfo folder, string address, string? password)
    {
        _folder = folder;
        Address = address;
        _variables["SWEEP_STORE"] = address;
        _variables["SWEEP_DATA"] = null;
        _variables["PGPASSWORD"] = password;
    }

    /// <summary>Beat half a second, lease 3 s: an outage is long soon.</summary>
    public static LeaseTimes Times { get; } =
        new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(5));

    public string Address { get; }

    public PostgresCluster? Cluster { get; private init; }

    private IStore Store => _store!;

    public static async Task<ChaosBox> OnSqliteAsync(string? folder = null)
    {
        var own = Folder();
        var box = new ChaosBox(own, $"sqlite:{Path.Combine(folder ?? own.FullName, "sweeps.db")}", null);
        box._store =
            await StoreOpening.OpenAsync(Parse(box.Address), StoreMode.Create, TimeProvider.System, Times);
        return box;
    }

    public static async Task<ChaosBox> OnPostgresAsync()
    {
        var cluster = await PostgresCluster.StartAsync(new PostgresSettings { IsDurable = true });
        var database = await cluster.CreateDatabaseAsync(await cluster.CreateRoleAsync());
        var box =
            new ChaosBox(Folder(), $"{database.Url}?sslmode=disable", database.Login.Password) { Cluster = cluster };
        var connecting =
            new PostgresConnecting((StoreAddress.Postgres)Parse(box.Address), database.Login.Password);
        box._store = await PostgresEngine.OpenAsync(connecting, StoreMode.Create, Times, default);
        return box;
    }

    /// <summary>Submits the sweep with the program, as a user does.</summary>
    public async Task SubmitAsync()
    {
        var file = Path.Combine(_folder.FullName, "chaos.yaml");
        await File.WriteAllTextAsync(file, ChaosFixture.File);
        var submit = Start("Orchestrator", "submit", file);
        (await submit.EndAsync()).ShouldBe(0, submit.Log);
    }

    /// <summary>Starts a worker of one slot, in a process group of its own where that is wanted.</summary>
    public ChaosProcess StartWorker(string name, bool isGroup = false) =>
        Start("Worker", ["--slots", "1", "--name", name, "--drain", "20s"], isGroup);

    /// <summary>
    /// Stops a process where it holds nothing: stopped in the middle of a write to a file, it would keep everybody out of
    /// the file until it goes on or is killed.
    /// </summary>
    public async Task FreezeAsync(ChaosProcess process)
    {
        process.Freeze();
        while (IsFileHeld())
        {
            process.Thaw();
            await Task.Delay(Look);
            process.Freeze();
        }
    }

    /// <summary>Starts a worker of one slot on a GPU.</summary>
    public ChaosProcess StartWorker(string name, FakeGpu gpu)
    {
        _variables["LD_LIBRARY_PATH"] = gpu.Library;
        return Start("Worker", ["--slots-per-gpu", "1", "--name", name], isGroup: false);
    }

    /// <summary>Starts a program of the build.</summary>
    public ChaosProcess Start(string program, params string[] arguments) =>
        Start(program, arguments, isGroup: false);

    private static DirectoryInfo Folder() => Directory.CreateTempSubdirectory("sweep-chaos-");

    private bool IsFileHeld()
    {
        if (Parse(Address) is not StoreAddress.Sqlite file)
        {
            return false;
        }

        using var connection = new SqliteConnection($"Data Source={file.Path};Pooling=False");
        connection.Open();
        using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.CommandTimeout = SecondsOfWrites;
        try
        {
            begin.ExecuteNonQuery();   // closing the connection takes it back
            return false;
        }
        catch (SqliteException held) when (held.SqliteErrorCode == BusyError)
        {
            return true;
        }
    }

    private ChaosProcess Start(string program, string[] arguments, bool isGroup)
    {
        var process = ChaosProcess.Start(program, arguments, _variables, _folder.FullName, isGroup);
        _processes.Add(process);
        return process;
    }

    /// <summary>Waits until the sweep is as wanted; a store that does not answer is asked again.</summary>
    public async Task<SweepState> UntilAsync(string what, Func<SweepState, Task<bool>> isWanted)
    {
        var started = Stopwatch.StartNew();
        while (started.Elapsed < Limit)
        {
            try
            {
                var state = await Store.ReadAsync(ChaosFixture.Name, CancellationToken.None);
                if (state is not null && await isWanted(state))
                {
                    return state;
                }
            }
            catch (StoreUnreachableException)
            {
                // It is stopped or full; that is what the test is about.
            }

            await Task.Delay(Look);
        }

        throw new TimeoutException(
            $"{what} not within {Limit}; the programs said:\n"
            + string.Join('\n', _processes.Select(p => p.Log)));
    }

    /// <summary>Waits until an attempt runs whose points reach an update.</summary>
    public async Task<AttemptState> RunningAsync(int update, Func<AttemptState, bool>? isMeant = null)
    {
        AttemptState? found = null;
        await UntilAsync($"an attempt at update {update}", async state =>
        {
            foreach (var running in state.Running.Values)
            {
                var attempt = state.Trial(running.Trial).Attempts[^1];
                var batches = await Store.ReadBatchesAsync(running, CancellationToken.None);
                if (isMeant?.Invoke(attempt) != false
                    && batches.Any(batch => batch.Points.Any(point => point.Step >= update)))
                {
                    found = attempt;
                    return true;
                }
            }

            return false;
        });
        return found!;
    }

    /// <summary>
    /// Waits for the sweep's end, ends the workers as their user does, and gives the results.
    /// </summary>
    public async Task<(SweepState State, string Results)> EndAsync()
    {
        var state = await UntilAsync("the end of the sweep", s => Task.FromResult(s.IsEnded));
        foreach (var process in _processes.Where(process => process.IsRunning))
        {
            process.Terminate();
            (await process.EndAsync()).ShouldBe(0, process.Log);
        }

        var folder = Path.Combine(_folder.FullName, "report");
        var report = Start("Orchestrator", "report", ChaosFixture.Name, "--out", folder);
        (await report.EndAsync()).ShouldBe(0, report.Log);
        return (state, ChaosFixture.ResultsIn(folder));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Dispose();
        }

        await Store.DisposeAsync();
        if (Cluster is not null)
        {
            await Cluster.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private static StoreAddress Parse(string address) =>
        ((StoreAddressReply.Parsed)StoreAddress.Parse(address)).Address;
}

/// <summary>A program of the build, run as a user runs it.</summary>
internal sealed partial class ChaosProcess : IDisposable
{
    private const int KillNow = 9;
    private const int TerminateNow = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task _errors;
    private readonly List<string> _lines = [];

    private ChaosProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = ReadErrorsAsync();
    }

    public int Id => _process.Id;

    public bool IsRunning => !_process.HasExited;

    /// <summary>What it has said on its error stream.</summary>
    public string Log
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public static ChaosProcess Start(
        string program,
        string[] arguments,
        IReadOnlyDictionary<string, string?> variables,
        string folder,
        bool isGroup)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var path = Path.GetFullPath(Path.Combine(
            AppContext.BaseDirectory, "..", "..", program, configuration, $"{program}.dll"));
        var start = new ProcessStartInfo(isGroup ? "setsid" : "env", ["dotnet", path, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return new ChaosProcess(Process.Start(start)!);
    }

    public void Kill9() => Send(_process.Id, KillNow).ShouldBe(0);

    public static void Kill9(int process) => Send(process, KillNow).ShouldBe(0);

    public void Terminate() => Send(_process.Id, TerminateNow).ShouldBe(0);

    public static void Terminate(int process) => Send(process, TerminateNow).ShouldBe(0);

    /// <summary>
    /// Tells the process and all that it started, which only a group's first process can be asked.
    /// </summary>
    public void TerminateGroup() => Send(-_process.Id, TerminateNow).ShouldBe(0);

    public static bool Runs(int process) => Directory.Exists($"/proc/{process}");

    public static void Freeze(int process) => Send(process, Stop).ShouldBe(0);

    public static void Thaw(int process) => Send(process, Continue).ShouldBe(0);

    public void Freeze() => Send(_process.Id, Stop).ShouldBe(0);

    public void Thaw() => Send(_process.Id, Continue).ShouldBe(0);

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        await _errors.WaitAsync(limit.Token);
        _ = await _output.WaitAsync(limit.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
