using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Shared.Execution;
using Shared.Sweeps;

namespace Worker.Hosting;

/// <summary>A slot's process as its worker holds it.</summary>
public sealed class SlotProcess : IDisposable
{
    private readonly Process _process;
    private readonly FrameStream _frames;
    private readonly LogTail _log = new();
    private readonly Task _logEnd;
    private readonly long _memoryKills = MemoryDeath.Kills();
    private long _lastResident;   // bytes, when last seen

    private SlotProcess(Process process)
    {
        _process = process;
        _frames = new FrameStream(process.StandardOutput.BaseStream, process.StandardInput.BaseStream);
        _logEnd = KeepLogAsync();
    }

    /// <summary>The end of what the process wrote to its log since it was last given an attempt.</summary>
    public string Log => _log.ToString();

    /// <summary>The same, with the attempt; nothing before the first.</summary>
    public SlotSaid? Said => _log.Said;

    /// <summary>Number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Resident memory of the process, or what it had when it was last seen; 0 unknown.</summary>
    public long ResidentBytes
    {
        get
        {
            try
            {
                var pages = File.ReadAllText($"/proc/{_process.Id}/statm").Split(' ')[1];
                _lastResident = long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
            }
            catch (Exception gone) when (gone is IOException or IndexOutOfRangeException)
            {
                // It has ended, or this system has no such file.
            }

            return _lastResident;
        }
    }

    /// <summary>Starts this program again as a slot.</summary>
    /// <param name="spool">Folder for artifacts on their way to the worker.</param>
    /// <param name="data">Folder that data are looked for in, where the command line gave one.</param>
    /// <param name="device">Variables that give it its device.</param>
    public static SlotProcess Start(
        string spool, string? data, IEnumerable<KeyValuePair<string, string>> device)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(SlotProcess).Assembly.Location);
        }

        string[] ofData = data is null ? [] : ["--data", data];
        foreach (var argument in (string[])["slot", "--spool", spool, .. ofData])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var threads in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"])
        {
            start.Environment[threads] = "1";
        }

        foreach (var (name, value) in device)
        {
            start.Environment[name] = value;
        }

        return new SlotProcess(Process.Start(start)!);
    }

    /// <summary>What the slot says, until its process ends or says something that is no message.</summary>
    public async IAsyncEnumerable<FromSlot> ListenAsync()
    {
        while (await ReadAsync() is { } message)
        {
            yield return message;
        }
    }

    /// <summary>What the process writes from now on is said of this attempt.</summary>
    public void Begin(AttemptId attempt) => _log.Begin(attempt);

    /// <summary>
    /// Says something to the slot; a slot that is gone is found by <see cref="ListenAsync"/>.
    /// </summary>
    public async Task TellAsync(ToSlot message)
    {
        try
        {
            await _frames.WriteAsync(SlotMessageJson.Write(message));
        }
        catch (IOException) when (_process.HasExited)
        {
            _log.Add("(the process ended before it could be told what to do)");
        }
    }

    /// <summary>Waits for the process and its log to end.</summary>
    /// <returns>How it ended, one sentence.</returns>
    public async Task<string> EndAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();   // it closed its pipe, or sent something that is no frame
        }

        await _process.WaitForExitAsync();
        await _logEnd;
        var sentence = MemoryDeath.Sentence(
            _process.Id, _process.ExitCode, MemoryDeath.Kills() - _memoryKills, _lastResident);
        return MemoryDeath.Explain(sentence, Log);
    }

    /// <summary>Ends the process; <see cref="ListenAsync"/> ends with it.</summary>
    public void Kill() => _process.Kill();

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    /// <summary>The next message; nothing when the process is gone or what it sent is none.</summary>
    private async Task<FromSlot?> ReadAsync()
    {
        try
        {
            return await _frames.ReadAsync() is { } payload ? SlotMessageJson.ReadFromSlot(payload) : null;
        }
        catch (Exception damage) when (damage is FrameDamagedException or JsonException or IOException)
        {
            _log.Add($"(the slot sent what is no message: {damage.Message})");
            return null;
        }
    }

    private async Task KeepLogAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _log.Add(line);
        }
    }
}
