using System.Text.Json;
using Shared;

namespace Tests.EndToEnd.Chaos;

/// <summary>The toy with checkpoints, and its results when nothing goes wrong.</summary>
public sealed class ChaosFixture : IAsyncLifetime
{
    public const string Name = "chaos-toy";

    public const int Updates = 600;

    /// <summary>Distance of two checkpoints.</summary>
    public const int Every = 20;

    public const string File = """
        name: chaos-toy
        question: Does a sweep end as it would have, whatever is killed?
        experiment: toy
        seed: 5
        metric: {name: kl, goal: minimize}
        checkpoint: {every_updates: 20}
        parameters:
          training.updates: 600
          training.batch_size: 64
          sampler.steps: 10
          initialisation.start: {values: [noise, buffer]}
        """;

    private readonly SweepProgram _undisturbed = new();

    public string Results { get; private set; } = "";

    public static string ResultsIn(string folder) => CanonicalJson.Of(JsonSerializer.Deserialize<JsonElement>(
        System.IO.File.ReadAllText(Path.Combine(folder, "report.json"))).GetProperty("results"));

    public async Task InitializeAsync()
    {
        var ran = await _undisturbed.RunAsync("run", _undisturbed.Write("chaos.yaml", File), "--slots", "2");
        ran.Code.ShouldBe(0, ran.Error);
        Results = ResultsIn(Path.Combine(_undisturbed.Folder, Name));
    }

    public Task DisposeAsync()
    {
        _undisturbed.Dispose();
        return Task.CompletedTask;
    }
}
