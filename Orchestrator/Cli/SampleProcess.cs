using System.Diagnostics;
using System.Globalization;

namespace Orchestrator.Cli;

/// <summary>The worker program as it samples from a stored model: only it sees tensors.</summary>
public static class SampleProcess
{
    /// <summary>Samples; what the worker says on its error stream is passed on as it comes.</summary>
    /// <param name="model">Bytes of the stored model.</param>
    /// <param name="buffer">Bytes of the stored chains, where chains start there.</param>
    /// <param name="request">What is to be sampled.</param>
    /// <param name="folder">Folder for the pictures.</param>
    /// <returns>The worker's exit code, and its JSON where that is 0.</returns>
    public static async Task<(int Code, string Json)> RunAsync(
        byte[] model, byte[]? buffer, SampleRequest request, string folder)
    {
        var files = Directory.CreateTempSubdirectory("sweep-sample-");
        try
        {
            var arguments = await ArgumentsAsync(files.FullName, model, buffer, request, folder);
            var start = WorkerProcess.Program(arguments);
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            process.ErrorDataReceived += (_, line) =>
            {
                if (line.Data is not null)
                {
                    Console.Error.WriteLine(line.Data);
                }
            };
            process.BeginErrorReadLine();
            var json = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode is 0 or ExitCode.WrongInput ? process.ExitCode : ExitCode.Failed, json);
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }

    private static async Task<List<string>> ArgumentsAsync(
        string files, byte[] model, byte[]? buffer, SampleRequest request, string folder)
    {
        var modelFile = Path.Combine(files, "model.safetensors");
        await File.WriteAllBytesAsync(modelFile, model);
        List<string> arguments =
        [
            "sample", "--model", modelFile, "--steps", Text(request.Steps), "--count", Text(request.Count),
            "--seed", Text(request.Seed), "--out", Path.GetFullPath(folder),
        ];
        if (buffer is not null)
        {
            var bufferFile = Path.Combine(files, "buffer.safetensors");
            await File.WriteAllBytesAsync(bufferFile, buffer);
            arguments.AddRange(["--buffer", bufferFile]);
        }

        if (request.StepSize is { } size)
        {
            arguments.AddRange(["--step-size", Text(size)]);
        }

        if (request.Noise is { } noise)
        {
            arguments.AddRange(["--noise", Text(noise)]);
        }

        return arguments;
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
