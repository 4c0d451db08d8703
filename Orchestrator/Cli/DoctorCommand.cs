using System.CommandLine;
using System.Text.Json;
using Engine.Sql;
using Shared.Data;
using Shared.Diagnosis;
using Shared.Engine;

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
            "Checks libtorch, data, store, disk, memory and .NET, and says the line that repairs each; "
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
            .. await OfStoreAsync(store),
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

    private static async Task<IReadOnlyList<Finding>> OfStoreAsync(string? given)
    {
        if (Places.Store(given) is not StoreAddressReply.Parsed { Address: var address })
        {
            var sentence = ((StoreAddressReply.Refused)Places.Store(given)).Sentence;
            return [new Finding("store", FindingLevel.Wrong, sentence, "name a store: --store sqlite:PATH")];
        }

        if (address is not StoreAddress.Sqlite file)
        {
            return [await OpenedAsync(address, StoreMode.Existing, count => $"{address} opens, {count} sweeps")];
        }

        var folder = Existing(Path.GetDirectoryName(file.Path)!);
        return
        [
            await OfFileAsync(file, folder),
            MachineFindings.Disk(folder, new DriveInfo(folder).AvailableFreeSpace),
        ];
    }

    /// <summary>Opens the store; where there is none yet, one beside it that is deleted again.</summary>
    private static async Task<Finding> OfFileAsync(StoreAddress.Sqlite store, string folder)
    {
        if (Path.Exists(store.Path))   // a folder is refused when it is opened
        {
            return await OpenedAsync(store, StoreMode.Existing, count => $"{store} opens, {count} sweeps");
        }

        var trial = Path.Combine(folder, $".doctor-{Environment.ProcessId}");
        try
        {
            return await OpenedAsync(
                new StoreAddress.Sqlite(Path.Combine(trial, "store.db")),
                StoreMode.Create,
                _ => $"{store} can be made there");
        }
        finally
        {
            if (Directory.Exists(trial))
            {
                Directory.Delete(trial, recursive: true);
            }
        }
    }

    private static async Task<Finding> OpenedAsync(StoreAddress store, StoreMode mode, Func<int, string> found)
    {
        try
        {
            await using var engine = await StoreOpening.OpenAsync(store, mode, TimeProvider.System);
            var sweeps = await engine.ListAsync(CancellationToken.None);
            return new Finding("store", FindingLevel.Ok, found(sweeps.Length));
        }
        catch (Exception wrong) when (wrong is StoreUnusableException or StoreUnreachableException)
        {
            return new Finding(
                "store",
                FindingLevel.Wrong,
                wrong.Message.TrimEnd('.'),
                "name another store: --store sqlite:PATH");
        }
    }

    private static string Existing(string folder)
    {
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

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
