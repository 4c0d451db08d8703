using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Shared.Execution;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>
/// <c>verify-resume</c>: whether a trial that is killed and resumed gives the results of one that is not.
/// </summary>
public static class VerifyResumeCommand
{
    private const int DifferencesShown = 20;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var input = new SweepFileInput();
        var data = CliOptions.Data();
        var output = CliOptions.Output("table", "json");
        var trial = new Option<int>("--trial")
        {
            HelpName = "N",
            DefaultValueFactory = _ => 1,
            Description = "Which trial of the file, as run --dry-run numbers them",
        };
        var command = new Command(
            "verify-resume",
            "Trains a trial straight through, and once more with a kill in the middle, and compares every "
            + "result bit for bit. Keeps nothing; exit code 1 when anything differs.\n\n"
            + "Example: ./sweep verify-resume sweeps/quickstart.yaml --trial 3 --set training.updates=60")
        {
            trial, data, output,
        };
        input.AddTo(command);
        command.SetAction(async (parsed, _) => await input.ReadAsync(parsed) is { } sweep
            ? await RunAsync(
                sweep.Plan, sweep.Spec.Name, parsed.GetValue(trial), parsed.GetValue(data),
                parsed.GetValue(output) == "json")
            : ExitCode.WrongInput);
        return command;
    }

    private static async Task<int> RunAsync(SweepPlan plan, string name, int trial, string? data, bool asJson)
    {
        if (trial < 1 || trial > plan.Trials.Length)
        {
            await Console.Error.WriteLineAsync(
                $"--trial takes a whole number from 1 to {plan.Trials.Length}, the trials of {name}, not {trial}");
            return ExitCode.WrongInput;
        }

        if (plan.Data is { } set && await WorkerProcess.CheckAsync(set, data) is { } damage)
        {
            await Console.Error.WriteLineAsync(damage);
            return ExitCode.WrongInput;
        }

        var (code, json) = await VerifyProcess.RunAsync(
            TrialStart.Of(plan, new AttemptId(name, trial, 1)), data);
        if (json.Length > 0 && asJson)
        {
            Console.WriteLine(json.TrimEnd());
        }
        else if (json.Length > 0)
        {
            Print(JsonSerializer.Deserialize<Report>(json, Options)!);
        }

        return code;
    }

    private static void Print(Report report)
    {
        TextTable.Print(
            [
                "experiment", "updates", "killed at", "began again from", "checkpoint", "points", "artifacts",
                "differing",
            ],
            [
                [
                    report.Experiment,
                    Text(report.Updates),
                    Text(report.KilledAt),
                    Text(report.BegunFrom),
                    ProgressText.Bytes(report.CheckpointBytes),
                    Text(report.Points),
                    Text(report.Artifacts),
                    Text(report.Differing.Length),
                ],
            ]);
        foreach (var difference in report.Differing.Take(DifferencesShown))
        {
            Console.WriteLine(difference);
        }

        if (report.Differing.Length > DifferencesShown)
        {
            Console.WriteLine($"and {Text(report.Differing.Length - DifferencesShown)} more");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What the worker program found.</summary>
    private sealed record Report(
        string Experiment,
        int Updates,
        int KilledAt,
        int BegunFrom,
        long CheckpointBytes,
        int Points,
        int Artifacts,
        string[] Differing);
}
