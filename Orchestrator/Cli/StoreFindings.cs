using Engine.Sql;
using Engine.Sql.Postgres;
using Shared.Diagnosis;
using Shared.Engine;

namespace Orchestrator.Cli;

/// <summary>What <c>doctor</c> says of a store.</summary>
public static class StoreFindings
{
    /// <summary>What is good and what is wrong about a store.</summary>
    /// <param name="given">The address as given on the command line, or nothing.</param>
    public static async Task<IReadOnlyList<Finding>> OfAsync(string? given)
    {
        if (Places.Store(given) is not StoreAddressReply.Parsed { Address: var address })
        {
            var sentence = ((StoreAddressReply.Refused)Places.Store(given)).Sentence;
            return [Sentence(sentence)];
        }

        if (address is StoreAddress.Postgres database)
        {
            return await OfDatabaseAsync(database);
        }

        var file = (StoreAddress.Sqlite)address;
        var folder = Existing(Path.GetDirectoryName(file.Path)!);
        return
        [
            await OfFileAsync(file, folder),
            MachineFindings.Disk(folder, new DriveInfo(folder).AvailableFreeSpace),
        ];
    }

    private static async Task<IReadOnlyList<Finding>> OfDatabaseAsync(StoreAddress.Postgres database)
    {
        try
        {
            return DatabaseFindings.Of(
                await PostgresCheckup.LookAsync(database, TimeProvider.System, CancellationToken.None));
        }
        catch (Exception wrong) when (wrong is StoreUnusableException or StoreUnreachableException)
        {
            return [Sentence(wrong.Message)];
        }
    }

    /// <summary>A sentence "what is wrong: what to do" as a finding.</summary>
    private static Finding Sentence(string message)
    {
        var colon = message.LastIndexOf(": ", StringComparison.Ordinal);
        return colon < 0
            ? new Finding("store", FindingLevel.Wrong, message, "put that right in --store or SWEEP_STORE")
            : new Finding("store", FindingLevel.Wrong, message[..colon], message[(colon + 2)..]);
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

    private static async Task<Finding> OpenedAsync(
        StoreAddress store, StoreMode mode, Func<int, string> found)
    {
        try
        {
            await using var engine = await Engines.OpenAsync(store, mode);
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
}
