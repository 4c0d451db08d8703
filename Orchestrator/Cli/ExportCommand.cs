using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Shared.Engine;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Reports;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>
/// <c>export</c>: every metric point of every trial's last attempt, trial by trial; where it went on from a
/// checkpoint, those before it too.
/// </summary>
public static class ExportCommand
{
    private const string Unfinished = ".part";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var store = CliOptions.Store();
        var output = CliOptions.Output("csv", "json");
        var metrics = new Option<string[]>("--metric")
        {
            HelpName = "NAME",
            Description = "Only this metric; may be given several times. docs/METRICS.md defines them",
        };
        var file = new Option<string?>("--out")
        {
            HelpName = "FILE",
            Description = "File to write; default: the standard output",
        };
        var command = new Command(
            "export",
            "Writes every metric point of a sweep, one a line: trial, configuration, metric, step, value.\n\n"
            + "Example: ./sweep export quickstart --metric loss --metric gap --out loss.csv")
        {
            sweep, store, output, metrics, file,
        };
        command.SetAction((parsed, _) => Stores.WithSweepAsync(
            parsed.GetValue(store),
            parsed.GetRequiredValue(sweep),
            (engine, _, state) => RunAsync(
                engine,
                state,
                parsed.GetValue(output)!,
                parsed.GetValue(metrics) ?? [],
                parsed.GetValue(file))));
        return command;
    }

    private static async Task<int> RunAsync(
        IStore engine, SweepState state, string form, string[] metrics, string? file)
    {
        var experiment = ExperimentCatalog.Default.Find(state.Plan!.Experiment)!;
        var known = experiment.Metrics.Select(m => m.Name).ToList();
        if (Array.Find(metrics, metric => !known.Contains(metric)) is { } unknown)
        {
            await Console.Error.WriteLineAsync(
                $"--metric {unknown}: {state.Plan.Experiment} reports no such metric; it reports "
                + string.Join(", ", known));
            return ExitCode.WrongInput;
        }

        IMetricExport export = form == "json" ? new JsonExport(state) : new CsvExport(state);
        if (file is null)
        {
            await using var output = new StreamWriter(Console.OpenStandardOutput(), Utf8);
            await WriteAsync(engine, state, export, metrics, output);
            return ExitCode.Done;
        }

        try
        {
            await using (var output = new StreamWriter(file + Unfinished, append: false, Utf8))
            {
                await WriteAsync(engine, state, export, metrics, output);
            }

            // An export is never cut off under its name.
            File.Move(file + Unfinished, file, overwrite: true);
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{file} cannot be written: {e.Message}");
            return ExitCode.WrongInput;
        }
    }

    /// <summary>One trial is in memory at a time.</summary>
    private static async Task WriteAsync(
        IStore engine, SweepState state, IMetricExport export, string[] metrics, StreamWriter output)
    {
        var isFirst = true;
        await output.WriteAsync(export.Head);
        foreach (var trial in state.Trials.Where(t => !t.Attempts.IsEmpty))
        {
            var batches = ImmutableArray.CreateBuilder<MetricBatch>();
            foreach (var attempt in AttemptChain.Of(trial))
            {
                batches.AddRange(await engine.ReadBatchesAsync(attempt.Id, CancellationToken.None));
            }

            await ReportFiles.SayDamageAsync(batches);
            var measured = MetricCurves.ByAttempt(batches.ToImmutable());
            var points = AttemptChain.Points(trial, measured)
                .Where(point => metrics.Length == 0 || metrics.Contains(point.Metric));
            foreach (var point in points)
            {
                await output.WriteAsync(export.Line(trial, point, isFirst));
                isFirst = false;
            }
        }

        await output.WriteAsync(export.Tail);
    }
}
