using System.CommandLine;
using Shared.Search;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>
/// <c>--test-mode</c>, <c>--dry-run</c> and <c>--no-test</c>: what can be learnt before a run.
/// </summary>
public sealed class RehearsalOptions
{
    private readonly Option<bool> _testMode = new("--test-mode")
    {
        Description = $"Train {TestPlan.Updates} updates of every configuration for real, evaluate it, and say "
            + "what fails and how long an update takes; nothing is kept",
    };

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Print the trials, then forecast time and disk from such a test; nothing is kept",
    };

    private readonly Option<bool> _noTest = new("--no-test")
    {
        Description = "With --dry-run: print the trials only, train nothing",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_testMode);
        command.Add(_dryRun);
        command.Add(_noTest);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_noTest) && (!result.GetValue(_dryRun) || result.GetValue(_testMode)))
            {
                result.AddError("--no-test goes with --dry-run alone: without it nothing is tested");
            }
        });
    }

    /// <summary>Whether the sweep is only to be rehearsed.</summary>
    public bool IsAsked(ParseResult arguments) =>
        arguments.GetValue(_testMode) || arguments.GetValue(_dryRun);

    /// <summary>Rehearses a sweep.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ParseResult arguments, SweepFileResult.Parsed sweep, WorkerSetup setup)
    {
        var isForecast = arguments.GetValue(_dryRun);
        if (isForecast)
        {
            var trials = TrialTable.Of(sweep.Plan);
            TextTable.Print(trials.Header, [.. trials.Rows]);
        }

        if (arguments.GetValue(_noTest))
        {
            return ExitCode.Done;
        }

        if (sweep.Spec.Data is { } set && await WorkerProcess.CheckAsync(set, setup.Data) is { } damage)
        {
            // The trials of a dry run stand without it; a test does not.
            await Console.Error.WriteLineAsync(isForecast ? $"no forecast: {damage}" : damage);
            return isForecast ? ExitCode.Done : ExitCode.WrongInput;
        }

        Console.WriteLine(
            $"testing {ProgressText.Count(sweep.Plan.Configurations.Length, "configuration")}, {TestPlan.Updates} updates and an "
            + $"evaluation each, on {ProgressText.Count(setup.Slots, "slot")}; Ctrl-C ends it, nothing is kept");
        var rehearsal = new Rehearsal(sweep, setup);
        var code = await rehearsal.GoAsync();
        if (code == ExitCode.Done && isForecast)
        {
            rehearsal.PrintForecast();
        }
        else if (code == ExitCode.Done)
        {
            Console.WriteLine("every configuration runs");
        }

        return code;
    }
}
