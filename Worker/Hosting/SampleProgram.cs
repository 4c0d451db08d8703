using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shared.Experiments;
using Training.Experiments;
using Training.Models;

namespace Worker.Hosting;

/// <summary>
/// <c>sample</c>: runs chains on a stored model and writes pictures; a store is never opened.
/// </summary>
public static class SampleProgram
{
    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(2);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var model = new Option<string>("--model") { Required = true, Description = "A model.safetensors" };
        var buffer = new Option<string?>("--buffer") { Description = "A buffer.safetensors to start from" };
        var steps = new Option<int>("--steps") { Required = true, Description = "Steps of a chain" };
        var count = new Option<int>("--count") { Required = true, Description = "How many chains" };
        var seed = new Option<long>("--seed") { Required = true, Description = "Seed of starts and steps" };
        var stepSize = new Option<double?>("--step-size") { Description = "Step size; default: the trial's" };
        var noise = new Option<double?>("--noise") { Description = "Noise of a step; default: the trial's" };
        var folder = new Option<string>("--out") { Required = true, Description = "Folder for the pictures" };
        var command = new Command("sample", "Runs chains on a stored model")
        {
            model, buffer, steps, count, seed, stepSize, noise, folder,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(model),
            parsed.GetValue(buffer),
            new SamplingRequest(
                parsed.GetValue(buffer) is null ? ChainStart.Noise : ChainStart.Buffer,
                parsed.GetValue(steps),
                parsed.GetValue(count),
                parsed.GetValue(seed))
            {
                StepSize = parsed.GetValue(stepSize),
                Noise = parsed.GetValue(noise),
            },
            parsed.GetRequiredValue(folder)));
        return command;
    }

    private static int Run(string model, string? buffer, SamplingRequest request, string folder)
    {
        try
        {
            var sampling = new ModelSampling(
                SafeTensors.Read(File.ReadAllBytes(model)),
                buffer is null ? null : SafeTensors.Read(File.ReadAllBytes(buffer)),
                request,
                Progress(request.Steps));
            var result = sampling.Run(ExperimentRunner.Default, ExperimentCatalog.Default);
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, "samples.png"), result.Grid);
            File.WriteAllBytes(Path.Combine(folder, "strip.png"), result.Strip);
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    energiesBefore = result.Before,
                    energiesAfter = result.After,
                    stripSteps = result.StripSteps,
                    stripChains = result.StripChains,
                },
                Options));
            return 0;
        }
        catch (Exception wrong) when (wrong is InvalidDataException or DataSetException)
        {
            Console.Error.WriteLine(wrong.Message);
            return 2;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"the pictures cannot be written to {folder}: {wrong.Message}");
            return 2;
        }
    }

    /// <summary>Nothing for two seconds, then a line every two.</summary>
    private static Action<int> Progress(int steps)
    {
        var since = Stopwatch.StartNew();
        return step =>
        {
            if (step == 0)
            {
                since.Restart();   // what came before was loading
            }
            else if (since.Elapsed >= QuietFor)
            {
                since.Restart();
                Console.Error.WriteLine($"step {step} of {steps}");
            }
        };
    }
}
