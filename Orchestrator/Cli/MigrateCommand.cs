using System.CommandLine;
using System.Diagnostics;
using Engine.Sql;
using Engine.Sql.Migration;
using Shared.Engine;

namespace Orchestrator.Cli;

/// <summary><c>migrate</c>: makes a store, or brings one to this program's version.</summary>
public static class MigrateCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var store = CliOptions.Store();
        var roles = new Option<bool>("--roles")
        {
            Description = "Only print the script that makes the three roles of a PostgreSQL store, for an "
                + "administrator of the server: ./sweep migrate --roles | sudo -u postgres psql -d sweeps",
        };
        var command = new Command(
            "migrate",
            "Makes the store, or brings one that an older program made to this program's version; refuses "
            + "while somebody works on it.\n\nExample: ./sweep migrate")
        {
            store, roles,
        };
        command.SetAction((parsed, cancellation) => parsed.GetValue(roles)
            ? PrintRolesAsync()
            : RunAsync(parsed.GetValue(store), cancellation));
        return command;
    }

    private static async Task<int> PrintRolesAsync()
    {
        await Console.Out.WriteAsync(StoreMigration.RolesScript);
        return ExitCode.Done;
    }

    private static async Task<int> RunAsync(string? given, CancellationToken cancellation)
    {
        switch (Places.Store(given))
        {
            case StoreAddressReply.Parsed parsed:
                return await RunAsync(parsed.Address, cancellation);
            case StoreAddressReply.Refused refused:
                await Console.Error.WriteLineAsync(refused.Sentence);
                return ExitCode.WrongInput;
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> RunAsync(StoreAddress address, CancellationToken cancellation)
    {
        try
        {
            Console.WriteLine(await Engines.MigrateAsync(address, cancellation));
            return ExitCode.Done;
        }
        catch (StoreUnusableException unusable)
        {
            await Console.Error.WriteLineAsync(unusable.Message);
            return ExitCode.WrongInput;
        }
        catch (StoreUnreachableException unreachable)
        {
            await Console.Error.WriteLineAsync(unreachable.Message);
            return ExitCode.Failed;
        }
    }
}
