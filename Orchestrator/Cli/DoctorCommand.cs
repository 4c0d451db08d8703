using System.CommandLine;
using System.Text.Json;
using Shared.Data;
using Shared.Diagnosis;

namespace Orchestrator.Cli;

/// <summary>
/// <c>doctor</c>: whether this machine can run sweeps, and the line that repairs what is wrong.
/// </summary>
public static class DoctorCommand
{
    private const string BuildAgain = "rm -rf artifacts, then ./sweep doctor, which builds it again";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var store = CliOptions.Store();
        var data = CliOptions.Data();
        var output = CliOptions.Output("table", "json");
        var command = new Command(
            "doctor",
            "Checks libtorch, data, store, memory and .NET, and says the line that repairs each: of a SQLite store the disk, "
            + "of one in PostgreSQL reach, TLS, role, schema, clock and whether a pooler stands between; "
            + "exit code 0 when a default run would work.\n\nExample: ./sweep doctor")
        {
            store, data, output,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(store), parsed.GetValue(data), parsed.GetValue(output)!));
        return command;
    }

    private static async Task<int> RunAsync(string? store, string? data, string output)
    {
        List<Finding> findings =
        [
            new(".NET", FindingLevel.Ok, Environment.Version.ToString()),
            .. await OfWorkerAsync(data),
            .. await StoreFindings.OfAsync(store),
            MachineFindings.Memory(
                Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
        ];
        if (output == "json")
        {
            Console.WriteLine(StatusJson.Write(findings));
        }
        else
        {
            Print(findings);
        }

        return findings.Any(finding => finding.Level is FindingLevel.Wrong) ? ExitCode.Failed : ExitCode.Done;
    }

    private static async Task<IReadOnlyList<Finding>> OfWorkerAsync(string? data)
    {
        var (code, json, error) = await WorkerProcess.AskAsync(["doctor", .. WorkerProcess.FolderOf(data)]);
        try
        {
            return code == 0
                ? StatusJson.Read<Finding>(json)
                : [Broken($"ends with code {code}: {FirstLine(error)}")];
        }
        catch (JsonException)
        {
            return [Broken("does not answer as it should")];
        }
    }

    private static Finding Broken(string how) =>
        new("worker", FindingLevel.Wrong, $"the worker program {how}", BuildAgain);

    private static string FirstLine(string text) => text.Split('\n')[0];

    private static void Print(List<Finding> findings)
    {
        TextTable.Print(
            ["part", "state", "found"],
            [.. findings.Select(finding => (string[])
            [
                finding.Part,
                JsonNamingPolicy.KebabCaseLower.ConvertName(finding.Level.ToString()),
                finding.Found,
            ])]);
        foreach (var finding in findings.Where(finding => finding.Repair is not null))
        {
            Console.WriteLine($"{finding.Part}: {finding.Repair}");
        }
    }
}
