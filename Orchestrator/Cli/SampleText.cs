using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>What <c>sample</c> prints: which picture shows what, and the energies of the chains.</summary>
public static class SampleText
{
    // An energy that is not finite is a finding, and JSON has no number for it.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes it to standard output.</summary>
    /// <param name="state">The sweep.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="json">What the worker said.</param>
    /// <param name="folder">Where the pictures are.</param>
    /// <param name="asJson">For machines.</param>
    public static void Write(SweepState state, SampleRequest request, string json, string folder, bool asJson)
    {
        var said = JsonSerializer.Deserialize<Energies>(json, Options)!;
        var (grid, strip) = (Path.Combine(folder, "samples.png"), Path.Combine(folder, "strip.png"));
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    sweep = state.Name,
                    request.Trial,
                    request.Start,
                    request.Steps,
                    request.Count,
                    request.StepSize,
                    request.Noise,
                    request.Seed,
                    samples = grid,
                    strip,
                    said.StripSteps,
                    said.StripChains,
                    said.EnergiesBefore,
                    said.EnergiesAfter,
                },
                Options));
            return;
        }

        var columns = (int)Math.Ceiling(Math.Sqrt(request.Count));
        Console.WriteLine(
            $"{request.Count} chains of {request.Steps} steps from {Where(request)}, "
            + $"trial {request.Trial} of {state.Name}, seed {request.Seed}");
        Console.WriteLine("chain   energy at the start   energy at the end");
        for (var i = 0; i < said.EnergiesAfter.Length; i++)
        {
            var (before, after) = (Text(said.EnergiesBefore[i]), Text(said.EnergiesAfter[i]));
            Console.WriteLine($"{i + 1,5}   {before,19}   {after,17}");
        }

        Console.WriteLine(
            $" mean   {Text(said.EnergiesBefore.Average()),19}   {Text(said.EnergiesAfter.Average()),17}");
        Console.WriteLine(
            $"{Places.Show(grid)}: the chains' ends, {columns} in a row, chain 1 at the top left");
        Console.WriteLine(
            $"{Places.Show(strip)}: chains 1 to {said.StripChains}, one a row, after "
            + $"{string.Join(", ", said.StripSteps)} steps");
    }

    private static string Where(SampleRequest request) =>
        request.Start == "noise" ? "fresh noise" : "a copy of its replay buffer";

    private static string Text(double energy) => energy.ToString("g5", CultureInfo.InvariantCulture);

    private sealed record Energies(
        double[] EnergiesBefore, double[] EnergiesAfter, int[] StripSteps, int StripChains);
}
