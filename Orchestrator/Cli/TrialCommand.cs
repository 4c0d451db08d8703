using System.Collections.Immutable;
using System.CommandLine;
using Shared.Engine;
using Shared.Metrics;
using Shared.Reports.Document;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary><c>trial</c>: everything that is known of one trial.</summary>
public static class TrialCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var trial = CliOptions.Trial();
        var store = CliOptions.Store();
        var output = CliOptions.Output("text", "json");
        var command = new Command(
            "trial",
            "Shows one trial: its attempts, where and on what each ran, the update that it began from, the last "
            + "value of each metric, what it stored, and the end of its log; while it runs, a few seconds old.\n\n"
            + "Example: ./sweep trial quickstart 3")
        {
            sweep, trial, store, output,
        };
        command.SetAction((parsed, _) => Stores.WithTrialAsync(
            parsed.GetValue(store),
            parsed.GetRequiredValue(sweep),
            parsed.GetRequiredValue(trial),
            (engine, state) => RunAsync(
                engine, state, parsed.GetRequiredValue(trial), parsed.GetValue(output) == "json")));
        return command;
    }

    private static async Task<int> RunAsync(IStore engine, SweepState state, int trial, bool asJson)
    {
        var batches = new Dictionary<AttemptId, ImmutableArray<MetricBatch>>();
        foreach (var attempt in state.Trial(trial).Attempts)
        {
            batches[attempt.Id] = await engine.ReadBatchesAsync(attempt.Id, CancellationToken.None);
        }

        await ReportFiles.SayDamageAsync(batches.Values.SelectMany(read => read));
        var artifacts = await engine.ListAsync(state.Name, CancellationToken.None);
        var seen = await engine.WorkersAsync(CancellationToken.None);
        var view = TrialView.Of(state, trial, batches, artifacts, seen);
        if (asJson)
        {
            Printed.Json(view);
            return ExitCode.Done;
        }

        var configuration = state.Plan!.Configurations.Single(c => c.Id == view.Configuration);
        foreach (var line in TrialText.Of(view, SweepProgress.LabelOf(configuration)))
        {
            Console.WriteLine(LogText.Line(line));
        }

        return ExitCode.Done;
    }
}
