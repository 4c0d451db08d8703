using System.Collections.Immutable;
using Engine.Sql;
using Shared.Experiments;
using Shared.Reports;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>Writes a sweep's report from its store.</summary>
public static class ReportFiles
{
    /// <summary>Writes the report and says where it is.</summary>
    /// <param name="engine">The store.</param>
    /// <param name="state">The sweep.</param>
    /// <param name="folder">Where the files go; made when missing.</param>
    /// <param name="output">Takes one line.</param>
    public static async Task WriteAsync(SqliteEngine engine, SweepState state, string folder, TextWriter output)
    {
        var stored = await engine.ReadBatchesAsync(state.Name, 0, CancellationToken.None);
        var artifacts = ImmutableArray.CreateBuilder<ReportArtifact>();
        foreach (var entry in await engine.ListAsync(state.Name, CancellationToken.None))
        {
            var bytes = ReportArtifact.IsShown(entry)
                ? await engine.ReadAsync(entry.Attempt, entry.Name, CancellationToken.None)
                : [];
            artifacts.Add(new ReportArtifact(entry, [.. bytes!]));
        }

        var metrics = ExperimentCatalog.Default.Find(state.Plan!.Experiment)!.Metrics;
        var model = ReportModel.Build(new ReportSource(state, stored.Batches, artifacts.ToImmutable(), metrics));
        foreach (var file in Report.Render(model))
        {
            var path = Path.Combine(folder, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, file.Bytes.ToArray());
        }

        await output.WriteLineAsync($"report: {Places.Show(Path.Combine(folder, "report.html"))}");
    }
}
