using System.CommandLine;
using Shared.Reports;

namespace Orchestrator.Cli;

/// <summary>
/// <c>report</c>: writes a sweep's report again, the same bytes, from its store alone; or compares several sweeps.
/// </summary>
public static class ReportCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweeps = new Argument<string[]>("sweep")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Name of a sweep, such as quickstart; of several, to compare them",
        };
        sweeps.Validators.Add(result =>
        {
            var named = new HashSet<string>(StringComparer.Ordinal);
            if (result.Tokens.FirstOrDefault(token => !named.Add(token.Value)) is { } twice)
            {
                result.AddError($"the sweep {twice.Value} is named twice");
            }
        });
        var with = new Option<string[]>("--with")
        {
            HelpName = "EVALUATION",
            Description = "An evaluation of the sweep's models to put into its report; may be given several times",
        };
        with.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value is "" || token.Value.Contains(',')) is { } wrong)
            {
                result.AddError(
                    $"--with takes the name of one evaluation, not '{wrong.Value}': of several give each its own --with");
            }
        });
        var store = CliOptions.Store();
        var folder = new Option<string?>("--out")
        {
            HelpName = "DIR",
            Description = "Folder for the files; default: beside the store, under the sweep's name (a+b for a and b)",
        };
        folder.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
            {
                result.AddError("--out takes the path of a folder, not an empty text");
            }
        });
        var command = new Command(
            "report",
            "Writes a sweep's report: report.html, report.md, report.tex (tables for a paper), report.json, "
            + "trials.csv and metrics.csv.\n\n"
            + "Of several sweeps it writes one that compares all their configurations, without metrics.csv.\n\n"
            + "Example: ./sweep report quickstart\n"
            + "Example: ./sweep report quickstart --with quickstart-ood\n"
            + "Example: ./sweep report two-head-vs-jem energynet --out comparison")
        {
            sweeps, with, store, folder,
        };
        command.Validators.Add(result =>
        {
            // Its value cannot be asked for here: --with without one is another error.
            if (result.GetResult(with) is { Tokens.Count: > 0 } && result.GetResult(sweeps) is not { Tokens.Count: 1 })
            {
                result.AddError("--with goes with the report of one sweep, not with a comparison");
            }
        });
        command.SetAction((parsed, _) => parsed.GetValue(with) is { Length: > 0 } evaluations
            ? RunAsync(
                parsed.GetRequiredValue(sweeps)[0],
                [.. evaluations.Distinct(StringComparer.Ordinal)],
                parsed.GetValue(store),
                parsed.GetValue(folder))
            : RunAsync(parsed.GetRequiredValue(sweeps), parsed.GetValue(store), parsed.GetValue(folder)));
        return command;
    }

    private static Task<int> RunAsync(string sweep, string[] evaluations, string? store, string? folder) =>
        Stores.WithSweepsAsync(store, [sweep, .. evaluations], async (engine, address, states) =>
        {
            foreach (var evaluation in states[1..])
            {
                if (IncludedEvaluation.WhyNot(states[0], evaluation) is { } reason)
                {
                    await Console.Error.WriteLineAsync(reason);
                    return ExitCode.WrongInput;
                }
            }

            return await ReportFiles.WriteAsync(
                engine, states[..1], folder ?? Places.Report(address, sweep), states[1..])
                ? ExitCode.Done
                : ExitCode.WrongInput;
        });

    private static Task<int> RunAsync(string[] sweeps, string? store, string? folder) =>
        Stores.WithSweepsAsync(store, sweeps, async (engine, address, states) =>
            await ReportFiles.WriteAsync(engine, states, folder ?? Places.Report(address, string.Join('+', sweeps)))
                ? ExitCode.Done
                : ExitCode.WrongInput);
}
