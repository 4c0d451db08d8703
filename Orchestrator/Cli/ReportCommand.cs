using System.CommandLine;

namespace Orchestrator.Cli;

/// <summary><c>report</c>: writes a sweep's report again, the same bytes, from its store alone.</summary>
public static class ReportCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sweep = CliOptions.Sweep();
        var store = CliOptions.Store();
        var folder = new Option<string?>("--out")
        {
            HelpName = "DIR",
            Description = "Folder for the files; default: beside the store, under the sweep's name",
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
            "Writes a sweep's report: report.html, report.md, report.tex (tables for a paper), report.json and trials.csv.\n\n"
            + "Example: ./sweep report quickstart --out comparison")
        {
            sweep, store, folder,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(sweep), parsed.GetValue(store), parsed.GetValue(folder)));
        return command;
    }

    private static Task<int> RunAsync(string sweep, string? store, string? folder) =>
        Stores.WithSweepAsync(store, sweep, async (engine, address, state) =>
            await ReportFiles.WriteAsync(engine, state, folder ?? Places.Report(address, sweep))
                ? ExitCode.Done
                : ExitCode.WrongInput);
}
