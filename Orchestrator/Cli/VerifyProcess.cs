using System.Diagnostics;
using System.Text;
using Shared.Execution;

namespace Orchestrator.Cli;

/// <summary>The worker program as it verifies that a trial can be resumed: only it can train.</summary>
public static class VerifyProcess
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>Verifies; what the worker says on its error stream is passed on as it comes.</summary>
    /// <param name="start">The attempt that is trained.</param>
    /// <param name="data">Folder that data are looked for in, where the command line gave one.</param>
    /// <returns>The exit code, and the worker's JSON where it came to an end.</returns>
    public static async Task<(int Code, string Json)> RunAsync(ToSlot.Start start, string? data)
    {
        using var interrupts = new Interrupts();
        using var process = Process.Start(WorkerProcess.Program(["verify", .. WorkerProcess.FolderOf(data)]))!;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                Console.Error.WriteLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        await process.StandardInput.WriteLineAsync(Encoding.UTF8.GetString(SlotMessageJson.Write(start)));
        await process.StandardInput.FlushAsync();
        var json = process.StandardOutput.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        while (!ended.IsCompleted && !interrupts.HasCome)
        {
            await Task.WhenAny(ended, Task.Delay(Look));
        }

        process.StandardInput.Close();   // after an interrupt the worker gives up and cleans up
        await ended;
        return process.ExitCode switch
        {
            ExitCode.Done or ExitCode.WrongInput or ExitCode.Interrupted => (process.ExitCode, await json),
            _ => (ExitCode.Failed, await json),
        };
    }
}
