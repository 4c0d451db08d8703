using System.Text.Json;
using Shared;
using Tests.EndToEnd;

namespace Tests.EngineAkka;

/// <summary>
/// A coordinator, a worker and a person's commands, each a process of its own: a small quickstart comes to what it
/// comes to with the other engine.
/// </summary>
[Collection(ClusterProcesses.Collection)]
public sealed class ClusterResultsTests(SmallQuickstart alone) : IClassFixture<SmallQuickstart>
{
    [Theory]
    [MemberData(nameof(ClusterProcesses.Kinds), MemberType = typeof(ClusterProcesses))]
    public async Task A_cluster_of_three_processes_gives_the_results_of_the_other_engine(string store)
    {
        using var processes = await ClusterProcesses.OnAsync(store, coordinators: 1);
        await (await processes.OpenAsync()).DisposeAsync();   // the store is made
        processes.StartCoordinator(0);
        await processes.SubmitAsync(SmallQuickstart.File);
        processes.StartWorker("one", slots: 2);

        await processes.RunAsync("watch", SmallQuickstart.Name);
        await processes.RunAsync("report", SmallQuickstart.Name, "--out", processes.PathOf("report"));

        var report = await File.ReadAllTextAsync(Path.Combine(processes.PathOf("report"), "report.json"));
        CanonicalJson.Of(JsonSerializer.Deserialize<JsonElement>(report).GetProperty("results"))
            .ShouldBe(alone.Results);
    }
}

/// <summary>The quickstart with fewer updates and one replicate, and its results with the engine sql.</summary>
public sealed class SmallQuickstart : IAsyncLifetime
{
    /// <summary>Name of the sweep.</summary>
    public const string Name = "quickstart";

    private readonly SweepProgram _program = new();

    /// <summary>The sweep file.</summary>
    public static string File { get; } = Shortened();

    /// <summary>As canonical JSON.</summary>
    public string Results => _program.Results(Name);

    public async Task InitializeAsync()
    {
        var ran = await _program.RunAsync("run", _program.Write("small.yaml", File), "--slots", "2");
        ran.Code.ShouldBe(0, ran.Error);
    }

    public Task DisposeAsync()
    {
        _program.Dispose();
        return Task.CompletedTask;
    }

    private static string Shortened()
    {
        var clone = CloneFolder.Above(AppContext.BaseDirectory, System.IO.File.Exists).ShouldNotBeNull();
        var whole = System.IO.File.ReadAllText(Path.Combine(clone, "sweeps", "quickstart.yaml"));
        foreach (var (line, shorter) in ((string, string)[])
            [("training.updates: 300", "training.updates: 10"), ("replicates: 2", "replicates: 1")])
        {
            whole.ShouldContain(line);
            whole = whole.Replace(line, shorter, StringComparison.Ordinal);
        }

        return whole;
    }
}
