using System.Collections.Immutable;
using Shared.Engine;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Reports;
using Shared.Reports.Comparing;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>Writes a sweep's report from its store.</summary>
public static class ReportFiles
{
    private const string Unfinished = ".part";

    /// <summary>Writes the report of a sweep and says where it is.</summary>
    /// <param name="engine">The store.</param>
    /// <param name="state">The sweep.</param>
    /// <param name="folder">Where the files go; made when missing.</param>
    /// <returns>Whether it could be written; if not, the error stream has one sentence.</returns>
    public static Task<bool> WriteAsync(IStore engine, SweepState state, string folder) =>
        WriteAsync(engine, [state], folder);

    /// <summary>Writes the report of a sweep, or of several beside each other, and says where it is.</summary>
    /// <param name="engine">The store.</param>
    /// <param name="states">The sweeps, at least one.</param>
    /// <param name="folder">Where the files go; made when missing.</param>
    /// <param name="evaluations">Evaluations of the one sweep, which its report includes.</param>
    /// <returns>Whether it could be written; if not, the error stream has one sentence.</returns>
    public static async Task<bool> WriteAsync(
        IStore engine,
        ImmutableArray<SweepState> states,
        string folder,
        params ImmutableArray<SweepState> evaluations)
    {
        if (File.Exists(folder))
        {
            await Console.Error.WriteLineAsync(
                $"the report cannot be written to {folder}: it is a file, and a folder was expected");
            return false;
        }

        try
        {
            var models = await ModelsAsync(engine, states);
            if (!evaluations.IsEmpty)
            {
                var included = await ModelsAsync(engine, evaluations);
                models = [models.Single() with { Evaluations = [.. included.Select(m => new IncludedEvaluation(m))] }];
            }

            var files = models.Length == 1
                ? Report.Render(models[0])
                : ComparisonReport.Render(SweepComparison.Of(models));
            foreach (var file in files)
            {
                await WriteAsync(
                    Path.Combine(folder, file.Name), output => output.WriteAsync(file.Bytes.ToArray()).AsTask());
            }

            if (models.Length == 1)
            {
                await WriteAsync(
                    Path.Combine(folder, MetricsCsv.Name),
                    output => WriteLinesAsync(MetricsCsv.Lines(models[0]), output));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"the report cannot be written to {folder}: {e.Message}");
            return false;
        }

        Console.WriteLine($"report: {Places.Show(Path.Combine(folder, "report.html"))}");
        return true;
    }

    /// <summary>Says on the error stream, one line a batch, which batches cannot be read.</summary>
    public static async Task SayDamageAsync(IEnumerable<MetricBatch> batches)
    {
        foreach (var batch in batches.Where(batch => batch.Damage.Length > 0))
        {
            await Console.Error.WriteLineAsync(batch.DamageSentence);
        }
    }

    /// <summary>Writes a file that is never cut off under its name.</summary>
    private static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using (var output = File.Create(path + Unfinished))
        {
            await write(output);
        }

        File.Move(path + Unfinished, path, overwrite: true);
    }

    private static async Task WriteLinesAsync(IEnumerable<string> lines, Stream output)
    {
        await using var text = new StreamWriter(output);
        foreach (var line in lines)
        {
            await text.WriteAsync(line);
        }
    }

    private static async Task<ImmutableArray<ReportModel>> ModelsAsync(
        IStore engine, ImmutableArray<SweepState> states)
    {
        var models = ImmutableArray.CreateBuilder<ReportModel>(states.Length);
        foreach (var state in states)
        {
            models.Add(await ModelAsync(engine, state));
        }

        return models.MoveToImmutable();
    }

    private static async Task<ReportModel> ModelAsync(IStore engine, SweepState state)
    {
        var stored = await engine.ReadBatchesAsync(state.Name, 0, CancellationToken.None);
        await SayDamageAsync(stored.Batches);
        var artifacts = ImmutableArray.CreateBuilder<ReportArtifact>();
        foreach (var entry in await engine.ListAsync(state.Name, CancellationToken.None))
        {
            var bytes = ReportArtifact.IsShown(entry)
                ? await engine.ReadAsync(entry.Attempt, entry.Name, CancellationToken.None)
                : [];
            artifacts.Add(new ReportArtifact(entry, [.. bytes!]));
        }

        var metrics = ExperimentCatalog.Default.Find(state.Plan!.Experiment)!.Metrics;
        return ReportModel.Build(new ReportSource(state, stored.Batches, artifacts.ToImmutable(), metrics));
    }
}
