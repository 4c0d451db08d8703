using System.CommandLine;
using System.Text.Json;
using Shared.Data;
using Shared.Diagnosis;

namespace Orchestrator.Cli;

/// <summary><c>data</c>: which data sets are where; <c>data pull</c> gets one.</summary>
public static class DataCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = CliOptions.Data();
        var output = CliOptions.Output("table", "json");
        var command = new Command(
            "data",
            "Says which data sets are where and compares them with their published checksums.\n\n"
            + "Example: ./sweep data -o json")
        {
            data, output, Pull(),
        };
        command.SetAction((parsed, _) => ListAsync(parsed.GetValue(data), parsed.GetValue(output)!));
        return command;
    }

    private static Command Pull()
    {
        var set = new Argument<string>("set") { Description = "Name of a data set, such as mnist" };
        var folder = new Option<string?>("--to")
        {
            HelpName = "DIR",
            Description = "Folder that the set's folder goes into; default runs/data in the clone",
        };
        var command = new Command(
            "pull",
            "Downloads a data set from public mirrors; its checksums decide whether a file is kept.\n\n"
            + "Example: ./sweep data pull mnist")
        {
            set, folder,
        };
        command.SetAction((parsed, _) => PullAsync(parsed.GetRequiredValue(set), parsed.GetValue(folder)));
        return command;
    }

    private static async Task<int> PullAsync(string set, string? folder)
    {
        using var interrupts = new Interrupts();   // the worker program gives up and cleans up
        string[] to = folder is null ? [] : ["--to", Path.GetFullPath(folder)];
        return await WorkerProcess.RunInFrontAsync(["pull", set, .. to]);
    }

    private static async Task<int> ListAsync(string? data, string output)
    {
        var (code, json, error) = await WorkerProcess.AskAsync(["data", .. WorkerProcess.FolderOf(data)]);
        if (code != 0)
        {
            await Console.Error.WriteLineAsync(error);
            return code == ExitCode.WrongInput ? ExitCode.WrongInput : ExitCode.Failed;
        }

        if (output == "json")
        {
            Console.WriteLine(json.TrimEnd());
            return ExitCode.Done;
        }

        Print(StatusJson.Read<ImageSetStatus>(json));
        return ExitCode.Done;
    }

    private static void Print(IReadOnlyList<ImageSetStatus> sets)
    {
        TextTable.Print(
            ["set", "state", "size", "where, or how to get it"],
            [.. sets.Select(set => (string[])
            [
                set.Name,
                JsonNamingPolicy.KebabCaseLower.ConvertName(set.State.ToString()),
                set.Folder is null ? "" : MachineFindings.Size(set.Bytes),
                set.State is ImageSetState.Verified ? set.Folder! : set.HowToGet,
            ])]);
        foreach (var set in sets.Where(set => set.Wrong is not null))
        {
            Console.WriteLine($"{set.Name}: {set.Wrong}");
        }
    }
}
